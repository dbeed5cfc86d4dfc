import type { Alarm, Clock, EventLog, Position } from '#libs/kernel';
import type { Logger } from '../log/index.js';
import type { Settings } from '../settings/index.js';
import { folders } from './folders.js';

/** The event log behind its port, with what only its kind can say or do. */
export interface OpenedLog {
  readonly kind: 'embedded' | 'eventstore';
  readonly log: EventLog;
  /** 尝试日志: the companion of `log`, on the same store, that keeps what was refused. */
  readonly attempts: EventLog;
  /** Resolves when the log can no longer be trusted and the process should end; never otherwise. */
  readonly failed: Promise<Error>;
  /** How far the log's own clock is from ours, where it has one. */
  readonly skewMs: () => Promise<number | undefined>;
  /** What anybody may be told of it. */
  readonly health: () => { readonly kind: string; readonly lastAnswerAgeMs?: number };
  /** The streams the log itself found tampered with or damaged since it was opened. */
  readonly alarms: () => readonly Alarm[];
  /** How many events stand after a place of the log; undefined where they cannot be counted without reading them. */
  readonly countAfter: (position: Position | undefined) => number | undefined;
  /** Copies the log to a new folder. @throws Error with the Chinese reason, always where the log is no folder of ours. */
  readonly backup: (target: string) => Promise<void>;
  close(): Promise<void>;
}

/** Opens the event log of a service. */
export type LogOpener = (settings: Settings, clock: Clock, logger: Logger) => Promise<OpenedLog>;

/** @throws EmbeddedLogRefused, EventStoreRefused, LogUnavailable */
export async function openLog(settings: Settings, clock: Clock, logger: Logger): Promise<OpenedLog> {
  return settings.eventStore === undefined
    ? openEmbedded(settings, clock)
    : openEventStore({ ...settings, eventStore: settings.eventStore }, clock, logger);
}

async function openEmbedded({ data, ledger }: Settings, clock: Clock): Promise<OpenedLog> {
  const { openEmbeddedLog } = await import('../event-log/embedded/index.js');
  const log = await openEmbeddedLog({ folder: folders(data).log, ledger, clock });
  return {
    kind: 'embedded',
    log,
    attempts: log.attempts,
    failed: log.failed,
    skewMs: () => Promise.resolve(undefined),
    health: () => ({ kind: 'embedded' }),
    alarms: () => log.alarms(),
    countAfter: (position) => log.countAfter(position),
    backup: (target) => log.backup(target),
    close: () => log.close(),
  };
}

async function openEventStore(
  { eventStore, eventStoreCa, eventStoreRetryMs, ledger }: Settings & { readonly eventStore: string },
  clock: Clock,
  logger: Logger,
): Promise<OpenedLog> {
  // Loaded only where it is used: the client and its protocol cost every start 130 ms and 17 MB.
  const { openEventStoreLog } = await import('../event-log/eventstore/index.js');
  const log = await openEventStoreLog({
    connection: eventStore,
    ledger,
    clock,
    retryForMs: eventStoreRetryMs,
    log: (level, message, detail) => logger[level](message, detail),
    ...(eventStoreCa === undefined ? {} : { caFile: eventStoreCa }),
  });
  return {
    kind: 'eventstore',
    log,
    attempts: log.attempts,
    failed: new Promise(() => undefined),
    skewMs: () => Promise.resolve(log.health().skewMs),
    // What else it says of itself, such as who may delete streams, is for the operator, who is told it in the program's log.
    health: () => ({ kind: 'eventstore', lastAnswerAgeMs: log.health().lastAnswerAgeMs }),
    alarms: () => log.alarms(),
    countAfter: () => undefined,
    backup: () => Promise.reject(new Error('事件日志在 EventStoreDB 中，请用其自身的备份')),
    close: () => log.close(),
  };
}
