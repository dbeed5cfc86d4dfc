import { canonicalJson, isKeptText, type ColumnType, type Json, type Row, type Uuid } from '#libs/kernel';
import type { Parameter, Queryable } from './database.js';
import { quoted, tableOf, type ViewShape, type ViewTables } from './tables.js';

/** A cell as it is stored: text, canonical JSON as text, a whole number, or nothing. */
export type Cell = string | number | null;

/** The rows of one case in one view, by key. */
export type CaseRows = ReadonlyMap<string, readonly Cell[]>;

/** What a row is stored as. @throws RangeError for a row of another case, a column or a value that is not the view's. */
export function cellsOf(view: ViewShape, caseId: Uuid, row: Row): { key: string; cells: readonly Cell[] } {
  if (row['case'] !== caseId) throw new RangeError(`view ${view.name}: a row of another case`);
  const strange = Object.keys(row).find((column) => !Object.hasOwn(view.columns, column));
  if (strange !== undefined) throw new RangeError(`view ${view.name} has no column ${strange}`);
  const missing = view.key.find((column) => row[column] === undefined || row[column] === null);
  if (missing !== undefined) throw new RangeError(`view ${view.name}: a row without ${missing}`);
  const cells = Object.keys(view.columns).map((column) => cellOf(view, column, row[column]));
  return { key: JSON.stringify(view.key.map((column) => row[column])), cells };
}

/** A stored row as the view gave it; an empty cell is null. */
export function rowFrom(view: ViewShape, stored: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(view.columns).map(([column, type]) => [column, valueFrom(type, stored[column] as string | null)]),
  );
}

/** Writes rows by key, newer over older, in one statement whose text does not depend on how many there are. */
export async function upsert(
  tx: Queryable,
  tables: ViewTables,
  view: ViewShape,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const columns = Object.entries(view.columns);
  const names = columns.map(([column]) => quoted(column));
  const changes = columns.filter(([column]) => !view.key.includes(column)).map(([column]) => quoted(column));
  const [standing, fresh] = [changes.map((name) => `t.${name}`), changes.map((name) => `excluded.${name}`)];
  // A row that is as it was is not written again.
  const onConflict =
    changes.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${changes.map((name) => `${name} = excluded.${name}`).join(', ')}
         WHERE (${standing.join(', ')}) IS DISTINCT FROM (${fresh.join(', ')})`;
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type === 'integer' ? 'bigint' : 'text'}[]`);
  await tx.query(
    `INSERT INTO ${tableOf(tables, view)} AS t (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})
     ON CONFLICT (${view.key.map(quoted).join(', ')}) DO ${onConflict}`,
    columns.map((_, index): Parameter => rows.map((cells) => cells[index] ?? null)),
  );
}

/** Drops the rows of `cases` whose key is none of `rows`. */
export async function dropOthers(
  tx: Queryable,
  tables: ViewTables,
  view: ViewShape,
  { cases, rows }: { readonly cases: readonly Uuid[]; readonly rows: readonly (readonly Cell[])[] },
): Promise<void> {
  if (cases.length === 0) return;
  const columns = Object.keys(view.columns);
  const arrays = view.key.map((name, index) => `$${index + 2}::${sqlTypeOf(view, name)}[]`);
  const same = view.key.map((name) => `k.${quoted(name)} = t.${quoted(name)}`);
  await tx.query(
    `DELETE FROM ${tableOf(tables, view)} t WHERE t."case" = ANY($1::text[]) AND NOT EXISTS (
       SELECT 1 FROM unnest(${arrays.join(', ')}) AS k(${view.key.map(quoted).join(', ')}) WHERE ${same.join(' AND ')})`,
    [cases, ...view.key.map((name): Parameter => rows.map((cells) => cells[columns.indexOf(name)] ?? null))],
  );
}

const sqlTypeOf = ({ columns }: ViewShape, name: string): string => (columns[name] === 'integer' ? 'bigint' : 'text');

/** What one column of a row is stored as. @throws RangeError for a value that is not the column's. */
export function cellOf({ name, columns }: ViewShape, column: string, value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  const type = columns[column];
  if (type === 'json') return canonicalJson(value);
  const fits =
    type === 'integer'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && isKeptText(value) && !value.includes('\u0000');
  if (!fits) throw new RangeError(`${name}.${column} is no ${type}`);
  return value as Cell;
}

function valueFrom(type: ColumnType, cell: string | null): Json {
  if (cell === null) return null;
  if (type === 'json') return JSON.parse(cell) as Json;
  return type === 'integer' ? Number(cell) : cell;
}
