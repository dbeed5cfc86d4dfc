import {
  attemptsOf,
  IntegrityBroken,
  type Alarm,
  type EventLog,
  type Expectation,
  type Followed,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
} from '#libs/kernel';
import { companionOn } from '../companion.js';
import type { Alarms } from './alarms.js';
import type { Appender } from './appender.js';
import type { Connection, Report } from './connection.js';
import { ledgerFeed } from './ledger-feed.js';
import type { Probe } from './probe.js';
import type { StreamReader } from './stream-reader.js';
import type { Watch } from './watch.js';

/** What the log can say of its own state, for a readiness answer. */
export interface EventStoreHealth {
  /** Milliseconds since the store last answered anything. */
  readonly lastAnswerAgeMs: number;
  /** Milliseconds by which this service's clock is ahead of the store's; below 0 when behind. */
  readonly skewMs: number | undefined;
  /** Streams found tampered with or damaged since the start. */
  readonly alarmedStreams: number;
  /** What the operator should know, in Chinese. */
  readonly notes: readonly string[];
}

export interface Parts {
  readonly ledger: string;
  readonly connection: Connection;
  readonly alarms: Alarms;
  readonly reader: StreamReader;
  readonly appender: Appender;
  readonly watch: Watch;
  readonly probe: Probe;
  readonly notes: readonly string[];
  readonly report: Report;
}

/**
 * The event log on EventStoreDB. Everything is asked of the node that leads, never of a follower, which may not yet have
 * what was acknowledged. An append whose stream was deleted an instant before, and is noticed only by where it ended, has
 * been written although it throws IntegrityBroken: the server offers no expectation that excludes it.
 */
export class EventStoreLog implements EventLog {
  readonly #names: RegExp;

  constructor(private readonly parts: Parts) {
    this.#names = new RegExp(`^${parts.ledger}(attempts|probe)?_.`);
  }

  async append(
    stream: StreamName,
    expected: Expectation,
    events: readonly NewEvent[],
  ): Promise<readonly LoggedEvent[]> {
    this.#assertOwn(stream);
    if (expected !== 'no-stream') assertWhole(expected);
    return this.parts.appender.append(stream, expected, events);
  }

  async readStream(stream: StreamName, from = 0, limit?: number): Promise<readonly LoggedEvent[]> {
    this.#assertOwn(stream);
    assertWhole(from);
    if (limit !== undefined) assertWhole(limit);
    // The server takes a limit of 0 for an error.
    const events = await this.parts.reader.read(stream, from, Math.max(1, limit ?? Number.MAX_SAFE_INTEGER));
    return limit === 0 ? [] : events;
  }

  readAll(after?: Position): AsyncIterable<LoggedEvent> {
    return this.#read(this.parts.ledger, after);
  }

  follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed> {
    return this.#feed(this.parts.ledger, after, signal);
  }

  /** The log of what was refused. */
  get attempts(): EventLog {
    const ledger = attemptsOf(this.parts.ledger);
    return companionOn(this, {
      readAll: (after) => this.#read(ledger, after),
      follow: (after, signal) => this.#feed(ledger, after, signal),
    });
  }

  /** The streams found tampered with or damaged since the start. */
  alarms(): readonly Alarm[] {
    return this.parts.alarms.all;
  }

  health(): EventStoreHealth {
    const { connection, probe, alarms, notes } = this.parts;
    return {
      lastAnswerAgeMs: Math.round(connection.silentMs),
      skewMs: probe.skewMs,
      alarmedStreams: alarms.size,
      notes,
    };
  }

  /** Appends under way are rejected with LogUnavailable; their outcome is unknown. */
  async close(): Promise<void> {
    const { connection, appender, watch, probe } = this.parts;
    await connection.close();
    await Promise.all([watch.stop(), probe.stop(), appender.settled()]);
  }

  async *#read(ledger: string, after: Position | undefined): AsyncGenerator<LoggedEvent, void, undefined> {
    const { alarms, connection, reader } = this.parts;
    const end = await reader.end();
    if (end === undefined || (after !== undefined && end <= after)) return;
    const stop = new AbortController();
    for await (const item of this.#feed(ledger, after, stop.signal, connection.retryForMs)) {
      // Everything acknowledged before `end` was read stands before it, and before the first time the end is reached.
      if (item.kind === 'caughtUp') return;
      const position = item.kind === 'event' ? item.event.position : item.position;
      if (position > end) return;
      if (item.kind === 'alarm') throw new IntegrityBroken(item.alarm);
      if (item.kind === 'event') {
        alarms.check(item.event.stream);
        yield item.event;
      }
      if (position === end) return;
    }
  }

  #feed(
    ledger: string,
    after: Position | undefined,
    signal: AbortSignal,
    giveUpAfterMs?: number,
  ): AsyncGenerator<Followed> {
    const { connection, alarms, report } = this.parts;
    return ledgerFeed(connection, ledger, alarms, {
      after,
      signal,
      report,
      ...(giveUpAfterMs === undefined ? {} : { giveUpAfterMs }),
    });
  }

  #assertOwn(stream: StreamName): void {
    if (!this.#names.test(stream)) throw new RangeError(`${stream} is not a stream of ledger ${this.parts.ledger}`);
  }
}

function assertWhole(number: number): void {
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`not a revision or count: ${number}`);
}
