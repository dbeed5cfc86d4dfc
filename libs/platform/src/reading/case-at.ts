import {
  compareOccurrences,
  corrected,
  fold,
  occurredBy,
  ownFacts,
  type AnyFact,
  type CaseSystem,
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
  /** The system's own facts that count, as recorded, in the order of recording. */
  readonly recorded: readonly Recorded<F>[];
  /** The same, with every correction applied that counts. */
  readonly facts: readonly Recorded<F>[];
}

/** What a case is folded from: its stream's first events, and the law of then. */
export interface Recording {
  readonly case: Uuid;
  readonly events: readonly LoggedEvent[];
  readonly law: LawBook;
}

/** Which acts count: those that had taken place by an instant; and which facts the reader may see. */
export interface Taken<F extends AnyFact> {
  readonly by: Instant | undefined;
  readonly maySee: (fact: Recorded<F>) => boolean;
}

/**
 * The case as its events make it. A correction counts by when it was recorded, whatever is said of acts; an act counts by
 * the day it is, in this history, said to have taken place.
 */
export function caseAt<State, F extends AnyFact>(
  system: System<State, F>,
  of: Recording,
  taken?: Taken<F>,
): CaseAt<State, F> {
  const all = factsOf(system, of.events);
  const known = corrected<F>(all);
  const facts = taken?.by === undefined ? known : takenBy(known, taken.by, taken.maySee);
  const counted = new Set(facts.map(({ id }) => id));
  return {
    case: of.case,
    state: fold<State, F>(system.decider, facts),
    law: of.law,
    recorded: ownFacts<F>(all).filter(({ id }) => counted.has(id)),
    facts,
  };
}

/**
 * The facts of acts that had taken place by an instant. One that the reader may not see counts once an act that they may see
 * had taken place no earlier: what it makes of the case would otherwise, asked for often enough, tell when it took place.
 */
function takenBy<F extends AnyFact>(
  facts: readonly Recorded<F>[],
  by: Instant,
  maySee: (fact: Recorded<F>) => boolean,
): readonly Recorded<F>[] {
  const shown = facts.filter((fact) => maySee(fact) && occurredBy(fact.occurredAt, by));
  const latest = shown.reduce<Occurrence | undefined>(
    (last, { occurredAt }) => (last && compareOccurrences(last, occurredAt) > 0 ? last : occurredAt),
    undefined,
  );
  const isBefore = (occurrence: Occurrence): boolean => !!latest && compareOccurrences(occurrence, latest) <= 0;
  return facts.filter((fact) => (maySee(fact) ? occurredBy(fact.occurredAt, by) : isBefore(fact.occurredAt)));
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

/** The rows that view has of the case. */
export function rowsAt<State, F extends AnyFact>(
  system: System<State, F>,
  name: string,
  { case: id, state, law, recorded }: CaseAt<State, F>,
): readonly Row[] {
  return viewNamed(system, name).rowsOf({ case: id, state, facts: recorded, law });
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
