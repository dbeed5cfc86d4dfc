import type { AnyFact, FactTypes, Recorded } from './fact.js';
import type { Instant } from './instant.js';

/** What a reaction must know of a case beside the fact that sets it off: its facts, folded, corrections applied. */
export interface Remembered<State, F extends AnyFact> {
  readonly initial: State;
  /** Facts of other kinds leave the state as it is. */
  readonly evolve: { readonly [T in F['type']]?: (state: State, fact: Recorded<Extract<F, { type: T }>>) => State };
}

/**
 * 反应: «when … then …», named as that sentence. It is pure: facts in, a small state, one command out. What runs it reads
 * the log from where it stood, and issues the command under an id that follows from the fact: so the command is recorded
 * exactly once, also when the reaction looks at the same fact again after a crash, in another process, or for ever.
 */
export interface Reaction<F extends AnyFact, State, Law> {
  /** The sentence, in words joined by dashes. It stands in the ids of its commands: never change it. */
  readonly name: string;
  /** The system whose cases it looks at; all systems', when left out. */
  readonly category?: string;
  /** How the facts are stored that it reads. It reads no others. */
  readonly facts: FactTypes<F>;
  /** Which of them sets it off. */
  readonly when: F['type'];
  /** Left out where the fact alone is enough: then nothing else of the case is read. */
  readonly remembers?: Remembered<State, F>;
  /**
   * The command, or none. Its `occurredAt`, where it has one, is the moment the fact was recorded.
   * @param state at that fact. @param law in hand when it is looked at.
   */
  readonly then: (fact: Recorded<F>, state: State | undefined, law: Law) => object | undefined;
}

/** A reaction as what runs it knows it: of which facts and which state is its own business. */
export type AnyReaction<Law> = Reaction<AnyFact, unknown, Law>;

/** A reaction with the types of its facts and state remembered for itself, and forgotten after it. */
export const reaction = <F extends AnyFact, State, Law>(of: Reaction<F, State, Law>): AnyReaction<Law> =>
  of as unknown as AnyReaction<Law>;

/** When what a reaction asks for occurred: at the moment the fact was recorded that set it off. */
export const occurredWith = ({ recordedAt }: { readonly recordedAt: Instant }): { readonly at: Instant } => ({
  at: recordedAt,
});
