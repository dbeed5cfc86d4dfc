import {
  APPEND_BYTES_MAX,
  AppendTooLarge,
  LogUnavailable,
  StreamNotFound,
  WrongExpectation,
  attemptsOf,
  instant,
  partsOf,
  storableJson,
  type Alarm,
  type EventLog,
  type Expectation,
  type Followed,
  type Instant,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
} from '#libs/kernel';

type Entry =
  | { readonly kind: 'event'; readonly event: LoggedEvent }
  | { readonly kind: 'alarm'; readonly alarm: Alarm; readonly position: Position };

/** What every opening of one store shares. */
interface Store {
  readonly entries: Entry[];
  readonly streams: Map<string, LoggedEvent[]>;
  readonly waiting: Set<() => void>;
}

/**
 * An event log in memory, with the port's semantics but durability: for specs of what stands on the port. Events are
 * kept as their canonical JSON, so a caller cannot change what was stored, and reads what any other log would give back.
 */
export class MemoryEventLog implements EventLog {
  private closed = false;

  constructor(
    private readonly ledger = 'kesu',
    private readonly now: () => Instant = () => instant(new Date().toISOString()),
    private readonly store: Store = { entries: [], streams: new Map(), waiting: new Set() },
    /** Whose streams stand in the order: the ledger's, or a companion's. */
    private readonly ordered = ledger,
  ) {}

  /** The same store, opened once more, as another process would. */
  again(): MemoryEventLog {
    return new MemoryEventLog(this.ledger, this.now, this.store);
  }

  /** The log of what was refused, on the same store. */
  get attempts(): MemoryEventLog {
    return new MemoryEventLog(this.ledger, this.now, this.store, attemptsOf(this.ledger));
  }

  append(stream: StreamName, expected: Expectation, events: readonly NewEvent[]): Promise<readonly LoggedEvent[]> {
    return this.answer(() => {
      this.assertServed(stream);
      if (events.length === 0) throw new RangeError('an append needs an event');
      const texts = events.map(({ data, metadata }) => [storableJson(data), storableJson(metadata)] as const);
      if (Buffer.byteLength(texts.flat().join('')) > APPEND_BYTES_MAX) throw new AppendTooLarge();
      const stored = this.store.streams.get(stream) ?? [];
      const first = expected === 'no-stream' ? 0 : expected + 1;
      const standing = stored.slice(first, first + events.length);
      if (standing.length === events.length && standing.every(({ id }, index) => id === events[index]?.id))
        return standing;
      if (stored.length !== first) throw new WrongExpectation(stream, expected, lastRevision(stored));
      return events.map(({ id, type }, index) => {
        const [data, metadata] = texts[index] ?? ['', ''];
        return this.put({ id, type, data, metadata, stream, revision: first + index });
      });
    });
  }

  readStream(stream: StreamName, from = 0, limit = Infinity): Promise<readonly LoggedEvent[]> {
    return this.answer(() => {
      this.assertServed(stream);
      const stored = this.store.streams.get(stream);
      if (!stored) throw new StreamNotFound(stream);
      return stored.filter(({ revision }) => revision >= from).slice(0, limit);
    });
  }

  async *readAll(after?: Position): AsyncIterable<LoggedEvent> {
    const end = this.store.entries.length;
    for (let index = indexAfter(after); index < end; index += 1) {
      if (index % 100 === 0) await this.answer(() => undefined);
      const entry = this.store.entries[index];
      if (entry?.kind === 'event' && this.isOurs(entry.event)) yield entry.event;
    }
  }

  async *follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed> {
    let index = indexAfter(after);
    let atEnd = false;
    while (!signal.aborted && !this.closed) {
      const entry = this.store.entries[index];
      if (entry) {
        atEnd = false;
        index += 1;
        if (entry.kind === 'alarm' || this.isOurs(entry.event)) yield entry;
        else yield { kind: 'checkpoint', position: positionOf(index - 1) };
      } else if (!atEnd) {
        atEnd = true;
        if (index > 0) yield { kind: 'checkpoint', position: positionOf(index - 1) };
        if (!this.store.entries[index]) yield { kind: 'caughtUp' };
      } else await this.moved(signal);
    }
    if (!signal.aborted) throw new LogUnavailable('the log is closed');
  }

  close(): Promise<void> {
    this.closed = true;
    this.wake();
    return Promise.resolve();
  }

  /** Lets a follower meet `alarm` at this place of the order, as a store that somebody tampered with would. */
  alarm(alarm: Alarm): void {
    this.store.entries.push({ kind: 'alarm', alarm, position: positionOf(this.store.entries.length) });
    this.wake();
  }

  /** Drops the events of `stream` from `revision` on out of the stored order, as no caller of the port can. */
  lose(stream: StreamName, revision: number): void {
    const kept = (this.store.streams.get(stream) ?? []).filter((event) => event.revision !== revision);
    this.store.streams.set(stream, kept);
    const at = this.store.entries.findIndex(
      (entry) => entry.kind === 'event' && entry.event.stream === stream && entry.event.revision === revision,
    );
    const lost = this.store.entries[at];
    // A foreign stream's event stands in its place, so that every other position stays what it was.
    if (lost?.kind === 'event')
      this.store.entries[at] = { kind: 'event', event: { ...lost.event, stream: 'lost_lost-0' as StreamName } };
  }

  private put(event: { id: NewEvent['id']; type: string; data: string; metadata: string } & Place): LoggedEvent {
    const logged = deepFrozen({
      ...event,
      data: JSON.parse(event.data) as LoggedEvent['data'],
      metadata: JSON.parse(event.metadata) as LoggedEvent['metadata'],
      position: positionOf(this.store.entries.length),
      created: this.now(),
    });
    this.store.entries.push({ kind: 'event', event: logged });
    const standing = this.store.streams.get(event.stream);
    if (standing) standing.push(logged);
    else this.store.streams.set(event.stream, [logged]);
    this.wake();
    return logged;
  }

  private isOurs(event: LoggedEvent): boolean {
    return event.stream.startsWith(`${this.ordered}_`);
  }

  /** Companion streams are no part of the ledger, but stand in its store. */
  private assertServed(stream: StreamName): void {
    const ledger = partsOf(stream)?.ledger ?? '';
    if (!['', 'attempts', 'probe'].some((ending) => ledger === `${this.ledger}${ending}`))
      throw new RangeError(`${stream} belongs to another ledger`);
  }

  private async answer<T>(work: () => T): Promise<T> {
    // As with a real store, others get their turn before the answer comes.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.closed) throw new LogUnavailable('the log is closed');
    return work();
  }

  private wake(): void {
    for (const go of this.store.waiting) go();
    this.store.waiting.clear();
  }

  private moved(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        this.store.waiting.delete(go);
        resolve();
      };
      this.store.waiting.add(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }
}

interface Place {
  readonly stream: StreamName;
  readonly revision: number;
}

const WIDTH = 12;
const positionOf = (index: number): Position => String(index).padStart(WIDTH, '0') as Position;
const indexAfter = (after: Position | undefined): number => (after === undefined ? 0 : Number(after) + 1);
const lastRevision = (stored: readonly LoggedEvent[]): number | undefined => stored.at(-1)?.revision;

function deepFrozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
