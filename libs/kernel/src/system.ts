import type { CommonActs } from './common-decision.js';
import type { CommonFact } from './common-fact.js';
import type { HeldTurn, Turn } from './custody.js';
import type { Decider } from './decider.js';
import type { PackBasis } from './envelope.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { JsonObject } from './json.js';
import type { AnomalyKind, CountedClock, ExplainedClock, Flag, JudgedClock, OpenDuty, Schedule } from './judging.js';
import type { Names } from './names.js';
import type { PolicyRow, Relation } from './policy.js';
import type { Question } from './question.js';
import type { View } from './view.js';

/** Who asks: the organ of the appointment acted under, and its roles. */
export interface Viewer {
  readonly organ: Uuid;
  readonly roles: readonly string[];
}

/** Everything the platform needs of a system, and all of it pure. What HTTP calls it stands in its controller. */
export interface CaseSystem<State, F extends AnyFact, Law> {
  readonly decider: Decider<State, F, Law>;
  /** Corrections and erasures of its cases; left out where it takes none. */
  readonly common?: CommonActs<State, Law>;
  /** One row per kind of fact, or it does not compile. */
  readonly policy: Readonly<Record<F['type'], PolicyRow>>;
  /** How the viewer stands to the case. `none` may not learn that it exists. */
  readonly relation: (state: State, viewer: Viewer, law: Law) => Relation;
  /** Whether the viewer's roles let them handle cases of their own organ at all; otherwise no list shows them one. */
  readonly handlesCases: (viewer: Viewer) => boolean;
  /**
   * The organs whose cases, once both sides are known, the viewer stands to as `supervising`, unless a party to them; empty
   * for most.
   */
  readonly supervised: (viewer: Viewer, law: Law) => readonly Uuid[];
  /** Whether internal steps have been fed back and so may be read by the other side. */
  readonly isFedBack: (state: State) => boolean;
  /** When every clock of the case starts, is due and stops, and what is flagged: `assess` is `verdict` of it. */
  readonly schedule: (state: State, law: Law) => Schedule;
  /**
   * The open clocks of a case in which the calendar settles nothing but how they, and those that were stopped, are counted;
   * undefined where it settles more, as what an extension moves. Left out where that is not told of any case.
   */
  readonly counted?: (state: State, law: Law) => readonly CountedClock[] | undefined;
  /** Every clock of {@link schedule} day by day; left out where a system has none. */
  readonly explained?: (state: State, law: Law) => readonly ExplainedClock[];
  /** 责任链: whose turn it is from the first act on, and each turn in a Chinese sentence; left out of what nobody holds. */
  readonly custody?: {
    readonly line: (state: State, law: Law) => readonly Turn[];
    readonly says: (turn: HeldTurn, names: Names) => string;
  };
  /** The pack edition that governs the case, as an event's basis names it; undefined before one does. */
  readonly packOf: (state: State, law: Law) => PackBasis | undefined;
  /**
   * One Chinese sentence per fact, its marked values already opened or replaced by the word for erased. `facts` are those its
   * reader sees beside it, likewise opened, so that what a fact points at can be named; it may be missing among them.
   */
  readonly sentence: (fact: Recorded<F>, names: Names, facts: readonly Recorded<F | CommonFact>[]) => string;
  /** What a case file shows of the case itself: what was asked, of whom. Sealed values unopened. */
  readonly particulars: (state: State, names: Names, law: Law) => JsonObject;
  /** The statuses that a row of its case file may have; none where it has no case file. */
  readonly statuses: readonly string[];
  /** What supervision needs to know of its cases; left out where nothing watches them. */
  readonly watched?: {
    /** 当事机关: the organs whose case it is. */
    readonly parties: (state: State) => readonly Uuid[];
    /** What kind of anomaly a flag of the system points at. */
    readonly kindOf: (flag: Flag) => AnomalyKind;
  };
  /** What an assessment says, one Chinese sentence each. */
  readonly told: {
    readonly clock: (clock: JudgedClock, names: Names) => string;
    readonly flag: (flag: Flag, names: Names) => string;
    readonly duty: (duty: OpenDuty & { readonly ageDays: number }, names: Names) => string;
    /** A status of the case file in a word. */
    readonly status: (status: string) => string;
  };
  /** The Chinese sentence of every refusal code of the system. */
  readonly refusals: Readonly<Record<string, (values: Readonly<Record<string, string | number>>) => string>>;
  readonly views: readonly View<State, F, Law>[];
  /** What may be asked of all its cases at once. Its view `…_case_file` has the parties: requesting, requested. */
  readonly questions?: readonly Question[];
}
