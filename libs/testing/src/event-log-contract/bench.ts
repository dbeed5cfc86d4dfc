import { randomUUID } from 'node:crypto';
import {
  fromMilliseconds,
  streamName,
  uuid,
  type EventLog,
  type Followed,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
  type Uuid,
} from '#libs/kernel';

/** A log and its companion of refused attempts, whose streams the log takes and reads but does not order. */
export type LogWithAttempts = EventLog & { readonly attempts: EventLog };

/** A log made for one run of the contract. Its store may hold other ledgers, and others may write to it meanwhile. */
export interface OpenedLog {
  readonly log: LogWithAttempts;
  readonly ledger: string;
  /** Closes the log and opens the same ledger of the same store again; `close` then closes the new one. */
  reopen(): Promise<LogWithAttempts>;
  /** Closes the log and lets go of what was opened for it. */
  close(): Promise<void>;
}

/** A ledger name nobody used before, short enough that its companion streams have names too. */
export const freshLedger = (): string => `t${randomUUID().replaceAll('-', '').slice(0, 6)}`;

export const realClock = { now: () => fromMilliseconds(Date.now()) };

export const newId = (): Uuid => uuid(randomUUID());

export const anEvent = (data: JsonObject = {}, id: Uuid = newId()): NewEvent => ({
  id,
  type: 'ContractNoted',
  data,
  metadata: { envelope: 1, note: '合同' },
});

/** `count` new events, numbered from `first` in their data. */
export const someEvents = (count: number, first = 0): NewEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ n: first + index }));

export const idsOf = (events: readonly { readonly id: Uuid }[]): Uuid[] => events.map((event) => event.id);
export const revisionsOf = (events: readonly LoggedEvent[]): number[] => events.map((event) => event.revision);
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What the cases of one target share: the log as it is now, and names of its ledger. */
export class Bench {
  #opened: OpenedLog | undefined;
  #log: LogWithAttempts | undefined;

  constructor(private readonly openLog: () => Promise<OpenedLog>) {}

  get log(): LogWithAttempts {
    if (!this.#log) throw new Error('the log is not open');
    return this.#log;
  }

  get ledger(): string {
    if (!this.#opened) throw new Error('the log is not open');
    return this.#opened.ledger;
  }

  async open(): Promise<void> {
    this.#opened = await this.openLog();
    this.#log = this.#opened.log;
  }

  async reopen(): Promise<LogWithAttempts> {
    if (!this.#opened) throw new Error('the log is not open');
    return (this.#log = await this.#opened.reopen());
  }

  async close(): Promise<void> {
    await this.#opened?.close();
  }

  /** A stream nobody used before. */
  stream(category = 'contract'): StreamName {
    return streamName(this.ledger, category, newId());
  }

  /** The place in the log at this moment: everything appended later stands after it. */
  async mark(): Promise<Position> {
    const [marker] = await this.log.append(this.stream('mark'), 'no-stream', [anEvent()]);
    return positionOf(marker);
  }

  /** The events of `streams` that `readAll` yields after `after`. */
  async readAll(after: Position | undefined, ...streams: readonly StreamName[]): Promise<LoggedEvent[]> {
    const found: LoggedEvent[] = [];
    for await (const event of this.log.readAll(after)) if (streams.includes(event.stream)) found.push(event);
    return found;
  }

  /** Follows after `after` until `enough` of the items seen so far, which is asked after every item. */
  async follow(
    after: Position | undefined,
    enough: (items: readonly Followed[]) => boolean,
    handle: (item: Followed) => Promise<void> | void = () => undefined,
  ): Promise<Followed[]> {
    const items: Followed[] = [];
    const stop = new AbortController();
    for await (const item of this.log.follow(after, stop.signal)) {
      await handle(item);
      items.push(item);
      if (enough(items)) stop.abort();
    }
    return items;
  }
}

/** The events of `streams` among followed items. */
export const eventsIn = (items: readonly Followed[], ...streams: readonly StreamName[]): LoggedEvent[] =>
  items.flatMap((item) => (item.kind === 'event' && streams.includes(item.event.stream) ? [item.event] : []));

export function positionOf(event: LoggedEvent | undefined): Position {
  if (!event) throw new Error('an event was expected');
  return event.position;
}
