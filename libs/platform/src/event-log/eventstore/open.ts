import { isLedgerName, LogUnavailable, type Clock } from '#libs/kernel';
import { Alarms, metastreamOf } from './alarms.js';
import { Appender } from './appender.js';
import { Connection, type Report } from './connection.js';
import { parseConnectionString } from './connection-string.js';
import { EventStoreLog } from './event-store-log.js';
import { describe, isDenied } from './failures.js';
import { Probe } from './probe.js';
import { EventStoreRefused, NOTES, REPORTS } from './refused.js';
import { notesOnRights } from './rights.js';
import { StreamReader } from './stream-reader.js';
import { Watch } from './watch.js';

export interface EventStoreOptions {
  /** `esdb://…` with any number of seeds, or `esdb+discover://…` with one DNS name. */
  readonly connection: string;
  readonly ledger: string;
  /** Compared with the store's clock; nothing else here depends on it. */
  readonly clock: Clock;
  /** PEM file of the certificate authority to trust, when the connection string names none. */
  readonly caFile?: string;
  /** Milliseconds for which an operation is repeated before it is given up with LogUnavailable. Default 10,000. */
  readonly retryForMs?: number;
  readonly log?: Report;
}

/**
 * Opens the ledger on an EventStoreDB. After return the store has been reached, the account may do what it has to, a wrong
 * expectation has been seen to conflict, the clocks have been compared, and every tampering that was ever written to the
 * ledger's streams is known.
 * @throws EventStoreRefused for a connection string that cannot be used, and when one of these checks fails.
 */
export async function openEventStoreLog(options: EventStoreOptions): Promise<EventStoreLog> {
  const { ledger } = options;
  if (!isLedgerName(ledger)) throw new EventStoreRefused('ledger', ledger);
  const settings = parseConnectionString(options.connection, options.caFile);
  const report = options.log ?? (() => undefined);
  const connection = new Connection(settings, options.retryForMs ?? 10_000, report);
  const alarms = new Alarms((alarm) => report('error', REPORTS.alarm, alarm));
  const reader = new StreamReader(connection, alarms);
  const appender = new Appender(connection, reader, alarms);
  const watch = new Watch(connection, ledger, alarms, report);
  const probe = new Probe(appender, ledger, options.clock, report);
  try {
    await reader.end();
    await reader.lastOf(metastreamOf(`${ledger}_`));
    const notes = [...(settings.tls ? [] : [NOTES.noAuthentication]), ...(await notesOnRights(reader))];
    const log = new EventStoreLog({ ledger, connection, alarms, reader, appender, watch, probe, notes, report });
    await watch.start();
    await probe.start();
    for (const note of notes) report('warn', note);
    return log;
  } catch (error) {
    await connection.close();
    await Promise.all([watch.stop(), probe.stop()]);
    throw asRefusal(error);
  }
}

/** What stands behind a refusal is told to the operator; anything else is a fault of this program. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof LogUnavailable)) return error;
  return new EventStoreRefused(isDenied(error) ? 'access-denied' : 'unreachable', describe(error), { cause: error });
}
