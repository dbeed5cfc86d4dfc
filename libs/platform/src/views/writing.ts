import type { Alarm, StreamName } from '#libs/kernel';
import type { CaseMove } from './case-projection.js';
import type { Queryable } from './database.js';
import type { Fault } from './fault.js';
import { upsert } from './rows.js';
import { tableOf, type ViewShape, type ViewTables } from './tables.js';

/** Everything one transaction writes beside the checkpoint. */
export interface Writes {
  readonly moves: readonly CaseMove[];
  readonly law: ReadonlyMap<StreamName, number>;
  readonly faults: readonly Fault[];
  readonly alarms: readonly Alarm[];
  /** Streams let out of quarantine, unless `faults` names them again. */
  readonly released: readonly StreamName[];
}

/** Writes it all, in a fixed number of statements per view. */
export async function write(tx: Queryable, tables: ViewTables, writes: Writes): Promise<void> {
  const { moves } = writes;
  const systems = new Set(moves.map(({ of }) => of.system));
  for (const system of systems)
    for (const view of system.views)
      await writeRows(
        tx,
        tables,
        view,
        moves.filter(({ of }) => of.system === system),
      );
  await writeCases(
    tx,
    tables,
    moves.filter(({ revision }) => revision >= 0),
  );
  await writeStanding(tx, tables, writes);
}

async function writeRows(
  tx: Queryable,
  tables: ViewTables,
  view: ViewShape,
  moves: readonly CaseMove[],
): Promise<void> {
  const replaced = moves.filter(({ replaces }) => replaces).map(({ of }) => of.case);
  if (replaced.length > 0) await tx.query(`DELETE FROM ${tableOf(tables, view)} WHERE "case" = ANY($1)`, [replaced]);
  const rows = moves.flatMap((move) => [...(move.rows.get(view.name)?.values() ?? [])]);
  if (rows.length > 0) await upsert(tx, tables, view, rows);
}

async function writeCases(tx: Queryable, { schema }: ViewTables, moves: readonly CaseMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(
    `INSERT INTO ${schema}._cases ("case", category, revision, names)
     SELECT c, g, r, string_to_array(n, ' ') FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS t(c, g, r, n)
     ON CONFLICT ("case") DO UPDATE SET revision = excluded.revision, names = excluded.names`,
    [
      moves.map(({ of }) => of.case),
      moves.map(({ of }) => of.system.category),
      moves.map(({ revision }) => revision),
      moves.map(({ names }) => [...names].join(' ')),
    ],
  );
}

async function writeStanding(
  tx: Queryable,
  { schema }: ViewTables,
  { law, faults, alarms, released }: Writes,
): Promise<void> {
  if (released.length > 0) await tx.query(`DELETE FROM ${schema}._quarantine WHERE stream = ANY($1)`, [released]);
  if (law.size > 0)
    await tx.query(
      `INSERT INTO ${schema}._law SELECT * FROM unnest($1::text[], $2::bigint[])
       ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision`,
      [[...law.keys()], [...law.values()]],
    );
  for (const { stream, revision, reason } of faults)
    await tx.query(`INSERT INTO ${schema}._quarantine VALUES ($1, $2, $3) ON CONFLICT (stream) DO NOTHING`, [
      stream,
      revision,
      reason,
    ]);
  for (const { stream, reason, detail } of alarms)
    await tx.query(`INSERT INTO ${schema}._alarms VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
      stream,
      reason,
      detail,
    ]);
}
