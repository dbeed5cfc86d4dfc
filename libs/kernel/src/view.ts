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
  /** Only the facts recorded since the last call, as recorded; all of them when the case is folded again. */
  readonly facts: readonly Recorded<F>[];
  readonly law: Law;
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
  readonly rowsOf: (moved: Moved<State, F, Law>) => readonly Row[];
}
