import { createHash } from 'node:crypto';
import { canonicalJson, isLedgerOrAttempts, type ColumnType, type Position, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { Queryable, ViewDatabase } from './database.js';

/** What of a view makes its table; any system's view is one. */
export type ViewShape = Pick<View<never, never, LawBook>, 'name' | 'columns' | 'key' | 'indexes' | 'whole' | 'ahead'>;

/** Where a ledger's view tables stand: a PostgreSQL schema of their own, so that ledgers may share a database. */
export interface ViewTables {
  readonly db: ViewDatabase;
  readonly ledger: string;
  readonly schema: string;
}

/**
 * The platform's own tables begin with an underscore; no view's name can.
 * `_cases` says how far each case is shown, where and on what day it was opened, and (`names`) which organs, persons and
 * appointments its facts name, which days of the calendar (by number) and which pack its rows rest on. `_instants` has the steps of the running maximum of recordedAt (instants.ts), `_facts` what
 * may be looked for (findable.ts).
 */
const OWN_TABLES: Readonly<Record<string, string>> = {
  _checkpoint: `ledger text COLLATE "C" PRIMARY KEY, position text COLLATE "C" NOT NULL, digest text NOT NULL`,
  _cases: `"case" text COLLATE "C" PRIMARY KEY, category text COLLATE "C" NOT NULL, revision bigint NOT NULL,
    names text[] NOT NULL, opened text COLLATE "C", opened_on text COLLATE "C", days_from bigint, days_to bigint,
    pack text COLLATE "C"`,
  _law: `stream text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL`,
  _instants: `recorded_at text COLLATE "C" PRIMARY KEY, position text COLLATE "C" NOT NULL`,
  _facts: `"case" text COLLATE "C", revision bigint, audience text COLLATE "C" NOT NULL,
    recorder_organ text COLLATE "C" NOT NULL, names text[] COLLATE "C" NOT NULL, numbers text COLLATE "C" NOT NULL,
    words text COLLATE "C" NOT NULL, texts text COLLATE "C" NOT NULL, pairs text[] COLLATE "C" NOT NULL,
    PRIMARY KEY ("case", revision)`,
  _quarantine: `stream text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, reason text NOT NULL`,
  _alarms: `stream text COLLATE "C", reason text COLLATE "C", detail text COLLATE "C" NOT NULL,
    PRIMARY KEY (stream, reason, detail)`,
};
const OWN_INDEXES = [
  '_cases USING gin (names)',
  '_cases (opened)',
  '_instants (position)',
  '_facts USING gin (names)',
  '_facts USING gin (pairs)',
] as const;
/** Raised when what is searched is made otherwise, so that it is made anew. */
const SEARCH_FORM = 2;
/** Kept when the tables are made anew: a store that was tampered with stays so. */
const LASTING = '_alarms';

const NAME = /^[a-z][A-Za-z0-9_]{0,47}$/;
/** `json` is kept as the very text of its canonical JSON: jsonb would order, print and refuse (U+0000) in its own way. */
const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text COLLATE "C"',
  integer: 'bigint',
  json: 'text COLLATE "C"',
};

/** The tables of `ledger` in `db`, whether or not they exist. */
export function viewTables(db: ViewDatabase, ledger: string): ViewTables {
  if (!isLedgerOrAttempts(ledger)) throw new RangeError(`not a ledger's name: ${ledger}`);
  return { db, ledger, schema: `kesu_views_${ledger}` };
}

/** The tables a rebuild fills before they take the place of the live ones. */
export const nextTables = (tables: ViewTables): ViewTables => ({ ...tables, schema: `${tables.schema}_next` });

/**
 * Makes the tables of `views`, unless they stand. When they were made for other definitions, they are dropped and made
 * anew, empty and with the checkpoint at the log's beginning; alarms are kept. Safe in several processes at once.
 * @returns the tables, and whether they begin empty. @throws RangeError for a view that cannot be a table.
 */
export async function createSchema(
  db: ViewDatabase,
  ledger: string,
  views: readonly ViewShape[],
): Promise<ViewTables & { readonly begun: boolean }> {
  const tables = viewTables(db, ledger);
  const begun = await makeTables(tables, views, false);
  return { ...tables, begun };
}

