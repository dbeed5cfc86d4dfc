import type { Recorder } from './envelope.js';
import { UnknownFact, type AnyFact, type FactTypes, type Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import type { Occurrence } from './occurrence.js';

/** What a command brings to every decision: the body's own `occurredAt`, and nothing a decider could fetch itself. */
export interface Command {
  readonly occurredAt: Occurrence;
}

export type CommandType<C extends Command = Command> = new () => C;

/** Everything a decision may look at beside the command and the state. */
export interface Context<Law> {
  readonly now: Instant;
  readonly recorder: Recorder;
  readonly law: Law;
  /** The id of a subject whose personal data first stands at this pointer of the command. */
  readonly subjectAt: (pointer: string) => Uuid;
}

/** Where in the data of a decided fact a value is to be sealed that its type does not mark: as `text`, or under a subject. */
export type Seals = Readonly<Record<string, 'text' | Uuid>>;

/** A fact that was decided and is not yet recorded. It occurred when the command says. */
export type Decided<F extends AnyFact> = F extends AnyFact
  ? Pick<F, 'type' | 'data'> & { readonly seals?: Seals }
  : never;

/** One entry per kind of fact, or it does not compile. Total: a history that does not fit becomes a flag, no exception. */
export type Evolve<State, F extends AnyFact> = {
  readonly [T in F['type']]: (state: State, fact: Recorded<Extract<F, { type: T }>>) => State;
};

/** One row of a decision table. */
export interface Decision<State, F extends AnyFact, Law, C extends Command = Command> {
  readonly command: CommandType<C>;
  /** The kind of fact it records first; the policy table is keyed by it. */
  readonly records: F['type'];
  /** Whether it may open a new case; otherwise the case must exist. */
  readonly opens?: true;
  /** 决定 (approve, refuse, close, correct): If-Match is required, because the person decided on what they saw. */
  readonly seen?: true;
  readonly decide: (command: C, state: State, context: Context<Law>) => readonly Decided<F>[];
}

/** A row of the decision table, with the command's type remembered for `decide` and forgotten after it. */
export const on = <State, F extends AnyFact, Law, C extends Command>(
  row: Decision<State, F, Law, C>,
): Decision<State, F, Law> => row as unknown as Decision<State, F, Law>;

/** A system's case: how it folds, and what may be asked of it. Pure: no clock, chance, id, I/O or framework. */
export interface Decider<State, F extends AnyFact, Law> {
  /** The stream's category, camelCase. */
  readonly category: string;
  readonly facts: FactTypes<F>;
  readonly initial: State;
  readonly evolve: Evolve<State, F>;
  /** Where facts are cheaper taken in together than one by one: what `evolve` makes of them from `initial`, no other state. */
  readonly gather?: (facts: readonly Recorded<F>[]) => State;
  readonly decisions: readonly Decision<State, F, Law>[];
}

/** The state after one more fact. */
export function evolved<State, F extends AnyFact>(evolve: Evolve<State, F>, state: State, fact: Recorded<F>): State {
  const steps = evolve as Readonly<Record<string, (state: State, fact: Recorded<F>) => State>>;
  const step = Object.hasOwn(steps, fact.type) ? steps[fact.type] : undefined;
  if (!step) throw new UnknownFact(fact.type, fact.version);
  return step(state, fact);
}

/** The state after all `facts`, to which corrections have been applied. @throws UnknownFact */
export const fold = <State, F extends AnyFact>(
  { evolve, initial, gather }: Pick<Decider<State, F, never>, 'evolve' | 'initial' | 'gather'>,
  facts: readonly Recorded<F>[],
): State => gather?.(facts) ?? facts.reduce<State>((state, fact) => evolved(evolve, state, fact), initial);
