import type { EventLog, Keys, Position } from '#libs/kernel';
import { batches } from './batches.js';
import type { ProjectedSystem } from './case-fold.js';
import type { ViewDatabase } from './database.js';
import { hashOf } from './hash.js';
import { Projection } from './projection.js';
import { checkpointOf, makeTables, nextTables, viewTables, type ViewShape, type ViewTables } from './tables.js';

export interface RebuildOptions {
  readonly db: ViewDatabase;
  readonly log: EventLog;
  readonly systems: readonly ProjectedSystem[];
  readonly ledger: string;
  /** See `ProjectionOptions`. */
  readonly keys?: Keys;
  readonly batchSize?: number;
}

const BATCH_SIZE = 2000;

/**
 * Makes the views anew from the log's first event, beside the ones in use, and then puts them in their place in one
 * transaction: readers see the old rows or the new ones, never none, and never older ones than before. Projectors go on
 * from the new checkpoint. What was in quarantine is tried again; alarms are kept. When it throws, nothing has changed.
 * @returns how many events were read, and the {@link viewHash} of the new views.
 * @throws LogUnavailable; Error of the database.
 */
export async function rebuild(options: RebuildOptions): Promise<{ events: number; hash: string }> {
  const { db, log, systems, ledger, keys, batchSize = BATCH_SIZE } = options;
  const views = systems.flatMap((system) => system.views);
  const live = viewTables(db, ledger);
  const next = nextTables(live);
  await makeTables(live, views, false);
  await makeTables(next, views, true);
  try {
    const projection = new Projection({ tables: next, log, systems, ...(keys ? { keys } : {}) });
    await projection.load();
    let events = 0;
    let known: Position | undefined;
    for (;;) {
      events += await readOn(projection, log, batchSize);
      // What was read just now covers `known`, which may stand past the last event.
      if ((known ?? '') > (projection.position ?? ''))
        await projection.apply({ events: [], alarms: [], position: known });
      await projection.analyse();
      const swapped = await swap(live, next, views);
      if ('hash' in swapped) return { events, hash: swapped.hash };
      known = swapped.behind;
    }
  } finally {
    await db.query(`DROP SCHEMA IF EXISTS ${next.schema} CASCADE`);
  }
}

/** Reads on to the end. Followed, not read: a stream that was tampered with is an alarm there, and the others go on. */
async function readOn(projection: Projection, log: EventLog, batchSize: number): Promise<number> {
  const stop = new AbortController();
  let count = 0;
  try {
    for await (const batch of batches(log.follow(projection.position, stop.signal), batchSize)) {
      if (batch.position !== undefined) await projection.apply(batch);
      count += batch.events.length;
      if (batch.caughtUp) break;
    }
  } finally {
    stop.abort();
  }
  return count;
}

/** @returns the new views' hash, or where the live ones stand when they have come further. */
function swap(
  live: ViewTables,
  next: ViewTables,
  views: readonly ViewShape[],
): Promise<{ hash: string } | { behind: Position }> {
  return live.db.transaction(async (tx) => {
    // Projectors wait here, and look the table up again by its name once they may go on.
    await tx.query(`LOCK TABLE ${live.schema}._checkpoint IN ACCESS EXCLUSIVE MODE`);
    const behind = (await checkpointOf(tx, live))?.position;
    if (behind !== undefined && behind > ((await checkpointOf(tx, next))?.position ?? '')) return { behind };
    const hash = await hashOf(tx, next, views);
    await tx.query(`INSERT INTO ${next.schema}._alarms SELECT * FROM ${live.schema}._alarms ON CONFLICT DO NOTHING`);
    await tx.query(`DROP SCHEMA ${live.schema} CASCADE`);
    await tx.query(`ALTER SCHEMA ${next.schema} RENAME TO ${live.schema}`);
    return { hash };
  });
}
