import {
  BACKWARDS,
  END,
  StreamDeletedError,
  StreamNotFoundError,
  type RecordedEvent,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { StreamNotFound, type LoggedEvent, type Position, type StreamName } from '#libs/kernel';
import { metastreamOf, tamperingIn, type Alarms } from './alarms.js';
import { collect } from './collect.js';
import type { Connection } from './connection.js';
import type { NodeClient } from './node-client.js';
import { eventIn, isAlarm, positionText } from './stored-event.js';

const LAST = { direction: BACKWARDS, maxCount: 1, requiresLeader: true } as const;

/** Reads streams of the ledger from the leader, and serves nothing of a stream that is not whole. */
export class StreamReader {
  constructor(
    private readonly connection: Connection,
    private readonly alarms: Alarms,
  ) {}

  /**
   * Events of `stream` from revision `from`, at most `limit`, without a gap.
   * @throws StreamNotFound, IntegrityBroken, LogUnavailable.
   */
  async read(stream: StreamName, from: number, limit: number): Promise<readonly LoggedEvent[]> {
    this.alarms.check(stream);
    return this.#eventsIn(await this.#records(stream, from, limit), stream, from);
  }

  /**
   * The `count` events of `stream` from revision `from`, which were acknowledged. A node that does not have them led until
   * a moment ago and does not know better yet: whoever leads is asked again.
   * @throws IntegrityBroken; LogUnavailable, also when nobody has them.
   */
  async readBack(stream: StreamName, from: number, count: number, until: number): Promise<readonly LoggedEvent[]> {
    const asked = { fromRevision: BigInt(from), maxCount: count, requiresLeader: true };
    const records = await this.connection.ask(async (attempt) => {
      const read = collect(attempt.client.readStream(stream, asked), attempt);
      const found = await read.catch((error: unknown) => this.#noneIfMissing(error, stream));
      this.alarms.check(stream);
      if (found.length < count) throw new Error(`${attempt.client.endpoint} does not have what was acknowledged`);
      return found;
    }, until);
    return this.#eventsIn(records, stream, from);
  }

  #eventsIn(records: readonly RecordedEvent[], stream: StreamName, from: number): readonly LoggedEvent[] {
    const events = records.map((record) => {
      const event = eventIn(record);
      return isAlarm(event) ? this.alarms.refuse(event) : event;
    });
    this.alarms.check(stream);
    events.forEach((event, index) => this.#assertNext(event, from + index));
    if (from === 0 && events.length === 0)
      this.alarms.refuse({ stream, reason: 'revision-gap', detail: 'the stream exists and holds no event' });
    return events;
  }

  async #records(stream: StreamName, from: number, limit: number): Promise<RecordedEvent[]> {
    try {
      const asked = { fromRevision: BigInt(from), maxCount: limit, requiresLeader: true };
      return await this.#ask((client) => client.readStream(stream, asked));
    } catch (error) {
      if (error instanceof StreamDeletedError) return this.#refuseDeleted(stream);
      if (error instanceof StreamNotFoundError) return this.#refuseMissing(stream);
      throw error;
    }
  }

  #assertNext(event: LoggedEvent, revision: number): void {
    if (event.revision === revision) return;
    const { stream } = event;
    this.alarms.refuse({ stream, reason: 'revision-gap', detail: `found ${event.revision} in place of ${revision}` });
  }

  #refuseDeleted(stream: StreamName): never {
    return this.alarms.refuse({ stream, reason: 'stream-deleted', detail: 'the stream has a tombstone' });
  }

  #noneIfMissing(error: unknown, stream: StreamName): RecordedEvent[] {
    if (error instanceof StreamDeletedError) return this.#refuseDeleted(stream);
    if (error instanceof StreamNotFoundError) return [];
    throw error;
  }

  /** A deleted stream is not found either, and would be created anew: only its metastream tells the two apart. */
  async #refuseMissing(stream: StreamName): Promise<never> {
    await this.assertUntouched(stream);
    throw new StreamNotFound(stream);
  }

  /** @throws IntegrityBroken when anything was ever written to the metastream of `stream`. */
  async assertUntouched(stream: StreamName, until?: number): Promise<void> {
    const written = await this.lastOf(metastreamOf(stream), until);
    const alarm = written && tamperingIn(written);
    if (alarm) this.alarms.refuse(alarm);
  }

  /** The last record of any stream, or undefined when there is none. */
  async lastOf(stream: string, until?: number): Promise<RecordedEvent | undefined> {
    try {
      const [last] = await this.#ask((client) => client.readStream(stream, { fromRevision: END, ...LAST }), until);
      return last;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return undefined;
      throw error;
    }
  }

  /** The position of the last record of the whole store, as the leader has it now. */
  async end(): Promise<Position | undefined> {
    const [last] = await this.#ask((client) => client.readAll({ fromPosition: END, ...LAST }));
    return last?.position && positionText(last.position);
  }

  #ask(read: (client: NodeClient) => StreamingRead<ResolvedEvent>, until?: number): Promise<RecordedEvent[]> {
    return this.connection.ask((attempt) => collect(read(attempt.client), attempt), until);
  }
}
