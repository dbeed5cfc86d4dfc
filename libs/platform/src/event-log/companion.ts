import type { EventLog } from '#libs/kernel';

/**
 * A ledger's companion (`<ledger>attempts_…`) as a log of its own: the store of `log`, and an order that holds its streams
 * and no others. It ends with `log`; closing it alone does nothing.
 */
export const companionOn = (log: EventLog, order: Pick<EventLog, 'readAll' | 'follow'>): EventLog => ({
  append: (stream, expected, events) => log.append(stream, expected, events),
  readStream: (stream, from, limit) => log.readStream(stream, from, limit),
  readAll: (after) => order.readAll(after),
  follow: (after, signal) => order.follow(after, signal),
  close: () => Promise.resolve(),
});
