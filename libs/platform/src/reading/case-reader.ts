import {
  type AnyFact,
  type CaseSystem,
  type Envelope,
  type EventLog,
  type Instant,
  type LoggedEvent,
  type PolicyRow,
  type Position,
  type Recorded,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { BEFORE_ALL, Denial, type LawHistory, type Standing } from '../ledger/index.js';
import { caseAt, eventsUpTo } from './case-at.js';
import type { PageOf } from './case-pages.js';
import { isOfThePast, momentAt, type AskedMoment, type Moment } from './moment.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** Where the log is asked how it stood. */
export interface Source {
  readonly log: EventLog;
  readonly history: LawHistory;
  readonly now: () => Instant;
  /** A place the log has reached, as far as this process can tell without reading it through. */
  readonly present: () => Promise<Position>;
  /** See `positionAt`. */
  readonly positionAt: (knownAt: Instant) => Promise<Position | undefined>;
}

/** A case that somebody was let into. */
export interface OpenCase<State> {
  readonly id: Uuid;
  readonly stream: StreamName;
  /** At its head, read after the question was asked. */
  readonly standing: Standing<State>;
  /** Whether the reader may see a fact with this audience, recorded by this organ. */
  readonly maySee: (audience: unknown, recordingOrgan: unknown) => boolean;
}

/** A question about a case. */
export interface Question {
  readonly asked: AskedMoment;
  /** Whether the single facts are needed, or the state they lead to is enough. */
  readonly facts: boolean;
  /** What {@link CaseReader.glance} gave before the reader was let in. */
  readonly glance: Position | undefined;
}

/** A case as it was asked for. */
export interface Asked<State, F extends AnyFact> extends PageOf<State, F> {
  /** Whether nothing but the case as it now is was asked for. */
  readonly present: boolean;
}

/** Reads cases from the log as they stand or stood, for one who has been let in. */
export class CaseReader {
  constructor(private readonly source: Source) {}

  /**
   * How far the log had come when the question was asked, where the answer is to speak of the present. It must be looked at
   * before the case is read: what is read later then holds everything up to there.
   */
  async glance(asked: AskedMoment): Promise<Position | undefined> {
    return isOfThePast(asked) ? undefined : this.source.present();
  }

  /**
   * The case at the moment asked for. Anything but the plain present is answered as of the newest fact that the reader may
   * see: what another makes of the case would, asked for often enough, tell when the other side recorded it.
   * @throws Denial REVISION_UNKNOWN, POSITION_UNKNOWN, CASE_NOT_YET, VIEWS_BEHIND; LogUnavailable; IntegrityBroken.
   */
  async read<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    question: Question,
  ): Promise<Asked<State, F>> {
    const page = await this.find(system, of, question);
    if (page.revision < 0) throw new Denial('CASE_NOT_YET');
    return page;
  }

  /** As {@link read}, but a case that was not yet there is a case without facts, told as version −1. */
  async find<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    { asked, facts, glance }: Question,
  ): Promise<Asked<State, F>> {
    const { revision, knownAt, position } = asked;
    if (revision !== undefined) return this.atRevision(system, of, { ...asked, revision });
    if (knownAt !== undefined)
      return this.atPosition(system, of, (await this.source.positionAt(knownAt)) ?? BEFORE_ALL, asked);
    const known = newest(glance ?? (await this.source.present()), of.standing.position, this.source.history.newest);
    if (position !== undefined) {
      if (!(await this.hasReached(position, known))) throw new Denial('POSITION_UNKNOWN');
      return this.atPosition(system, of, position, asked);
    }
    const plain = asked.occurredBy === undefined && asked.asOf === undefined;
    return plain ? this.now(system, of, known, facts) : this.atPosition(system, of, known, asked);
  }

  private async now<State, F extends AnyFact>(
    system: System<State, F>,
    { standing, id: caseId, stream }: OpenCase<State>,
    position: Position,
    facts: boolean,
  ): Promise<Asked<State, F>> {
    const { history, log, now } = this.source;
    const moment = momentAt(position, {}, undefined, now());
    const law = await history.at(position);
    const { revision, erased, state } = standing;
    const told = { moment, erased, present: true, revision };
    if (!facts) return { at: { case: caseId, state, law, recorded: [], facts: [] }, ...told };
    const events = await log.readStream(stream, 0, revision + 1);
    return { at: caseAt(system, { case: caseId, events, law }), ...told };
  }

  private async atRevision<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    asked: AskedMoment & { readonly revision: number },
  ): Promise<Asked<State, F>> {
    const { standing, stream } = of;
    if (asked.revision > standing.revision)
      throw new Denial('REVISION_UNKNOWN', { values: { revision: standing.revision } });
    const events = upToSeen(system, of, await this.source.log.readStream(stream, 0, asked.revision + 1));
    const [position, known] = placeOf(events.at(-1));
    return this.paged(system, of, events, momentAt(position, asked, known, this.source.now()));
  }

  private async atPosition<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    position: Position,
    asked: AskedMoment,
  ): Promise<Asked<State, F>> {
    const moment = momentAt(position, asked, asked.knownAt, this.source.now());
    const events = await eventsUpTo(this.source.log, of.stream, position);
    return this.paged(system, of, upToSeen(system, of, events), moment);
  }

  private async paged<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    events: readonly LoggedEvent[],
    moment: Moment,
  ): Promise<Asked<State, F>> {
    const law = await this.source.history.at(moment.position);
    const taken = { by: moment.occurredBy, maySee: (fact: Recorded<F>) => maySeeFact(system, of, fact) };
    const at = caseAt<State, F>(system, { case: of.id, events, law }, taken);
    return { at, moment, revision: events.at(-1)?.revision ?? -1, erased: of.standing.erased, present: false };
  }

  /** Whether the log has come to `position`; it is read on when what is known of it does not say so. */
  private async hasReached(position: Position, known: Position): Promise<boolean> {
    if (position === BEFORE_ALL) return true;
    // Positions of one log are of one width: another text is none of its positions.
    if (position.length !== known.length) return false;
    if (position <= known) return true;
    for await (const event of this.source.log.readAll(known)) if (event.position >= position) return true;
    return false;
  }
}

