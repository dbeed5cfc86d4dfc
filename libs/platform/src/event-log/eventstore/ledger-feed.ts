import type { Alarm, Followed, LoggedEvent } from '#libs/kernel';
import { metastreamOf, tamperingIn, type Alarms } from './alarms.js';
import type { Connection } from './connection.js';
import { feed, type FeedOptions } from './feed.js';
import { eventIn, isAlarm } from './stored-event.js';
import type { Received } from './subscription.js';

/**
 * The ledger as {@link EventLog.follow} gives it: its events, and an alarm wherever a record of its streams or of their
 * metastreams is none, or a revision is missing. A revision is missed when an earlier one of its stream was seen here, or
 * when the feed began with the log's first event; of the streams that were seen last, if there are very many.
 */
export async function* ledgerFeed(
  connection: Connection,
  ledger: string,
  alarms: Alarms,
  options: Omit<FeedOptions, 'chosen'>,
): AsyncGenerator<Followed, void, undefined> {
  const prefixes = [`${ledger}_`, metastreamOf(`${ledger}_`)];
  const gaps = new Gaps(options.after === undefined);
  for await (const item of feed(connection, { ...options, chosen: { by: 'stream', prefixes } })) {
    if (item.kind !== 'record') {
      yield item;
      continue;
    }
    const found = readingOf(item);
    if (!isAlarm(found)) {
      const gap = gaps.before(found);
      if (gap) yield { kind: 'alarm', alarm: alarms.raise(gap), position: item.position };
      yield { kind: 'event', event: found };
    } else yield { kind: 'alarm', alarm: alarms.raise(found), position: item.position };
  }
}

const readingOf = ({ record }: Received & { kind: 'record' }): LoggedEvent | Alarm =>
  tamperingIn(record) ?? eventIn(record);

const REMEMBERED_STREAMS = 200_000;

/** Notices a missing revision, of as many streams as it remembers. */
class Gaps {
  readonly #lasts = new Map<string, number>();

  /** @param complete whether a stream that is not remembered has not begun yet. */
  constructor(private complete: boolean) {}

  before({ stream, revision }: LoggedEvent): Alarm | undefined {
    const last = this.#lasts.get(stream) ?? (this.complete ? -1 : revision - 1);
    if (this.#lasts.size >= REMEMBERED_STREAMS) {
      this.#lasts.clear();
      this.complete = false;
    }
    this.#lasts.set(stream, revision);
    if (revision === last + 1) return undefined;
    return { stream, reason: 'revision-gap', detail: `found ${revision} in place of ${last + 1}` };
  }
}
