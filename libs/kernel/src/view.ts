import { isCommonFact, ownFacts, type CommonFact } from './common-fact.js';
import { erasedSubjects, withoutErased } from './erased.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { Json } from './json.js';

/** A column of a view's table. `json` holds canonical JSON. No column holds the wall clock: a rebuild must land equal. */
export type ColumnType = 'text' | 'integer' | 'json';

export type Row = Readonly<Record<string, Json | undefined>>;

/** What a view is told when a case has moved on. */
export interface Moved<State, F extends AnyFact, Law> {
  readonly case: Uuid;
  /** The case folded to its newest fact, corrections applied. */
  readonly state: State;
  /** Of the case's newest fact, whatever its kind. */
  readonly newest: Pick<Recorded, 'revision' | 'recordedAt'>;
  /**
   * Only the system's facts recorded since the last call, as recorded, but without what was erased; all of them when the
   * case is folded again, which every common fact is reason for.
   */
  readonly facts: readonly Recorded<F>[];
  /** The same of the facts common to all systems. */
  readonly common: readonly Recorded<CommonFact>[];
  /** Where there are common ones: every fact of the case, whatever its kind. */
  readonly history: readonly Recorded[];
  readonly law: Law;
}

/**
 * What the views are told of a case when `facts` are new to them, in order; undefined when nothing is.
 * @param history every fact of the case, needed only where one common to all systems is new.
 */
export function movedBy<State, F extends AnyFact, Law>(
  id: Uuid,
  facts: readonly Recorded<F | CommonFact>[],
  to: { readonly state: State; readonly history: readonly Recorded<F | CommonFact>[]; readonly law: Law },
): Moved<State, F, Law> | undefined {
  const newest = (facts as readonly Recorded[]).at(-1);
  if (!newest) return undefined;
  const history = withoutErased(to.history) as readonly Recorded[];
  const erased = erasedSubjects(history);
  const told = erased.size === 0 ? facts : withoutErased(facts, erased);
  return {
    case: id,
    state: to.state,
    newest,
    facts: ownFacts<F>(told),
    common: (told as readonly Recorded[]).filter(isCommon),
    history,
    law: to.law,
  };
}

/**
 * What of a view's rows can be made anew for many cases at once when the calendar changes, before the cases themselves are
 * judged anew to the same rows.
 */
export interface MadeAhead<Law> {
  /** A `json` column: where it is not empty, `rowOf` makes of it and the law the columns that the calendar settles. */
  readonly basis: string;
  /** An `integer` column: the number of the last day that anything else of the case's rows in this view rests on. */
  readonly until: string;
  readonly rowOf: (basis: Json, law: Law) => Row;
}

/**
 * 读模型: a table that follows from the log alone. `rowsOf` is pure: the same history gives the same rows, whatever the
 * batch size and whenever it runs. A row with the key of an older one replaces it. So a row about the case as a whole
 * follows from its state and the law alone; without new facts it can be asked for again.
 */
export interface View<State, F extends AnyFact, Law> {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns of the primary key; the first is `case`. */
  readonly key: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
  /** `rowsOf` gives all rows of the case each time: those it no longer gives are gone. */
  readonly whole?: true;
  readonly ahead?: MadeAhead<Law>;
  readonly rowsOf: (moved: Moved<State, F, Law>) => readonly Row[];
}

const isCommon = (fact: Recorded): fact is Recorded<CommonFact> => isCommonFact(fact.type);
