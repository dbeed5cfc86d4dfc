import type { AnyFact, Names, Position, Row } from '#libs/kernel';
import { standsFor } from '#libs/law';
import { Denial } from '../../ledger/index.js';
import { namesIn } from '../../reading/index.js';
import { atOnePlace, list, type ListOptions, type ViewTables } from '../../views/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { disclosureOf, purposeOf } from './admission.js';
import { tellPage } from './case-list.js';
import { fromViews, type QuestionParts, type System } from './parts.js';

const LIMIT = 50;

/** What is listed, and how it is told. */
export interface AskedRows extends Pick<ListOptions, 'where' | 'order' | 'descending' | 'after'> {
  /** The system's view called so. It has the organs whose business a row is in `sides`, both of them. */
  readonly view: string;
  readonly sides: readonly [string, string];
  readonly limit?: number | undefined;
  /** What the list is called in the answer. */
  readonly member: string;
  readonly told: (row: Row, names: Names) => object;
}

/**
 * 目录 of a view that is no case file: the rows that are the reader's organ's business, and with a purpose those of the
 * organs it supervises. @throws Denial PURPOSE_REQUIRED for who only supervises; VIEWS_…; Fault CURSOR_MALFORMED
 */
export async function rowList<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { asked, http }: { readonly asked: AskedRows; readonly http: Exchange },
): Promise<Disclosed<object>> {
  const { viewer } = http.caller;
  const handles = system.handlesCases(viewer);
  const supervises = system.supervised(viewer, parts.law.book);
  const purpose = purposeOf(http);
  if (!handles && supervises.length > 0 && purpose === undefined) throw new Denial('PURPOSE_REQUIRED');
  const organs = [
    ...(handles ? standsFor(parts.law.book.organs, viewer.organ) : []),
    ...(purpose === undefined ? [] : supervises),
  ];
  return disclose(disclosureOf(http, `${system.decider.category}/${asked.member}`), async () => {
    const found = await fromViews(parts, (tables) => rowsAt(tables, system, asked, organs));
    tellPage(http, found);
    const names = namesIn(parts.law.book);
    const rows = found.rows.filter((row) => !parts.troubles.isAlarmed(row.case as Parameters<Names['organ']>[0]));
    return {
      ...parts.pages.mode,
      position: found.position,
      [asked.member]: rows.map((row) => asked.told(row, names)),
      ...(found.next === undefined ? {} : { next: found.next }),
    };
  });
}

async function rowsAt<State, F extends AnyFact>(
  tables: ViewTables,
  { views, decider }: System<State, F>,
  { view: name, sides, limit = LIMIT, where = {}, order = [], descending = false, after }: AskedRows,
  organs: readonly string[],
) {
  const view = views.find((one) => one.name === name);
  if (!view) throw new Error(`${decider.category} has no view ${name}`);
  return atOnePlace(tables, async (tx, position = '' as Position) => {
    const anyOf = sides.map((side) => ({ [side]: organs }));
    const page = await list({ ...tables, db: tx }, view, {
      where,
      anyOf,
      order,
      descending,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    return { ...page, position };
  });
}
