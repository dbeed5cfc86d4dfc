import {
  commonFacts,
  corrected,
  dayOfOccurrence,
  erasedSubjects,
  evolved,
  fold,
  isCommonFact,
  isNotice,
  isSealed,
  isUuid,
  movedBy,
  recordedFrom,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type FactTypes,
  type LegalDate,
  type LoggedEvent,
  type Moved,
  type Position,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import { watchedCalendar, type DaySpan, type LawBook } from '#libs/law';
import { cellsOf, type CaseRows } from './rows.js';
import type { ViewShape } from './tables.js';

/** Rows to be written for one case, by the view's name. */
export type RowsByView = ReadonlyMap<string, CaseRows>;

/** A case folded to one revision. Its state is known inside only, so systems with different states stand side by side. */
export interface FoldedCase {
  /** Of the newest event taken in; −1 before the first. */
  readonly revision: number;
  /** Every id its facts and their recorders name. */
  readonly names: ReadonlySet<string>;
  /** Subjects that were erased in its stream. */
  readonly erased: ReadonlySet<Uuid>;
  /** Where its first fact stands, and on what day the act took place; undefined before it. */
  readonly opening: Opening | undefined;
  /**
   * Takes in the next event. @returns false for one common to all systems: a correction or an erasure may change what was
   * folded before, so that the case must be folded again from its first event. @throws whatever the fold throws, and then
   * has taken in nothing.
   */
  take(event: LoggedEvent): boolean;
  /** The rows of all views for what was taken in since the last call. */
  rows(law: LawBook): RowsByView;
  /** The rows about the case as a whole, under another law. Left out where no law judges. */
  again?(law: LawBook): RowsByView;
  /** What the rows made last rest on. */
  readonly judgedBy?: JudgedBy | undefined;
}

/** What of the law the rows of a case rest on: as long as it stands, they are the same under every law. */
export interface JudgedBy {
  /** The days that were looked up in the calendar; none where it was not asked. */
  readonly days: DaySpan | undefined;
  /** The pack edition that governs the case. */
  readonly pack: string | undefined;
}

/** 立案. The place never changes, the day may be corrected. */
export interface Opening {
  readonly position: Position;
  readonly on: LegalDate;
}

/** What the projector needs of a system. */
export interface ProjectedSystem {
  readonly category: string;
  readonly views: readonly ViewShape[];
  /**
   * Folds a case from its first events. `told`: the revision up to which the views already know its facts.
   * @throws whatever the fold throws.
   */
  foldCase(caseId: Uuid, history: readonly LoggedEvent[], told: number): FoldedCase;
}

/** What makes cases of a system rows. */
type Foldable<State, F extends AnyFact> = Pick<CaseSystem<State, F, LawBook>, 'decider' | 'views'> &
  Partial<Pick<CaseSystem<State, F, LawBook>, 'packOf'>>;

/** A system as the projector takes it. */
export function projected<State, F extends AnyFact>(system: Foldable<State, F>): ProjectedSystem {
  return {
    category: system.decider.category,
    views: system.views,
    foldCase: (caseId, history, told) => foldedCase(system, caseId, { history, told }),
  };
}

function foldedCase<State, F extends AnyFact>(
  { decider, views, packOf }: Foldable<State, F>,
  caseId: Uuid,
  { history, told }: { history: readonly LoggedEvent[]; told: number },
): FoldedCase {
  // Both lists together name every kind of fact of such a stream; the compiler does not add them up for an open F.
  const types = { ...decider.facts, ...commonFacts } as unknown as FactTypes<F | CommonFact>;
  const read = (event: LoggedEvent): Recorded<F | CommonFact> => recordedFrom<F | CommonFact>(types, event);
  const names = new Set<string>();
  const recorded = history.map(read);
  const effective = corrected<F>(recorded);
  let opening = openingOf(history[0], effective[0]);
  let state = fold<State, F>(decider, effective);
  let untold: readonly Recorded<F | CommonFact>[] = recorded.filter(({ revision }) => revision > told);
  let revision = history.at(-1)?.revision ?? -1;
  let newest: Pick<Recorded, 'revision' | 'recordedAt'> | undefined = (recorded as readonly Recorded[]).at(-1);
  let judgedBy: JudgedBy | undefined;
  const rowsOf = (moved: Moved<State, F, LawBook>): RowsByView => {
    const made = rowsUnder(moved, views);
    judgedBy = { days: made.days, pack: packOf?.(state, moved.law)?.edition };
    return made.rows;
  };
  history.forEach((event) => addNames(event, names));
  return {
    names,
    erased: erasedSubjects(recorded),
    get opening() {
      return opening;
    },
    get revision() {
      return revision;
    },
    take(event) {
      if (isCommonFact(event.type) && !isNotice(event.type)) return false;
      const fact = read(event);
      if (!isNotice(event.type)) {
        // Not one of the common facts, so it is one of the system's own.
        const own = fact as Recorded<F>;
        state = evolved<State, F>(decider.evolve, state, own);
        opening ??= openingOf(event, own);
      }
      untold = [...untold, fact];
      newest = fact;
      addNames(event, names);
      revision = event.revision;
      return true;
    },
    rows(law) {
      const moved = movedBy(caseId, untold, { state, history: recorded, law });
      untold = [];
      return moved ? rowsOf(moved) : new Map();
    },
    again(law) {
      return newest ? rowsOf({ case: caseId, state, newest, facts: [], common: [], history: [], law }) : new Map();
    },
    get judgedBy() {
      return judgedBy;
    },
  };
}

/** The rows of all views, and which days of the calendar they rest on. */
function rowsUnder<State, F extends AnyFact>(
  moved: Moved<State, F, LawBook>,
  views: CaseSystem<State, F, LawBook>['views'],
): { readonly rows: RowsByView; readonly days: DaySpan | undefined } {
  const { calendar, looked } = watchedCalendar(moved.law.calendar);
  const watched = { ...moved, law: { ...moved.law, calendar } };
  const rows = views.map(
    (view) => [view.name, byKey(view.rowsOf(watched).map((row) => cellsOf(view, moved.case, row)))] as const,
  );
  return { rows: new Map(rows), days: looked() };
}

const openingOf = (first: LoggedEvent | undefined, fact: Pick<Recorded, 'occurredAt'> | undefined) =>
  first && fact ? { position: first.position, on: dayOfOccurrence(fact.occurredAt) } : undefined;

const byKey = (rows: readonly ReturnType<typeof cellsOf>[]): CaseRows =>
  new Map(rows.map(({ key, cells }) => [key, cells]));

function addNames({ data, metadata }: LoggedEvent, names: Set<string>): void {
  addIds(data, names);
  const { recorder } = metadata;
  if (recorder !== undefined) addIds(recorder, names);
}

/** A sealed value names nobody the register knows. */
function addIds(value: unknown, names: Set<string>): void {
  if (isUuid(value)) names.add(value);
  else if (value !== null && typeof value === 'object' && !isSealed(value))
    for (const part of Object.values(value)) addIds(part, names);
}
