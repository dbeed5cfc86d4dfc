import {
  partsOf,
  StreamNotFound,
  streamName,
  type Basis,
  type EventLog,
  type LoggedEvent,
  type Position,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import {
  CALENDAR_CATEGORY,
  CALENDAR_ID,
  emptyLawBook,
  lawDigest,
  PACK_CATEGORY,
  packId,
  REGISTER_CATEGORY,
  REGISTER_ID,
  shippedPacks,
  type LawBook,
} from '#libs/law';
import { bookAfter } from './law-fold.js';

/** The streams that law is read from: one per pack code, one for the calendar, one for the organ register. */
export const lawStreams = {
  pack: (ledger: string, code: string): StreamName => streamName(ledger, PACK_CATEGORY, packId(code)),
  calendar: (ledger: string): StreamName => streamName(ledger, CALENDAR_CATEGORY, CALENDAR_ID),
  organs: (ledger: string): StreamName => streamName(ledger, REGISTER_CATEGORY, REGISTER_ID),
};

/** Where a fact of law stands in the log. */
export interface LawPlace {
  readonly position: Position;
  readonly stream: StreamName;
  readonly revision: number;
}

/** As text, smaller than the position of every event of every log. */
export const BEFORE_ALL = '0' as Position;

/** Where the newest of `places` stands: what law is in hand holds from there on. */
export const newestIn = (places: readonly LawPlace[]): Position => places.at(-1)?.position ?? BEFORE_ALL;

/** All law in hand at one moment, and what an event judged by it names as its basis. The two belong together. */
export interface LawInHand {
  readonly book: LawBook;
  readonly basis: Basis;
  /** Where everything in the book stands, in log order. */
  readonly places: readonly LawPlace[];
}

/**
 * 在手之法: packs, calendar and organ register as the ledger has recorded them, read on from where they stood. What was
 * recorded by this process is here as soon as `refresh` returns; what others recorded, at the next refresh.
 */
export class LawShelf {
  /** Replaced as a whole when law was read on: who decides takes it once. */
  inHand: LawInHand = { book: emptyLawBook, basis: {}, places: [] };
  private readonly streams: readonly StreamName[];
  private readonly next = new Map<StreamName, number>();
  private reading: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | undefined;

  constructor(
    private readonly log: EventLog,
    ledger: string,
  ) {
    // Of the packs this program ships: of others it would not know the rule functions.
    const codes = new Set(shippedPacks().map(({ pack }) => pack.pack));
    this.streams = [
      ...[...codes].map((code) => lawStreams.pack(ledger, code)),
      lawStreams.calendar(ledger),
      lawStreams.organs(ledger),
    ];
  }

  get book(): LawBook {
    return this.inHand.book;
  }

  /** How far the stream of a case that is law was read: −1 before its first fact; undefined for any other case. */
  revisionOf(caseId: Uuid): number | undefined {
    const stream = this.streams.find((name) => partsOf(name)?.id === caseId);
    return stream && (this.next.get(stream) ?? 0) - 1;
  }

  /** Reads on to the head of every law stream as it is after the call. Calls while another reads share the next turn. */
  refresh(): Promise<void> {
    this.waiting ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.reading = this.waiting ?? Promise.resolve();
        this.waiting = undefined;
        return this.readOn();
      });
    return this.waiting;
  }

  /**
   * Reads on after an append to `stream`, where law is read from it: by what this process recorded it judges at once.
   * Where that fails the next refresh will do; the append stands.
   */
  async recorded(stream: StreamName): Promise<void> {
    if (this.streams.includes(stream)) await this.refresh().catch(() => undefined);
  }

  private async readOn(): Promise<void> {
    const events = (await Promise.all(this.streams.map((stream) => this.unread(stream)))).flat();
    if (events.length === 0) return;
    events.sort((a, b) => (a.position < b.position ? -1 : 1));
    const { book, basis, places } = this.inHand;
    const after = bookAfter(book, events);
    this.inHand = {
      book: after,
      basis: basisAfter(basis, book, after),
      places: [...places, ...events.map(({ position, stream, revision }) => ({ position, stream, revision }))].sort(
        (a, b) => (a.position < b.position ? -1 : 1),
      ),
    };
    for (const { stream, revision } of events) this.next.set(stream, revision + 1);
  }

  private async unread(stream: StreamName): Promise<readonly LoggedEvent[]> {
    try {
      return await this.log.readStream(stream, this.next.get(stream) ?? 0);
    } catch (error) {
      if (error instanceof StreamNotFound) return [];
      throw error;
    }
  }
}

function basisAfter(basis: Basis, before: LawBook, after: LawBook): Basis {
  const calendar = after.calendar === before.calendar ? basis.calendar : calendarDigest(after);
  const { revision } = after.organs;
  return {
    ...basis,
    ...(calendar === undefined ? {} : { calendar }),
    ...(revision < 0 ? {} : { organs: revision }),
  };
}

/** Of the calendar's content as it holds: as it was shipped, or with the notices that were recorded. */
const calendarDigest = ({ calendar, shelves }: LawBook): string | undefined =>
  shelves?.calendar.approved.length === 0 ? shelves.calendar.shipped?.digest : lawDigest(calendar);