/** As {@link createSchema}; with `anew`, whatever stands is dropped first. @returns whether the tables begin empty. */
export function makeTables(tables: ViewTables, views: readonly ViewShape[], anew: boolean): Promise<boolean> {
  const digest = schemaDigest(views);
  const { db, ledger, schema } = tables;
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [schema]);
    await tx.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const standing = await tablesIn(tx, schema);
    if (!anew && standing.includes('_checkpoint') && (await checkpointOf(tx, tables))?.digest === digest) return false;
    for (const name of standing)
      if (anew || name !== LASTING) await tx.query(`DROP TABLE ${schema}.${quoted(name)} CASCADE`);
    for (const [name, columns] of Object.entries(OWN_TABLES))
      await tx.query(`CREATE TABLE IF NOT EXISTS ${schema}.${name} (${columns})`);
    for (const index of OWN_INDEXES) await tx.query(`CREATE INDEX ON ${schema}.${index}`);
    for (const view of views) for (const sql of definitionOf(schema, view)) await tx.query(sql);
    await tx.query(`INSERT INTO ${schema}._checkpoint VALUES ($1, '', $2)`, [ledger, digest]);
    return true;
  });
}

export interface Checkpoint {
  /** Undefined before the first event. */
  readonly position: Position | undefined;
  readonly digest: string;
}

/** How far the tables have followed the log; undefined when there is none. */
export async function checkpointOf(db: Queryable, { ledger, schema }: ViewTables): Promise<Checkpoint | undefined> {
  const sql = `SELECT position, digest FROM ${schema}._checkpoint WHERE ledger = $1`;
  const [row] = await db.query<{ position: string; digest: string }>(sql, [ledger]);
  return row && { digest: row.digest, position: row.position === '' ? undefined : (row.position as Position) };
}

/**
 * Moves the checkpoint from `from` to `to`, if it still stands there and for these definitions. Holds it until the
 * transaction ends. @returns whether it stood there.
 */
export async function moveCheckpoint(
  tx: Queryable,
  { ledger, schema }: ViewTables,
  from: Checkpoint,
  to: Position | undefined,
): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE ${schema}._checkpoint SET position = $1 WHERE ledger = $2 AND position = $3 AND digest = $4 RETURNING 1`,
    [to ?? '', ledger, from.position ?? '', from.digest],
  );
  return moved.length === 1;
}

/** SHA-256 over the definitions of `views` and of the platform's own tables, hex. */
export function schemaDigest(views: readonly ViewShape[]): string {
  const shapes = inOrder(views).map(({ name, columns, key, indexes = [] }) => ({ name, columns, key, indexes }));
  return createHash('sha256')
    .update(canonicalJson([OWN_TABLES, OWN_INDEXES, SQL_TYPES, SEARCH_FORM, shapes]))
    .digest('hex');
}

/** The views by name. @throws RangeError when a name comes twice. */
export function inOrder(views: readonly ViewShape[]): readonly ViewShape[] {
  const sorted = views.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const twice = sorted.find((view, index) => view.name === sorted[index - 1]?.name);
  if (twice) throw new RangeError(`two views are called ${twice.name}`);
  return sorted;
}

export const quoted = (name: string): string => {
  if (!NAME.test(name) && !Object.hasOwn(OWN_TABLES, name))
    throw new RangeError(`not a name of a table or column: ${name}`);
  return `"${name}"`;
};

export const tableOf = ({ schema }: Pick<ViewTables, 'schema'>, view: ViewShape): string =>
  `${schema}.${quoted(view.name)}`;

async function tablesIn(tx: Queryable, schema: string): Promise<string[]> {
  const sql = 'SELECT tablename::text AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1';
  return (await tx.query<{ name: string }>(sql, [schema])).map(({ name }) => name);
}

function* definitionOf(schema: string, { name, columns, key, indexes = [] }: ViewShape): Iterable<string> {
  const strange = [key, ...indexes].flat().find((column) => !Object.hasOwn(columns, column));
  if (strange !== undefined) throw new RangeError(`view ${name} has no column ${strange}`);
  if (key[0] !== 'case' || columns['case'] !== 'text')
    throw new RangeError(`the key of view ${name} must begin with case`);
  const list = (names: readonly string[]): string => names.map(quoted).join(', ');
  const definitions = Object.entries(columns).map(
    ([column, type]) => `${quoted(column)} ${SQL_TYPES[type]}${key.includes(column) ? ' NOT NULL' : ''}`,
  );
  const table = `${schema}.${quoted(name)}`;
  yield `CREATE TABLE ${table} (${definitions.join(', ')}, PRIMARY KEY (${list(key)}))`;
  for (const index of indexes) yield `CREATE INDEX ON ${table} (${list(index)})`;
}
