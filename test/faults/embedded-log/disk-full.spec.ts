import { join } from 'node:path';
import { Child, eventNumbered, openLog, streamNumbered, temporaryFolder } from './support.js';

/** Files of the process may not grow beyond this: the same error, at the same call, as a full disk. */
const BLOCKS_MAX = 6000;

describe('a log on a full disk', () => {
  const folder = join(temporaryFolder(), 'log');

  it('answers no append any more, and keeps all it acknowledged', async () => {
    const writer = new Child('writer.child.ts', [folder, '1'], BLOCKS_MAX);
    const acknowledged = new Map<number, number>();
    let last: string | undefined;
    for (let line = await writer.line(); line !== undefined; line = await writer.line()) {
      const [stream = 0, revision = 0] = line.split(' ').map(Number);
      if (line !== 'open' && line !== 'unavailable') acknowledged.set(stream, revision);
      last = line;
    }
    expect(last).toBe('unavailable');
    expect(acknowledged.size).toBeGreaterThan(10);
    await writer.ended;

    const log = await openLog(folder);
    for (const [number, revision] of acknowledged) {
      const events = await log.readStream(streamNumbered(number));
      expect(events.slice(0, revision + 1).map((event) => event.id)).toEqual(
        Array.from({ length: revision + 1 }, (_, n) => eventNumbered(number * 100 + n).id),
      );
    }
    // With room again, it goes on.
    const stream = streamNumbered(9_000_000);
    expect(await log.append(stream, 'no-stream', [eventNumbered(1)])).toMatchObject([{ revision: 0 }]);
    await log.close();
  }, 60_000);
});
