import {
  derivedId,
  fromMilliseconds,
  legalDate,
  streamName,
  type CaseSystem,
  type Correction,
  type Decider,
  type EventLog,
  type Json,
  type JsonObject,
  type LoggedEvent,
  type Recorded,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import { emptyCalendar, type LawBook, type LawFact, type RegisterChange, type RegisterFact } from '#libs/law';
import { projected } from '../../libs/platform/src/views/index.js';

/** A made-up system, small enough to see through: tickets that an organ opens, notes on and closes. */
export type TicketFact =
  | { readonly type: 'TicketOpened'; readonly data: { readonly organ: Uuid; readonly title: string } }
  | { readonly type: 'TicketNoted'; readonly data: { readonly text: string; readonly minutes: number } }
  | { readonly type: 'TicketClosed'; readonly data: Readonly<Record<string, never>> };

interface Ticket {
  readonly organ?: Uuid;
  readonly title: string;
  readonly minutes: number;
  readonly open: boolean;
}

const decider: Decider<Ticket, TicketFact, LawBook> = {
  category: 'ticket',
  facts: { TicketOpened: { version: 1 }, TicketNoted: { version: 1 }, TicketClosed: { version: 1 } },
  initial: { title: '', minutes: 0, open: false },
  evolve: {
    TicketOpened: (_, { data: { organ, title } }) => ({ organ, title, minutes: 0, open: true }),
    TicketNoted: (ticket, { data }) => {
      if (data.text === 'poison') throw new Error('this note cannot be folded');
      return { ...ticket, minutes: ticket.minutes + data.minutes };
    },
    TicketClosed: (ticket) => ({ ...ticket, open: false }),
  },
  decisions: [],
};

type TicketView = CaseSystem<Ticket, TicketFact, LawBook>['views'][number];

export const ticketFile: TicketView = {
  name: 'ticketFile',
  columns: {
    case: 'text',
    title: 'text',
    organName: 'text',
    calendar: 'text',
    editions: 'integer',
    minutes: 'integer',
    state: 'json',
  },
  key: ['case'],
  indexes: [['minutes']],
  rowsOf: ({ case: id, state, law }) => {
    if (state.title === 'unshowable') throw new Error('this ticket cannot be shown');
    return [
      {
        case: id,
        title: state.title,
        organName: state.organ && law.organs.organs.get(state.organ)?.name,
        calendar: law.calendar.version,
        editions: law.editions.length,
        minutes: state.minutes,
        state: { open: state.open, organ: state.organ },
      },
    ];
  },
};

export const ticketTimeline: TicketView = {
  name: 'ticketTimeline',
  columns: { case: 'text', revision: 'integer', type: 'text', sentence: 'text' },
  key: ['case', 'revision'],
  rowsOf: ({ case: id, facts }) =>
    facts.map((fact) => ({ case: id, revision: fact.revision, type: fact.type, sentence: sentenceOf(fact) })),
};

/** All rows of the case each time: an open ticket has one, and while little was spent on it another; a closed one has none. */
export const ticketOpen: TicketView = {
  name: 'ticketOpen',
  columns: { case: 'text', item: 'text', minutes: 'integer' },
  key: ['case', 'item'],
  whole: true,
  rowsOf: ({ case: id, state: { open, minutes } }) =>
    ['all', ...(minutes < 5 ? ['few'] : [])].flatMap((item) => (open ? [{ case: id, item, minutes }] : [])),
};

const sentenceOf = (fact: Recorded<TicketFact>): string => {
  switch (fact.type) {
    case 'TicketOpened':
      return `立案：${fact.data.title}`;
    case 'TicketNoted':
      return `记录“${fact.data.text}”，用时 ${fact.data.minutes} 分钟`;
    case 'TicketClosed':
      return '办结';
  }
};

export const ticketSystem = projected({ decider, views: [ticketFile, ticketTimeline, ticketOpen] });
export const ticketViews = ticketSystem.views;

/** The same system in a program that does not know notes yet. */
export const olderTicketSystem = (() => {
  const { TicketOpened, TicketClosed } = decider.facts;
  const facts: Partial<typeof decider.facts> = { TicketOpened, TicketClosed };
  return projected({
    decider: { ...decider, facts: facts as typeof decider.facts },
    views: [ticketFile, ticketTimeline, ticketOpen],
  });
})();

export const id = (name: Json): Uuid => derivedId(['views spec', name]);
export const ticketCase = (n: number): Uuid => id(['ticket', n]);
export const organ = (n: number): Uuid => id(['organ', n]);
const person = id('person');

/** Writes facts as the ledger would: with an envelope, one append at a time. */
export class Recorder {
  private count = 0;
  private readonly revisions = new Map<StreamName, number>();

  constructor(
    readonly log: EventLog,
    readonly ledger: string,
  ) {}

  ticketStream(n: number): StreamName {
    return streamName(this.ledger, 'ticket', ticketCase(n));
  }

  ticket(n: number, ...facts: readonly (TicketFact | Correction | { type: string; data: JsonObject })[]) {
    return this.append(this.ticketStream(n), facts);
  }

  /** Asks for a correction of `fact` and approves it. */
  async correct(n: number, fact: LoggedEvent | undefined, pointer: string, after: Json): Promise<void> {
    if (!fact) throw new Error('there is no such fact');
    const [request] = await this.ticket(n, {
      type: 'CorrectionRequested',
      data: { corrects: fact.id, pointer, after, reason: '笔误' },
    });
    if (request) await this.ticket(n, { type: 'FactCorrected', data: { request: request.id } });
  }

  law(fact: LawFact): Promise<readonly LoggedEvent[]> {
    const category = fact.type === 'CalendarPublished' ? 'calendar' : 'rulePack';
    return this.append(streamName(this.ledger, category, id(category)), [fact]);
  }

  register(...facts: readonly RegisterFact[]): Promise<readonly LoggedEvent[]> {
    return this.append(streamName(this.ledger, 'organRegister', id('register')), facts);
  }

  async append(
    stream: StreamName,
    facts: readonly { readonly type: string; readonly data: object }[],
  ): Promise<readonly LoggedEvent[]> {
    const last = this.revisions.get(stream);
    const events = facts.map(({ type, data }) => {
      const eventId = id([this.ledger, 'event', (this.count += 1)]);
      return { id: eventId, type, data: { ...data }, metadata: this.envelope(eventId) };
    });
    const logged = await this.log.append(stream, last ?? 'no-stream', events);
    this.revisions.set(stream, (last ?? -1) + facts.length);
    return logged;
  }

  private envelope(eventId: Uuid): JsonObject {
    return {
      envelope: 1,
      version: 1,
      commandId: eventId,
      commandDigest: 'digest',
      $correlationId: eventId,
      $causationId: eventId,
      recorder: { person, issuer: 'https://issuer.example', subjectDigest: 'subject', client: 'spec' },
      basis: {},
      occurredAt: { on: legalDate('2026-09-18') },
      recordedAt: fromMilliseconds(1_790_000_000_000 + this.count),
      salt: 'salt',
    };
  }
}

export const opened = (n: number, title = `事项 ${n}`): TicketFact => ({
  type: 'TicketOpened',
  data: { organ: organ(n % 3), title },
});
export const noted = (text: string, minutes = 5): TicketFact => ({ type: 'TicketNoted', data: { text, minutes } });
export const closed: TicketFact = { type: 'TicketClosed', data: {} };

export const calendarPublished = (version: string): LawFact => ({
  type: 'CalendarPublished',
  data: { calendar: { ...emptyCalendar, version }, digest: version },
});
export const organRegistered = (n: number, name: string, superior?: number): RegisterFact => ({
  type: 'OrganRegistered',
  data: {
    organ: organ(n),
    name,
    kind: 'administrative',
    region: '350200',
    ...(superior === undefined ? {} : { superior: organ(superior) }),
  },
});

export const organChanged = (n: number, name: string): RegisterChange => ({
  type: 'OrganChanged',
  version: 1,
  occurredAt: { on: legalDate('2026-09-01') },
  data: { organ: organ(n), name },
});
export const changeRequested = (...changes: readonly RegisterChange[]): RegisterFact => ({
  type: 'RegisterChangeRequested',
  data: { changes },
});
export const changeApproved = (asked: LoggedEvent | undefined): RegisterFact => {
  if (!asked) throw new Error('nothing was asked for');
  return { type: 'RegisterChangeApproved', data: { request: asked.id } };
};
