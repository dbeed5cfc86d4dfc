import { randomUUID } from 'node:crypto';
import type { Proposed, Store } from './store.js';

const event = (type: string, text: string, json = true): Proposed => ({
  id: randomUUID(),
  type,
  json,
  data: Buffer.from(text, 'utf8'),
  metadata: new Uint8Array(),
});

/**
 * Makes a store one that others use too: after everything written, the server's statistics, somebody else's stream and
 * the links of the system projections by category and by type. Returns how to end it.
 */
export function makeNoise(store: Store): () => void {
  let seen = store.log.length;
  let busy = false;
  store.append('$$$stats-127.0.0.1:2113', 'any', [event('$metadata', '{"$maxAge":86400}')]);
  return store.watch(() => {
    if (busy) return;
    busy = true;
    for (const { stream, revision, type } of store.log.slice(seen)) {
      if (stream.startsWith('$')) continue;
      const link = `${revision}@${stream}`;
      const category = stream.split('-')[0] ?? stream;
      store.append(`$ce-${category}`, 'any', [event('$>', link, false)]);
      store.append(`$et-${type}`, 'any', [event('$>', link, false)]);
      store.append('$stats-127.0.0.1:2113', 'any', [event('$statsCollected', '{"proc-cpu":1.5}')]);
      store.append('other-1', 'any', [event('SomethingElse', 'not JSON', false)]);
    }
    seen = store.log.length;
    busy = false;
  });
}
