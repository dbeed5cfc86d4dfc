import type { Position } from '#libs/kernel';
import type { Queryable } from './database.js';
import { checkpointOf, type ViewTables } from './tables.js';

/**
 * Reads the read models in one transaction, so that everything `read` is told speaks for one place of the log.
 * @param read is given that place; undefined where nothing of the log is in the read models yet.
 */
export const atOnePlace = <T>(
  tables: ViewTables,
  read: (tx: Queryable, position: Position | undefined) => Promise<T>,
): Promise<T> =>
  tables.db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return read(tx, (await checkpointOf(tx, tables))?.position);
  });
