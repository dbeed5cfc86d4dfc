import {
  canonicalJson,
  isStorableText,
  type Alarm,
  type Json,
  type Row,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { Parameter, Queryable } from './database.js';
import { CursorMalformed } from './failures.js';
import { rowFrom, type Cell } from './rows.js';
import { quoted, tableOf, type ViewShape, type ViewTables } from './tables.js';

/** What a cell must be: a value, one of several, nothing (null), or within bounds: from (inclusive), before (exclusive). */
export type Condition =
  Cell | readonly (string | number)[] | { readonly from?: string | number; readonly before?: string | number };

export interface ListOptions {
  /** All must hold. */
  readonly where?: Readonly<Record<string, Condition>>;
  /** And all of at least one of these. */
  readonly anyOf?: readonly Readonly<Record<string, Condition>>[];
  /** Columns to order by; the key follows, so that the order is total. Empty cells come last. */
  readonly order?: readonly string[];
  readonly descending?: boolean;
  /** `next` of the page before, asked with the same order. */
  readonly after?: string;
  readonly limit: number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** Left out on the last page. */
  readonly next?: string;
}

/** The case's first row by key, or undefined. */
export const rowOf = async (tables: ViewTables, view: ViewShape, caseId: Uuid): Promise<Row | undefined> =>
  (await list(tables, view, { where: { case: caseId }, limit: 1 })).rows[0];

/** All rows of the case, by key. */
export async function rowsOf(tables: ViewTables, view: ViewShape, caseId: Uuid): Promise<readonly Row[]> {
  const sql = `SELECT * FROM ${tableOf(tables, view)} WHERE "case" = $1 ORDER BY ${view.key.map(quoted).join(', ')}`;
  return (await tables.db.query(sql, [caseId])).map((stored) => rowFrom(view, stored));
}

/**
 * A page of rows. Pages follow each other by value: a row that moves in between may come twice or not, the others come once.
 * @throws RangeError for a column the view does not have; CursorMalformed for a cursor that is not one of this order.
 */
export async function list(
  tables: Pick<ViewTables, 'schema'> & { readonly db: Queryable },
  view: ViewShape,
  options: ListOptions,
): Promise<Page> {
  const { where = {}, anyOf = [], order = [], descending = false, after, limit } = options;
  const columns = [...new Set([...order, ...view.key])];
  const values: Parameter[] = [];
  const bound = (value: Parameter): string => `$${values.push(value)}`;
  const column = (name: string): string => {
    if (!Object.hasOwn(view.columns, name)) throw new RangeError(`view ${view.name} has no column ${name}`);
    return quoted(name);
  };
  const all = (wanted: Readonly<Record<string, Condition>>): string[] =>
    Object.entries(wanted).flatMap(([name, condition]) => holds(column(name), condition, bound));
  const conditions = all(where);
  if (anyOf.length > 0) conditions.push(`(${anyOf.map((wanted) => `(${all(wanted).join(' AND ')})`).join(' OR ')})`);
  if (after !== undefined)
    conditions.push(follows(columns.map(column), cursorFrom(after, columns, view), descending, bound));
  const sql = [
    `SELECT * FROM ${tableOf(tables, view)}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    `ORDER BY ${columns.map((name) => `${column(name)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`).join(', ')}`,
    `LIMIT ${bound(limit + 1)}`,
  ];
  const found = (await tables.db.query(sql.join(' '), values)).map((stored) => rowFrom(view, stored));
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return last ? { rows, next: cursorAt(last, columns) } : { rows };
}

/** 完整性告警 of a stream: while there is one, nothing of it may be served. */
export async function alarmsOf(tables: ViewTables, stream: StreamName): Promise<readonly Alarm[]> {
  const sql = `SELECT stream, reason, detail FROM ${tables.schema}._alarms WHERE stream = $1 ORDER BY reason, detail`;
  return tables.db.query<Alarm>(sql, [stream]);
}

/** Every 完整性告警 there is, by stream. */
export async function allAlarms({ db, schema }: ViewTables): Promise<readonly Alarm[]> {
  return db.query<Alarm>(`SELECT stream, reason, detail FROM ${schema}._alarms ORDER BY stream, reason, detail`);
}

/** 隔离: from this revision on the stream could not be read, and the views stand at the one before. */
export interface Quarantine {
  readonly stream: StreamName;
  readonly revision: number;
  readonly reason: string;
}

/** Every stream in quarantine, by name. */
export async function quarantines({ db, schema }: ViewTables): Promise<readonly Quarantine[]> {
  const sql = `SELECT stream, revision, reason FROM ${schema}._quarantine ORDER BY stream`;
  const rows = await db.query<Omit<Quarantine, 'revision'> & { revision: string }>(sql);
  return rows.map((row) => ({ ...row, revision: Number(row.revision) }));
}

/** How far the case is shown; undefined when the views do not have it. */
export async function shownRevision(db: Queryable, tables: ViewTables, caseId: Uuid): Promise<number | undefined> {
  const sql = `SELECT revision FROM ${tables.schema}._cases WHERE "case" = $1`;
  const [row] = await db.query<{ revision: string }>(sql, [caseId]);
  return row && Number(row.revision);
}

function holds(name: string, condition: Condition, bound: (value: Parameter) => string): string[] {
  if (condition === null) return [`${name} IS NULL`];
  if (typeof condition !== 'object') return [`${name} = ${bound(condition)}`];
  if (isList(condition)) return [`${name} = ANY(${bound(condition)})`];
  const { from, before } = condition;
  return [
    ...(from === undefined ? [] : [`${name} >= ${bound(from)}`]),
    ...(before === undefined ? [] : [`${name} < ${bound(before)}`]),
  ];
}

/** Row after `cursor`, column by column: equal so far and then past it, empty cells being past every value. */
function follows(
  names: readonly string[],
  cursor: readonly Cell[],
  descending: boolean,
  bound: (value: Parameter) => string,
): string {
  const alternatives: string[] = [];
  const equal: string[] = [];
  names.forEach((name, index) => {
    const value = cursor[index] ?? null;
    if (value === null) return void equal.push(`${name} IS NULL`);
    const place = bound(value);
    alternatives.push([...equal, `(${name} ${descending ? '<' : '>'} ${place} OR ${name} IS NULL)`].join(' AND '));
    equal.push(`${name} = ${place}`);
  });
  return `(${alternatives.map((one) => `(${one})`).join(' OR ')})`;
}

const cursorAt = (row: Row, columns: readonly string[]): string =>
  Buffer.from(canonicalJson([columns, columns.map((column) => row[column] ?? null)])).toString('base64url');

function cursorFrom(cursor: string, columns: readonly string[], view: ViewShape): readonly Cell[] {
  const parsed = parsedFrom(cursor);
  const [names, cells] = Array.isArray(parsed) ? (parsed as Json[]) : [];
  const isCell = (cell: Json, index: number): boolean =>
    cell === null ||
    (view.columns[columns[index] ?? ''] === 'integer'
      ? Number.isSafeInteger(cell)
      : typeof cell === 'string' && isStorableText(cell) && !cell.includes('\u0000'));
  const isOfThisOrder = JSON.stringify(names) === JSON.stringify(columns);
  if (!isOfThisOrder || !Array.isArray(cells) || cells.length !== columns.length || !cells.every(isCell))
    throw new CursorMalformed('not a cursor of this order');
  return cells as Cell[];
}

function parsedFrom(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

const isList = (condition: object): condition is readonly (string | number)[] => Array.isArray(condition);
