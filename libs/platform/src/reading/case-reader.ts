import {
  isInstant,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type EventLog,
  type Instant,
  type LoggedEvent,
  type Position,
  type Recorded,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { BEFORE_ALL, Denial, type LawHistory, type Standing } from '../ledger/index.js';
import { caseAt, eventsUpTo, factsKnown, maySeeFact, type CaseAt, type MaySee } from './case-at.js';
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
  /** See `knownBy`. */
  readonly knownBy: (position: Position) => Promise<Instant | undefined>;
}

/** A case that somebody was let into. */
export interface OpenCase<State> {
  readonly id: Uuid;
  readonly stream: StreamName;
  /** At its head, read after the question was asked. */
  readonly standing: Standing<State>;
  readonly maySee: MaySee;
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
export interface Asked<State, F extends AnyFact> {
  readonly at: CaseAt<State, F>;
  readonly moment: Moment;
  /** The version the reader is told. */
  readonly revision: number;
  /** Whether nothing but the case as it now is was asked for. */
  readonly present: boolean;
}

/** Before a case was there. */
export type Nothing = Pick<Asked<unknown, never>, 'moment'> & { readonly at: undefined };

/** Reads cases from the log as they stand or stood, for one who has been let in. */
export class CaseReader {
  constructor(private readonly source: Source) {}

  /**
   * How far the log had come when the question was asked, where the answer is to speak of the present. It must be looked at
   * before the case is read: what is read later then holds everything up to there. Undefined where that cannot be said
   * now: whether the reader is let in comes first.
   */
  async glance(asked: AskedMoment): Promise<Position | undefined> {
    return isOfThePast(asked) ? undefined : this.source.present().catch(() => undefined);
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
    const found = await this.find(system, of, question);
    if (!found.at) throw new Denial('CASE_NOT_YET');
    return found;
  }

  /** As {@link read}, but a case that was not yet there is told as such. */
  async find<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    { asked, facts, glance }: Question,
  ): Promise<Asked<State, F> | Nothing> {
    const { revision, knownAt, position } = asked;
    if (revision !== undefined) return this.atRevision(system, of, { ...asked, revision });
    if (knownAt !== undefined)
      return this.atPosition(system, of, (await this.source.positionAt(knownAt)) ?? BEFORE_ALL, asked);
    const reached = newest(glance ?? (await this.source.present()), of.standing.position, this.source.history.newest);
    if (position !== undefined) {
      if (!(await this.hasReached(position, reached))) throw new Denial('POSITION_UNKNOWN');
      // What was known there was known by one instant: it is judged as that instant is asked for, today and on any day.
      const known = asked.asOf === undefined ? await this.source.knownBy(position) : undefined;
      const knownAt = known ?? (await this.beginning());
      return this.atPosition(system, of, position, { ...asked, knownAt });
    }
    const plain = asked.occurredBy === undefined && asked.asOf === undefined;
    return plain ? this.now(system, of, reached, facts) : this.atPosition(system, of, reached, asked);
  }

  private async now<State, F extends AnyFact>(
    system: System<State, F>,
    { standing, id: caseId, stream }: OpenCase<State>,
    position: Position,
    facts: boolean,
  ): Promise<Asked<State, F> | Nothing> {
    const { history, log, now } = this.source;
    const moment = momentAt(position, {}, undefined, now());
    const law = await history.at(position);
    const { revision, erased, state, recordedAt } = standing;
    if (!facts && recordedAt !== undefined) {
      const at = { case: caseId, state, law, newest: { revision, recordedAt }, history: [], recorded: [], facts: [] };
      return { at, moment, present: true, revision };
    }
    const known = factsKnown(system, await log.readStream(stream, 0, revision + 1), erased);
    const at = caseAt(system, { case: caseId, facts: known, law });
    return at ? { at, moment, present: true, revision } : { at, moment };
  }

  private async atRevision<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    asked: AskedMoment & { readonly revision: number },
  ): Promise<Asked<State, F> | Nothing> {
    const { standing, stream } = of;
    if (asked.revision > standing.revision)
      throw new Denial('REVISION_UNKNOWN', { values: { revision: standing.revision } });
    const events = await this.source.log.readStream(stream, 0, asked.revision + 1);
    const facts = seenIn(system, of, events);
    const last = events[facts.length - 1];
    const known = (facts as readonly Recorded[]).at(-1)?.recordedAt ?? (await this.beginning());
    return this.paged(system, of, facts, momentAt(last?.position ?? BEFORE_ALL, asked, known, this.source.now()));
  }

  private async atPosition<State, F extends AnyFact>(
    system: System<State, F>,
    of: OpenCase<State>,
    position: Position,
    asked: AskedMoment,
  ): Promise<Asked<State, F> | Nothing> {
    const moment = momentAt(position, asked, asked.knownAt, this.source.now());
    const events = await eventsUpTo(this.source.log, of.stream, position);
    return this.paged(system, of, seenIn(system, of, events), moment);
  }

  private async paged<State, F extends AnyFact>(
    system: System<State, F>,
    { id, maySee }: OpenCase<State>,
    facts: readonly Recorded<F | CommonFact>[],
    moment: Moment,
  ): Promise<Asked<State, F> | Nothing> {
    const law = await this.source.history.at(moment.position);
    const history = facts as readonly Recorded[];
    const at = caseAt<State, F>(
      system,
      { case: id, facts, law },
      { by: moment.occurredBy, maySee: (fact) => maySeeFact(system, maySee, fact, history) },
    );
    return at ? { at, moment, revision: at.newest.revision, present: false } : { at, moment };
  }

  /** When the first event of the log was recorded: by then, and no later, nothing was known. */
  private async beginning(): Promise<Instant | undefined> {
    for await (const { metadata } of this.source.log.readAll())
      if (isInstant(metadata.recordedAt)) return metadata.recordedAt;
    return undefined;
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

/** The facts of a stream's events up to the newest that the reader may see. */
function seenIn<State, F extends AnyFact>(
  system: System<State, F>,
  { standing, maySee }: OpenCase<State>,
  events: readonly LoggedEvent[],
): readonly Recorded<F | CommonFact>[] {
  const facts = factsKnown(system, events, standing.erased);
  const history = facts as readonly Recorded[];
  return facts.slice(0, history.findLastIndex((fact) => maySeeFact(system, maySee, fact, history)) + 1);
}
