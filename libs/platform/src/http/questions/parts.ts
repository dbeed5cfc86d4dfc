import type { AnyFact, CaseSystem, Clock, EventLog, Position, Row } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { BEFORE_ALL, Denial, Quarantined, type LawHistory, type LawShelf, type Ledger } from '../../ledger/index.js';
import { CaseReader, type Beside, rowsAt, type Asked, type CasePages, type OpenCase } from '../../reading/index.js';
import type { Troubles } from '../../service/index.js';
import { checkpointOf, knownBy, positionAt, type ViewTables } from '../../views/index.js';
import { viewsFault } from '../views-fault.js';

export type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** What questions are answered from. */
export interface QuestionParts {
  readonly ledger: Ledger;
  readonly log: EventLog;
  readonly law: LawShelf;
  readonly history: LawHistory;
  readonly pages: CasePages;
  readonly clock: Clock;
  /** What is told with the file of a case, where anything is. */
  readonly beside?: Beside | undefined;
  /** Undefined where this process has no read models. */
  readonly tables: ViewTables | undefined;
  readonly troubles: Pick<Troubles, 'quarantineOf' | 'isAlarmed'>;
}

/** Reads the views. @throws Denial VIEWS_NOT_HERE, and whatever {@link viewsFault} tells. */
export async function fromViews<T>(
  { tables }: Pick<QuestionParts, 'tables'>,
  read: (tables: ViewTables) => Promise<T>,
): Promise<T> {
  if (!tables) throw new Denial('VIEWS_NOT_HERE');
  return read(tables).catch((cause: unknown) => {
    throw viewsFault(cause);
  });
}

/** Reads cases at any instant, by the index that the projector keeps of the instants of the log. */
export const caseReaderOn = (parts: QuestionParts): CaseReader =>
  new CaseReader({
    log: parts.log,
    history: parts.history,
    now: () => parts.clock.now(),
    present: () => fromViews(parts, checkpointPosition),
    positionAt: (knownAt) => fromViews(parts, (tables) => positionAt(tables, parts.log, knownAt)),
    knownBy: (position) => fromViews(parts, (tables) => knownBy(tables, parts.log, position)),
  });

/** What `read` makes of the case. @throws Quarantined when it makes nothing of it. */
export function understood<State, F extends AnyFact, T>(
  { stream }: OpenCase<State>,
  { revision }: Asked<State, F>,
  read: () => T,
): T {
  try {
    return read();
  } catch (cause) {
    throw new Quarantined(stream, revision - 1, { cause });
  }
}

/** The rows that the system's view called `…<name>` has of the case as it was asked for. @throws Quarantined */
export const rowsShown = <State, F extends AnyFact>(
  system: System<State, F>,
  open: OpenCase<State>,
  page: Asked<State, F> & { readonly view: string },
): readonly Row[] => understood(open, page, () => rowsAt(system, page.view, page.at));

async function checkpointPosition(tables: ViewTables): Promise<Position> {
  const checkpoint = await checkpointOf(tables.db, tables);
  if (!checkpoint) throw new Denial('VIEWS_BEHIND');
  return checkpoint.position ?? BEFORE_ALL;
}
