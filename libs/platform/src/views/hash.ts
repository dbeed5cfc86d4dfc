import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from '#libs/kernel';
import type { Queryable, ViewDatabase } from './database.js';
import { inOrder, quoted, tableOf, viewTables, type ViewShape, type ViewTables } from './tables.js';

const PAGE = 2000;

/**
 * SHA-256 (hex) over all rows of `views` at one moment, and over the instants of the log: views by name, rows by primary
 * key, each row as canonical JSON. The same history gives the same hash: followed live or rebuilt, in batches of any size,
 * on PGlite and on PostgreSQL. What is searched is left out: it follows from the keys too.
 */
export function viewHash(db: ViewDatabase, ledger: string, views: readonly ViewShape[]): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return hashOf(tx, viewTables(db, ledger), views);
  });
}

/** The hash of what `tx` sees. */
export async function hashOf(tx: Queryable, tables: ViewTables, views: readonly ViewShape[]): Promise<string> {
  const hash = createHash('sha256');
  for (const view of inOrder(views)) {
    hash.update(`${canonicalJson(view.name)}\n`);
    await addRows(hash, tx, `${tableOf(tables, view)} ORDER BY ${view.key.map(quoted).join(', ')}`);
  }
  hash.update('"_instants"\n');
  await addRows(hash, tx, `${tables.schema}._instants ORDER BY recorded_at`);
  return hash.digest('hex');
}

async function addRows(hash: Hash, tx: Queryable, from: string): Promise<void> {
  await tx.query(`DECLARE rows CURSOR FOR SELECT * FROM ${from}`);
  for (;;) {
    const rows = await tx.query(`FETCH ${PAGE} FROM rows`);
    for (const row of rows) hash.update(`${canonicalJson(row)}\n`);
    if (rows.length < PAGE) break;
  }
  await tx.query('CLOSE rows');
}
