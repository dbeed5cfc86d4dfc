import {
  audienceOf,
  compareOccurrences,
  corrected,
  fold,
  isCommonFact,
  occurredBy,
  ownFacts,
  subjectMatter,
  withoutErased,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type EventLog,
  type Instant,
  type LoggedEvent,
  type Occurrence,
  type Position,
  type Recorded,
  type Row,
  type StreamName,
  type Uuid,
  type View,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { factsOf } from '../ledger/index.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** A case as it was known, with the law of then. Sealed values are unopened. */
export interface CaseAt<State, F extends AnyFact> {
  readonly case: Uuid;
  readonly state: State;
  readonly law: LawBook;
  /** Of the newest fact known. */
  readonly newest: Pick<Recorded, 'revision' | 'recordedAt'>;
  /** Every fact known, whatever its kind, as recorded. */
  readonly history: readonly Recorded[];
  /** Those that count, as recorded, in the order of recording. */
  readonly recorded: readonly Recorded[];
  /** Of those the system's own, with every correction applied that was known. */
  readonly facts: readonly Recorded<F>[];
}

/** What a case is folded from: its first facts, and the law of then. */
export interface Recording<F extends AnyFact> {
  readonly case: Uuid;
  readonly facts: readonly Recorded<F | CommonFact>[];
  readonly law: LawBook;
}

/** Which acts count: those that had taken place by an instant; and which facts the reader may see. */
export interface Taken {
  readonly by: Instant | undefined;
  readonly maySee: (fact: Recorded) => boolean;
}

/** The facts of a stream's events. What was erased since is gone at every instant. */
export const factsKnown = <State, F extends AnyFact>(
  system: System<State, F>,
  events: readonly LoggedEvent[],
  erased: ReadonlySet<Uuid>,
): readonly Recorded<F | CommonFact>[] => withoutErased<F | CommonFact>(factsOf(system, events), erased);

/**
 * The case as its facts make it; undefined of none. A correction counts by when it was recorded, whatever is said of acts;
 * an act counts by the day it is, in this history, said to have taken place.
 */
export function caseAt<State, F extends AnyFact>(
  system: System<State, F>,
  of: Recording<F>,
  taken?: Taken,
): CaseAt<State, F> | undefined {
  const history = of.facts as readonly Recorded[];
  const newest = history.at(-1);
  if (!newest) return undefined;
  const known = corrected<F>(of.facts);
  const facts = taken?.by === undefined ? known : takenBy(known, taken.by, taken.maySee);
  const counted = new Set(facts.map(({ id }) => id));
  return {
    case: of.case,
    state: fold<State, F>(system.decider, facts),
    law: of.law,
    newest,
    history,
    recorded: history.filter((fact) => isCounted(fact, history, counted)),
    facts,
  };
}

/** A fact common to all systems counts where what it is about does. */
function isCounted(fact: Recorded, history: readonly Recorded[], counted: ReadonlySet<Uuid>): boolean {
  if (!isCommonFact(fact.type)) return counted.has(fact.id);
  const about = subjectMatter(fact, history);
  return !about || isCounted(about, history, counted);
}

/**
 * The facts of acts that had taken place by an instant. One that the reader may not see counts once an act that they may see
 * had taken place no earlier: what it makes of the case would otherwise, asked for often enough, tell when it took place.
 */
function takenBy<F extends AnyFact>(
  facts: readonly Recorded<F>[],
  by: Instant,
  maySee: Taken['maySee'],
): readonly Recorded<F>[] {
  const all = facts as readonly Recorded[];
  const shown = all.filter((fact) => maySee(fact) && occurredBy(fact.occurredAt, by));
  const latest = shown.reduce<Occurrence | undefined>(
    (last, { occurredAt }) => (last && compareOccurrences(last, occurredAt) > 0 ? last : occurredAt),
    undefined,
  );
  const isBefore = (occurrence: Occurrence): boolean => !!latest && compareOccurrences(occurrence, latest) <= 0;
  const counts = (fact: Recorded): boolean =>
    maySee(fact) ? occurredBy(fact.occurredAt, by) : isBefore(fact.occurredAt);
  const counted = new Set(all.filter(counts).map(({ id }) => id));
  return facts.filter(({ id }) => counted.has(id));
}

/** The system's view whose name ends in `name`: `<category>_case_file`, `<category>_timeline`. */
export function viewNamed<State, F extends AnyFact>(
  { decider, views }: System<State, F>,
  name: string,
): View<State, F, LawBook> {
  const view = views.find((candidate) => candidate.name.endsWith(`_${name}`));
  if (!view) throw new Error(`${decider.category} has no view ${name}`);
  return view;
}

/** The rows that view has of the case, each with all its columns: null where it says nothing, as a table would have it. */
export function rowsAt<State, F extends AnyFact>(
  system: System<State, F>,
  name: string,
  { case: id, state, law, newest, history, recorded }: CaseAt<State, F>,
): readonly Row[] {
  const facts = ownFacts<F>(recorded as readonly Recorded<F | CommonFact>[]);
  const common = recorded.filter((fact): fact is Recorded<CommonFact> => isCommonFact(fact.type));
  const view = viewNamed(system, name);
  const columns = Object.keys(view.columns);
  const rows = view.rowsOf({ case: id, state, newest, facts, common, history, law });
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
}

/** Whether the reader may see an audience's facts, recorded by this organ's officers. */
export type MaySee = (audience: unknown, organ: unknown) => boolean;

/** Whether the reader may see a fact of the case that all of `history` belongs to. */
export function maySeeFact<State, F extends AnyFact>(
  { policy }: System<State, F>,
  maySee: MaySee,
  fact: Recorded,
  history: readonly Recorded[],
): boolean {
  const { read, organ } = audienceOf(fact, history, policy);
  return maySee(read, organ);
}

/** Events read at once while it is not known how many there are. */
const PAGE = 1000;

/** The stream's events up to `position`. @throws StreamNotFound; LogUnavailable; IntegrityBroken. */
export async function eventsUpTo(
  log: EventLog,
  stream: StreamName,
  position: Position,
): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, events.length, PAGE);
    const end = page.findIndex((event) => event.position > position);
    events.push(...(end < 0 ? page : page.slice(0, end)));
    if (end >= 0 || page.length < PAGE) return events;
  }
}
