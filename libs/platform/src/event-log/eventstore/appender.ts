import {
  MaxAppendSizeExceededError,
  NO_STREAM,
  StreamDeletedError,
  WrongExpectedVersionError,
  type EventData,
} from '@eventstore/db-client';
import {
  APPEND_BYTES_MAX,
  AppendTooLarge,
  WrongExpectation,
  type Expectation,
  type LoggedEvent,
  type NewEvent,
  type StreamName,
} from '#libs/kernel';
import type { Alarms } from './alarms.js';
import type { Connection } from './connection.js';
import { proposed } from './stored-event.js';
import type { StreamReader } from './stream-reader.js';

/**
 * Appends, and repeats an append with the same ids at the same expectation until its outcome is known: the server finds
 * them by id after the expected revision, in its index, and writes nothing twice.
 */
export class Appender {
  /** The last append of each stream: separate calls could overtake each other on the wire. */
  readonly #tails = new Map<StreamName, Promise<unknown>>();

  constructor(
    private readonly connection: Connection,
    private readonly reader: StreamReader,
    private readonly alarms: Alarms,
  ) {}

  /** As {@link EventLog.append}: the events returned are read back, so they are those stored first, whoever sent them. */
  async append(
    stream: StreamName,
    expected: Expectation,
    events: readonly NewEvent[],
  ): Promise<readonly LoggedEvent[]> {
    const sent = sendable(events);
    const until = performance.now() + this.connection.retryForMs;
    const first = (expected === 'no-stream' ? -1 : expected) + 1;
    await this.#inOrder(stream, () => this.#write(stream, expected, sent, until));
    const stored = await this.reader.readBack(stream, first, events.length, until);
    const foreign = events.findIndex((event, index) => event.id !== stored[index]?.id);
    if (foreign >= 0)
      this.alarms.refuse({
        stream,
        reason: 'damaged-record',
        detail: `revision ${first + foreign} was acknowledged as ${events[foreign]?.id} and is another event`,
      });
    return stored;
  }

  /** What is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#tails.values());
  }

  async #inOrder(stream: StreamName, work: () => Promise<void>): Promise<void> {
    const before = this.#tails.get(stream) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#tails.set(stream, mine);
    try {
      await mine;
    } finally {
      if (this.#tails.get(stream) === mine) this.#tails.delete(stream);
    }
  }

  async #write(stream: StreamName, expected: Expectation, sent: EventData[], until: number): Promise<void> {
    this.alarms.check(stream);
    let attempts = 0;
    const last = (expected === 'no-stream' ? -1 : expected) + sent.length;
    try {
      const { nextExpectedRevision } = await this.connection.ask(({ client, timeoutMs }) => {
        attempts += 1;
        return client.appendToStream(stream, sent, {
          expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
          requiresLeader: true,
          deadline: timeoutMs,
        });
      }, until);
      if (nextExpectedRevision !== BigInt(last)) this.#refuseElsewhere(stream, expected, last, nextExpectedRevision);
    } catch (error) {
      // The first attempt may have begun a deleted stream anew: the repeat then meets it as somebody else's.
      if (attempts > 1 && expected === 'no-stream') await this.reader.assertUntouched(stream, until);
      this.#refuse(error, stream, expected);
    }
  }

  /** Only a stream that was deleted takes "no stream" and goes on counting. */
  #refuseElsewhere(stream: StreamName, expected: Expectation, last: number, found: bigint): never {
    return this.alarms.refuse({
      stream,
      reason: expected === 'no-stream' ? 'stream-deleted' : 'revision-gap',
      detail: `an append that had to end at revision ${last} ended at ${found}`,
    });
  }

  #refuse(error: unknown, stream: StreamName, expected: Expectation): never {
    if (error instanceof WrongExpectedVersionError) {
      const { actualVersion } = error;
      throw new WrongExpectation(
        stream,
        expected,
        typeof actualVersion === 'bigint' ? Number(actualVersion) : undefined,
      );
    }
    if (error instanceof MaxAppendSizeExceededError)
      throw new AppendTooLarge(`the server takes ${error.maxAppendSize} bytes`);
    if (error instanceof StreamDeletedError)
      this.alarms.refuse({ stream, reason: 'stream-deleted', detail: 'the stream has a tombstone' });
    throw error;
  }
}

/** @throws RangeError, NotStorable, AppendTooLarge. */
function sendable(events: readonly NewEvent[]): EventData[] {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  const all = events.map(proposed);
  const bytes = all.reduce((sum, event) => sum + event.bytes, 0);
  if (bytes > APPEND_BYTES_MAX) throw new AppendTooLarge(`${bytes} bytes in one append, at most ${APPEND_BYTES_MAX}`);
  return all.map((event) => event.sent);
}
