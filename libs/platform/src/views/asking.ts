import {
  canonicalJson,
  isInstant,
  isStorableText,
  type Instant,
  type Position,
  type Question,
  type QuestionSql,
  type Row,
} from '#libs/kernel';
import { atOnePlace } from './at-one-place.js';
import type { Parameter, Queryable } from './database.js';
import type { ListedFor } from './case-list.js';
import { CursorMalformed, queryFailure } from './failures.js';
import { rowFrom } from './rows.js';
import { quoted, tableOf, type ViewShape, type ViewTables } from './tables.js';

/** Where a row stands: the place of the log at which its case was opened, and its key within the case. */
export interface Cursor {
  readonly opened: string;
  readonly key: string;
}

/** Rows counted together, with what is summed of them. */
export type Total = Readonly<Record<string, string | number | null>>;

/** A page of the rows that a statement gives and the reader may see, and all of them counted. */
export interface AnsweredRows {
  readonly rows: readonly Row[];
  readonly totals: readonly Total[];
  /** Where the next page begins; left out on the last. */
  readonly next?: Cursor;
}

/** What is put to the views: a statement, made with the means to name tables and values, and whose cases count. */
export interface Asking {
  readonly view: ViewShape;
  readonly reader: ListedFor;
  readonly statement: (sql: QuestionSql) => string;
}

/** The read models at one moment: everything asked of them speaks for one place of the log. */
export class AskedViews {
  private constructor(
    private readonly tx: Queryable,
    private readonly tables: ViewTables,
    readonly position: Position,
  ) {}

  static at<T>(tables: ViewTables, work: (views: AskedViews) => Promise<T>): Promise<T> {
    return atOnePlace(tables, (tx, position = '' as Position) =>
      work(new AskedViews(tx, tables, position)).catch((error: unknown) => {
        // The checkpoint was read, so the tables stand.
        throw queryFailure(error, true) ?? error;
      }),
    );
  }

  /**
   * A page of rows, those of the case opened last in front. A row stays at its place whatever is recorded meanwhile, so of
   * those that match throughout pages miss none and show none twice.
   */
  async rows(
    asking: Asking,
    { columns, totals }: Question,
    page: { after: Cursor | undefined; limit: number },
  ): Promise<AnsweredRows> {
    const { values, found, bound } = this.found(asking);
    const { after, limit } = page;
    const follows = after
      ? `WHERE (_opened < ${bound(after.opened)} OR (_opened = ${bound(after.opened)} AND key > ${bound(after.key)}))`
      : '';
    const stored = await this.tx.query<Readonly<Record<string, unknown>>>(
      `${found} SELECT * FROM found ${follows} ORDER BY _opened DESC, key LIMIT ${bound(limit + 1)}`,
      values,
    );
    const shape = { name: 'answer', columns, key: ['case'] };
    const rows = stored.slice(0, limit).map((row) => rowFrom(shape, row));
    const last = stored.length > limit ? stored[limit - 1] : undefined;
    return {
      rows,
      totals: await this.totals(asking, totals ?? { by: [], sums: [] }),
      ...(last ? { next: { opened: String(last._opened), key: String(last.key) } } : {}),
    };
  }

  /** The rows of all pages, counted by some columns; one total where there is nothing to tell them apart by. */
  async totals(asking: Asking, { by, sums }: NonNullable<Question['totals']>): Promise<readonly Total[]> {
    const { values, found } = this.found(asking);
    const groups = by.map(quoted);
    const parts = [
      ...groups,
      'count(*) AS count',
      ...sums.map((name) => `sum(${quoted(name)}) AS ${quoted(`sum_${name}`)}`),
    ];
    const grouped =
      groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')} ORDER BY count(*) DESC, ${groups.join(', ')}`;
    const stored = await this.tx.query<Readonly<Record<string, string | null>>>(
      `${found} SELECT ${parts.join(', ')} FROM found ${grouped}`,
      values,
    );
    return stored.map((row) => ({
      ...Object.fromEntries(by.map((name) => [name, row[name] ?? null])),
      count: Number(row.count),
      ...Object.fromEntries(sums.map((name) => [name, Number(row[`sum_${name}`] ?? 0)])),
    }));
  }

  private found({ view, reader, statement }: Asking) {
    const { schema } = this.tables;
    const values: Parameter[] = [];
    const bound = (value: Parameter): string => `$${values.push(value)}`;
    const typed = (value: string | number | readonly string[]): string =>
      `${bound(value)}::${typeof value === 'number' ? 'bigint' : typeof value === 'string' ? 'text' : 'text[]'}`;
    const rows = statement({ table: (name) => `${schema}.${quoted(name)}`, bound: typed });
    const found = `WITH found AS (SELECT q.*, c.opened AS _opened FROM (${rows}) q
      JOIN ${tableOf(this.tables, view)} f ON f."case" = q."case" JOIN ${schema}._cases c ON c."case" = q."case"
      WHERE c.opened IS NOT NULL AND (${visibleTo(reader, bound).join(' OR ') || 'FALSE'}))`;
    return { values, found, bound: typed };
  }
}

/** Being a party, for who works on cases; or supervising, once both sides are known. */
function visibleTo({ organs, handles, supervised }: ListedFor, bound: (value: Parameter) => string): readonly string[] {
  // What is bound must be used: PostgreSQL knows no type for a parameter that no condition names.
  const mine = handles && `ANY(${bound(organs)}::text[])`;
  const own = mine ? [`f.requesting = ${mine}`, `f.requested = ${mine}`] : [];
  if (supervised.length === 0) return own;
  const all = `${bound(supervised)}::text[]`;
  return [...own, `(f.requested IS NOT NULL AND (f.requesting = ANY(${all}) OR f.requested = ANY(${all})))`];
}

/** What a cursor says beside its place: the moment of judgement, so that every page is judged alike. */
export interface TurnedPage extends Cursor {
  readonly asOf: Instant;
}

export const cursorText = ({ opened, key, asOf }: TurnedPage): string =>
  Buffer.from(canonicalJson([opened, key, asOf])).toString('base64url');

/** @throws CursorMalformed */
export function cursorFrom(text: string): TurnedPage {
  const [opened, key, asOf] = partsOf(text);
  const isPlace = typeof opened === 'string' && /^\d{1,20}(-\d{1,20})?$/.test(opened);
  const isKey = typeof key === 'string' && isStorableText(key) && !key.includes('\u0000');
  if (!isPlace || !isKey || !isInstant(asOf)) throw new CursorMalformed('not a cursor');
  return { opened, key, asOf };
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parsed) && parsed.length === 3 ? (parsed as unknown[]) : [];
  } catch {
    return [];
  }
}
