import type { Alarm, Followed, LoggedEvent, Position } from '#libs/kernel';
import { metastreamOf, tamperingIn, type Alarms } from './alarms.js';
import type { Connection } from './connection.js';
import { feed, type FeedOptions } from './feed.js';
import { eventIn, isAlarm } from './stored-event.js';
import type { Received } from './subscription.js';

/**
 * The ledger as {@link EventLog.follow} gives it: its events, and an alarm wherever a record of its streams or of their
 * metastreams is none, or a revision is missing. A revision is missed when an earlier one of its stream was seen here, or
 * when the feed began with the log's first event.
 */
export async function* ledgerFeed(
  connection: Connection,
  ledger: string,
  alarms: Alarms,
  options: Omit<FeedOptions, 'chosen'>,
): AsyncGenerator<Followed, void, undefined> {
  const prefixes = [`${ledger}_`, metastreamOf(`${ledger}_`)];
  const lasts = new Map<string, number>();
  for await (const item of feed(connection, { ...options, chosen: { by: 'stream', prefixes } })) {
    if (item.kind !== 'record') {
      yield item;
      continue;
    }
    const found = readingOf(item);
    if (!isAlarm(found)) {
      const gap = gapBefore(found, lasts, options.after);
      if (gap) yield { kind: 'alarm', alarm: alarms.raise(gap), position: item.position };
      lasts.set(found.stream, found.revision);
      yield { kind: 'event', event: found };
    } else yield { kind: 'alarm', alarm: alarms.raise(found), position: item.position };
  }
}

const readingOf = ({ record }: Received & { kind: 'record' }): LoggedEvent | Alarm =>
  tamperingIn(record) ?? eventIn(record);

function gapBefore(
  { stream, revision }: LoggedEvent,
  lasts: ReadonlyMap<string, number>,
  after: Position | undefined,
): Alarm | undefined {
  const last = lasts.get(stream) ?? (after === undefined ? -1 : revision - 1);
  return revision === last + 1
    ? undefined
    : { stream, reason: 'revision-gap', detail: `found ${revision} in place of ${last + 1}` };
}
