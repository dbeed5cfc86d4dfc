import { canonicalJson, type Json, type MadeAhead } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { Parameter, Queryable } from './database.js';
import { cellOf, type Cell } from './rows.js';
import { quoted, tableOf, type ViewShape, type ViewTables } from './tables.js';

/** A view of which rows are made ahead of the cases they are of. */
export type ViewAhead = ViewShape & { readonly ahead: MadeAhead<LawBook> };

export const aheadIn = (views: readonly ViewShape[]): readonly ViewAhead[] =>
  views.filter((view): view is ViewAhead => view.ahead !== undefined);

/** Of which views the rows are made ahead, and from which law to which. */
export interface Ahead {
  readonly views: readonly ViewAhead[];
  readonly before: LawBook;
  readonly after: LawBook;
}

/**
 * Makes what the calendar settles in rows of `view` anew from what they were counted from: cases that began on the same day
 * under the same limit share one counting and one statement. Rows of which that is not known stay as they are.
 */
export async function writeAhead(
  tx: Queryable,
  tables: ViewTables,
  view: ViewAhead,
  { before, after }: Omit<Ahead, 'views'>,
): Promise<void> {
  const { basis, rowOf } = view.ahead;
  const place = tableOf(tables, view);
  const sql = `SELECT DISTINCT ${quoted(basis)} AS basis FROM ${place} WHERE ${quoted(basis)} IS NOT NULL`;
  const bases = await tx.query<{ basis: string }>(sql);
  const moved = bases.flatMap(({ basis: text }) => {
    const of = JSON.parse(text) as Json;
    const row = rowOf(of, after);
    return canonicalJson(row) === canonicalJson(rowOf(of, before)) ? [] : [{ text, row }];
  });
  const columns = [...new Set(moved.flatMap(({ row }) => Object.keys(row)))];
  if (columns.length === 0) return;
  const types = ['text', ...columns.map((column) => (view.columns[column] === 'integer' ? 'bigint' : 'text'))];
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  const names = columns.map(quoted);
  await tx.query(
    `UPDATE ${place} t SET ${names.map((name) => `${name} = m.${name}`).join(', ')}
     FROM unnest(${arrays.join(', ')}) AS m(basis, ${names.join(', ')}) WHERE t.${quoted(basis)} = m.basis`,
    [
      moved.map(({ text }) => text),
      ...columns.map((column): Parameter => moved.map(({ row }): Cell => cellOf(view, column, row[column]))),
    ],
  );
}

/**
 * The condition, in SQL over `_cases`, that all of a case's rows in one of `views` stand as `writeAhead` left them: where
 * nothing else of them rests on a day from number `first` on.
 */
export const settledAhead = (tables: Pick<ViewTables, 'schema'>, views: readonly ViewAhead[], first: string): string =>
  views
    .map(
      (view) => `EXISTS (SELECT 1 FROM ${tableOf(tables, view)} a WHERE a."case" = _cases."case"
        AND a.${quoted(view.ahead.basis)} IS NOT NULL AND a.${quoted(view.ahead.until)} < ${first})`,
    )
    .join(' OR ');
