import type { CommonFact } from './common-fact.js';
import type { Command, CommandType, Context, Decided, Decider } from './decider.js';
import type { Recorder } from './envelope.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { Grant, Relation } from './policy.js';

/** What a system says of the facts common to all systems. */
export interface CommonActs<State, Law> {
  /** Rows of `commonDecisions`, made for this system. */
  readonly decisions: readonly CommonDecision[];
  /** Who may record which; any one grant is enough. Who may read one follows from what it is about (`audienceOf`). */
  readonly grants: Readonly<Record<CommonFact['type'], readonly Grant[]>>;
  /** The rule that asks for correction by another person, where the law of the case has one (差错可纠). */
  readonly rule: (state: State, law: Law) => string | undefined;
}

/** A case with all that was ever recorded of it: facts as recorded, in order, those common to all systems among them. */
export interface WholeCase<State, F extends AnyFact, Law> {
  readonly id: Uuid;
  readonly decider: Decider<State, F, Law>;
  readonly rule: CommonActs<State, Law>['rule'];
  readonly facts: readonly Recorded<F | CommonFact>[];
  /** How the recorder's organ stands to the case. */
  readonly relation: Relation;
  /** 当事机关: the organs whose case it is. */
  readonly parties: (state: State) => readonly Uuid[];
  /** The organ that now stands in the place of one: itself, or its successor. */
  readonly standing: (organ: Uuid) => Uuid;
  /** The person who recorded, and, where they acted by delegation, the one they acted for. */
  readonly behind: (recorder: Recorder) => readonly Uuid[];
}

/** A row of the decision table every system has: it is decided on the whole case and not on its folded state. */
export interface CommonDecision<C extends Command = Command> {
  readonly command: CommandType<C>;
  readonly records: CommonFact['type'];
  readonly opens?: never;
  /** See `Decision.seen`. */
  readonly seen?: true;
  readonly decideWhole: <State, F extends AnyFact, Law>(
    command: C,
    of: WholeCase<State, F, Law>,
    context: Context<Law>,
  ) => readonly Decided<CommonFact>[];
}
