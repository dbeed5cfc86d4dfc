import {
  commonFacts,
  corrected,
  erasedSubjects,
  evolved,
  fold,
  isCommonFact,
  isNotice,
  ownFacts,
  partsOf,
  recordedFrom,
  textGeneration,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type FactTypes,
  type Instant,
  type LoggedEvent,
  type Position,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { Quarantined } from './quarantined.js';

/** Where a case stands: its folded state, sealed values unopened, and what a repeat or the next event needs to know. */
export interface Standing<State> {
  readonly state: State;
  /** Revision of the last event; −1 when the case does not exist. */
  readonly revision: number;
  readonly recordedAt?: Instant;
  /** Of the last event. */
  readonly position?: Position;
  /** Subjects erased by then. */
  readonly erased: ReadonlySet<Uuid>;
  /** Revision of the newest notice that a change of the law moved clocks of the case. */
  readonly recomputed?: number;
  /** Of the key that free text of the case is sealed under from here on. */
  readonly textGeneration: number;
  /** Set when an event follows that this program cannot read: what stands here is told to nobody, and leads nowhere. */
  readonly quarantined?: Quarantined;
  /** See {@link placeOf}. Shared with the standings that follow from this one, which add theirs to it. */
  readonly commands: Map<Uuid, Place>;
  /** What keeping it costs, roughly. */
  readonly bytes: number;
}

/** Where the events of one command stand: first revision and count. */
export type Place = readonly [from: number, count: number];

/** Where the events of a command stand in the case as it stands here. */
export function placeOf({ commands, revision }: Standing<unknown>, commandId: Uuid): Place | undefined {
  const place = commands.get(commandId);
  return place && place[0] <= revision ? place : undefined;
}

export const nowhere = <State>(initial: State): Standing<State> => ({
  state: initial,
  revision: -1,
  textGeneration: 1,
  erased: new Set(),
  commands: new Map(),
  bytes: 0,
});

/** The facts of a case's events in their latest shape, those common to all systems among them. @throws UnknownFact */
export function factsOf<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  events: readonly LoggedEvent[],
): readonly Recorded<F | CommonFact>[] {
  const types = { ...system.decider.facts, ...commonFacts } as FactTypes<F | CommonFact>;
  return events.map((event) => recordedFrom<F | CommonFact>(types, event));
}

/** Folds the whole stream, corrections applied. */
export function standingOf<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  events: readonly LoggedEvent[],
): Standing<State> {
  const facts = factsOf(system, events);
  const id = partsOf(events[0]?.stream ?? '')?.id;
  return {
    ...moved(nowhere(system.decider.initial), facts, events),
    state: fold(system.decider, corrected<F>(facts)),
    erased: erasedSubjects(facts),
    textGeneration: id ? textGeneration(facts, id) : 1,
  };
}

/** Folds further events, or undefined when they hold a correction or an erasure, which need the whole stream. */
export function standingAfter<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  standing: Standing<State>,
  events: readonly LoggedEvent[],
): Standing<State> | undefined {
  if (events.some(({ type }) => isCommonFact(type) && !isNotice(type))) return undefined;
  const facts = factsOf(system, events);
  const state = ownFacts<F>(facts).reduce<State>(
    (current, fact) => evolved(system.decider.evolve, current, fact),
    standing.state,
  );
  return { ...moved(standing, facts as readonly Recorded[], events), state };
}

function moved<State>(
  standing: Standing<State>,
  facts: readonly Pick<Recorded, 'commandId' | 'recordedAt' | 'revision' | 'type'>[],
  events: readonly LoggedEvent[],
): Standing<State> {
  const { commands } = standing;
  for (const { commandId, revision } of facts) {
    const from = commands.get(commandId)?.[0] ?? revision;
    commands.set(commandId, [from, revision - from + 1]);
  }
  const last = facts.at(-1);
  const position = events.at(-1)?.position;
  if (!last || position === undefined) return standing;
  const bytes = events.reduce((sum, { data }) => sum + 400 + JSON.stringify(data).length, standing.bytes);
  const recomputed = facts.findLast(({ type }) => isNotice(type))?.revision ?? standing.recomputed;
  const told = recomputed === undefined ? {} : { recomputed };
  return { ...standing, ...told, revision: last.revision, recordedAt: last.recordedAt, position, bytes };
}