const newest = (...positions: readonly (Position | undefined)[]): Position =>
  positions.reduce<Position>((max, one) => (one !== undefined && one > max ? one : max), BEFORE_ALL);

const placeOf = (event: LoggedEvent | undefined): readonly [Position, Instant | undefined] =>
  event ? [event.position, (event.metadata as unknown as Envelope).recordedAt] : [BEFORE_ALL, undefined];

type Reach = Pick<OpenCase<unknown>, 'maySee'>;

/** Whether the reader may see an event of the case. */
export const maySeeEvent = <State, F extends AnyFact>(
  system: System<State, F>,
  { maySee }: Reach,
  { type, metadata }: Pick<LoggedEvent, 'type' | 'metadata'>,
): boolean => maySee(audienceOf(system, type), (metadata as unknown as Envelope).recorder.organ);

/** Whether the reader may see a fact of the case. */
export const maySeeFact = <State, F extends AnyFact>(
  system: System<State, F>,
  { maySee }: Reach,
  { type, recorder }: Pick<Recorded, 'type' | 'recorder'>,
): boolean => maySee(audienceOf(system, type), recorder.organ);

function audienceOf<State, F extends AnyFact>(
  { policy }: System<State, F>,
  type: string,
): PolicyRow['read'] | undefined {
  const rows: Readonly<Record<string, PolicyRow>> = policy;
  return rows[type]?.read;
}

/** The events up to the newest that the reader may see. */
const upToSeen = <State, F extends AnyFact>(
  system: System<State, F>,
  reach: Reach,
  events: readonly LoggedEvent[],
): readonly LoggedEvent[] => events.slice(0, events.findLastIndex((event) => maySeeEvent(system, reach, event)) + 1);
