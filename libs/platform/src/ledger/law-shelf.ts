import {
  derivedId,
  recordedFrom,
  StreamNotFound,
  streamName,
  type Basis,
  type EventLog,
  type LoggedEvent,
  type StreamName,
} from '#libs/kernel';
import {
  emptyLawBook,
  lawBookAfter,
  lawFacts,
  registerAfter,
  REGISTER_CATEGORY,
  REGISTER_ID,
  registerFacts,
  shippedPacks,
  type LawBook,
  type LawFact,
  type RegisterFact,
} from '#libs/law';

/** The streams that law is read from: one per pack code, one for the calendar, one for the organ register. */
export const lawStreams = {
  pack: (ledger: string, code: string): StreamName => streamName(ledger, 'rulePack', derivedId(['rule pack', code])),
  calendar: (ledger: string): StreamName => streamName(ledger, 'calendar', derivedId(['calendar'])),
  organs: (ledger: string): StreamName => streamName(ledger, REGISTER_CATEGORY, REGISTER_ID),
};

/** All law in hand at one moment, and what an event judged by it names as its basis. The two belong together. */
export interface LawInHand {
  readonly book: LawBook;
  readonly basis: Basis;
}

/**
 * 在手之法: packs, calendar and organ register as the ledger has recorded them, read on from where they stood. What was
 * recorded by this process is here as soon as `refresh` returns; what others recorded, at the next refresh.
 */
export class LawShelf {
  /** Replaced as a whole when law was read on: who decides takes it once. */
  inHand: LawInHand = { book: emptyLawBook, basis: {} };
  /** Of the packs this program ships: of others it would not know the rule functions. */
  private readonly packCodes = new Set(shippedPacks().map(({ pack }) => pack.pack));
  private readonly next = new Map<StreamName, number>();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: EventLog,
    private readonly ledger: string,
  ) {}

  get book(): LawBook {
    return this.inHand.book;
  }

  /** Reads on to the head of every law stream. Calls under way at once share their turn. */
  refresh(): Promise<void> {
    this.reading = this.reading.catch(() => undefined).then(() => this.readOn());
    return this.reading;
  }

  /**
   * Reads on after an append to `stream`, where law is read from it: by what this process recorded it judges at once.
   * Where that fails the next refresh will do; the append stands.
   */
  async recorded(stream: StreamName): Promise<void> {
    if (stream === lawStreams.organs(this.ledger)) await this.refresh().catch(() => undefined);
  }

  private async readOn(): Promise<void> {
    for (const code of this.packCodes) await this.read(lawStreams.pack(this.ledger, code), this.takeLaw);
    await this.read(lawStreams.calendar(this.ledger), this.takeLaw);
    await this.read(lawStreams.organs(this.ledger), this.takeOrgans);
  }

  private async read(stream: StreamName, take: (events: readonly LoggedEvent[]) => void): Promise<void> {
    const from = this.next.get(stream) ?? 0;
    try {
      const events = await this.log.readStream(stream, from);
      if (events.length === 0) return;
      take(events);
      this.next.set(stream, from + events.length);
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
    }
  }

  private readonly takeLaw = (events: readonly LoggedEvent[]): void => {
    const facts = events.map((event) => recordedFrom<LawFact>(lawFacts, event));
    const { book, basis } = this.inHand;
    const calendar = facts.findLast(({ type }) => type === 'CalendarPublished')?.data.digest ?? basis.calendar;
    this.inHand = {
      book: lawBookAfter(book, facts),
      basis: { ...basis, ...(calendar === undefined ? {} : { calendar }) },
    };
  };

  private readonly takeOrgans = (events: readonly LoggedEvent[]): void => {
    const facts = events.map((event) => recordedFrom<RegisterFact>(registerFacts, event));
    const { book, basis } = this.inHand;
    const organs = registerAfter(book.organs, facts);
    this.inHand = { book: { ...book, organs }, basis: { ...basis, organs: organs.revision } };
  };
}
