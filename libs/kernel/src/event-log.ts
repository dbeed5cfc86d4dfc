import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import type { JsonObject } from './json.js';
import type { StreamName } from './stream-name.js';

/** A place in the log's one order. Text of fixed width: compared as text, stored, never computed with. */
export type Position = string & { readonly Position: unique symbol };

export interface NewEvent {
  readonly id: Uuid;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as it stands in the log. `revision` counts from 0 within the stream; `created` is the log's own clock. */
export interface LoggedEvent extends NewEvent {
  readonly stream: StreamName;
  readonly revision: number;
  readonly position: Position;
  readonly created: Instant;
}

/** What a stream must look like for an append to be taken: not to exist, or to end at exactly this revision. */
export type Expectation = 'no-stream' | number;

export type AlarmReason = 'metadata-written' | 'stream-deleted' | 'revision-gap' | 'damaged-record';

/** Something happened to a stream that this port cannot do: the stream was tampered with or damaged. */
export interface Alarm {
  readonly stream: string;
  readonly reason: AlarmReason;
  readonly detail: string;
}

export type Followed =
  | { readonly kind: 'event'; readonly event: LoggedEvent }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp' }
  | { readonly kind: 'alarm'; readonly alarm: Alarm; readonly position: Position };

/** Bytes of the canonical data and metadata of all events of one append, together; below every server's limit. */
export const APPEND_BYTES_MAX = 900 * 1024;

/**
 * 事件日志: the only door to stored events. It can append, read and follow; it cannot delete, truncate, overwrite or
 * set metadata. An implementation serves one ledger: `readAll` and `follow` yield the events of streams that begin with
 * `<ledger>_`, and no others, whatever else its store holds.
 */
export interface EventLog {
  /**
   * Appends `events` to `stream` in one piece, if the stream is as `expected`.
   *
   * Returns the events as they stand in the log, after they are durable. Repeating an append with the same ids at the
   * same expectation writes nothing and returns what was stored the first time, also when the stream has moved on since;
   * bytes in hand that differ from the stored ones are ignored. Nothing is written when it throws WrongExpectation,
   * AppendTooLarge or IntegrityBroken; after LogUnavailable the outcome is unknown: repeat with the same ids.
   * Concurrent appends of one caller to one stream keep their order.
   * @throws NotStorable for data or metadata that is not I-JSON as json.ts has it; RangeError for an empty append;
   * WrongExpectation; AppendTooLarge; LogUnavailable; IntegrityBroken.
   */
  append(stream: StreamName, expected: Expectation, events: readonly NewEvent[]): Promise<readonly LoggedEvent[]>;

  /**
   * Events of `stream` in order from revision `from` (inclusive, default 0), at most `limit`. Empty when the stream ends
   * before `from`. Sees every append acknowledged before the call, through whichever process.
   * @throws StreamNotFound when the stream never existed; LogUnavailable; IntegrityBroken.
   */
  readStream(stream: StreamName, from?: number, limit?: number): Promise<readonly LoggedEvent[]>;

  /**
   * The ledger's events after `after` (exclusive; from the first when absent) up to those acknowledged when the read
   * began, in log order. @throws LogUnavailable; IntegrityBroken.
   */
  readAll(after?: Position): AsyncIterable<LoggedEvent>;

  /**
   * One ordered sequence, history and then live, that ends only when `signal` is aborted: every event after `after`,
   * alarms, checkpoints (everything up to that position has been yielded and handled: the consumer asked for the next),
   * and caughtUp whenever the end has been reached. A dropped connection is re-opened from the last handled item, no
   * event is left out and none comes twice.
   */
  follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed>;

  /** Lets go of connections, locks and files. Appends under way are finished or rejected first. */
  close(): Promise<void>;
}

/** The stream does not exist and never did. */
export class StreamNotFound extends Error {
  override readonly name = 'StreamNotFound';
  constructor(readonly stream: string) {
    super(`stream ${stream} does not exist`);
  }
}

/** Somebody else appended first, or the stream never was as expected. `actual` is the last revision, if any. */
export class WrongExpectation extends Error {
  override readonly name = 'WrongExpectation';
  constructor(
    readonly stream: string,
    readonly expected: Expectation,
    readonly actual: number | undefined,
  ) {
    super(`stream ${stream}: expected ${expected}, found ${actual ?? 'no stream'}`);
  }
}

/** The append exceeds {@link APPEND_BYTES_MAX} or the server's own limit; nothing was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** The store cannot be reached or does not answer. An append may or may not have been written. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The stream was tampered with or is damaged: nothing of it may be served, and nothing may be appended to it. */
export class IntegrityBroken extends Error {
  override readonly name = 'IntegrityBroken';
  constructor(readonly alarm: Alarm) {
    super(`stream ${alarm.stream}: ${alarm.reason}: ${alarm.detail}`);
  }
}
