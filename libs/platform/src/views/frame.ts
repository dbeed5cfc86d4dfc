import type { LegalDate, Position, Uuid } from '#libs/kernel';
import { atOnePlace } from './at-one-place.js';
import type { Parameter } from './database.js';
import { tableOf, type ViewShape, type ViewTables } from './tables.js';

/** Which cases of a system: with one of these organs as a side, opened on these days, in this state. */
export interface FrameWanted {
  readonly category: string;
  readonly organs: readonly Uuid[];
  readonly from: LegalDate;
  readonly to: LegalDate;
  readonly status?: string | undefined;
}

/**
 * Every case that is wanted, by id, and the place of the log that speaks for: one transaction.
 * @param view the system's case file, with columns requesting, requested and status.
 */
export async function framedCases(
  tables: ViewTables,
  view: ViewShape,
  { category, organs, from, to, status }: FrameWanted,
): Promise<{ readonly position: Position; readonly cases: readonly Uuid[] }> {
  const values: Parameter[] = [category, from, to, organs];
  const state = status === undefined ? '' : `AND f.status = $${values.push(status)}`;
  const sql = `SELECT c."case" FROM ${tables.schema}._cases c JOIN ${tableOf(tables, view)} f ON f."case" = c."case"
    WHERE c.category = $1 AND c.opened IS NOT NULL AND c.opened_on BETWEEN $2 AND $3
      AND (f.requesting = ANY($4::text[]) OR f.requested = ANY($4::text[])) ${state} ORDER BY c."case"`;
  return atOnePlace(tables, async (tx, position = '' as Position) => {
    const found = await tx.query<{ readonly case: Uuid }>(sql, values);
    return { position, cases: found.map((row) => row.case) };
  });
}

/**
 * Cases of a system that had been opened by `position`, by id, from the one after `after` on; undefined where the read
 * models have not come as far. A case is opened at one place for ever.
 */
export async function casesOpenedBy(
  tables: ViewTables,
  {
    category,
    position,
    after = '',
  }: { readonly category: string; readonly position: Position; readonly after?: string },
  limit: number,
): Promise<readonly Uuid[] | undefined> {
  const sql = `SELECT "case" FROM ${tables.schema}._cases
    WHERE category = $1 AND opened <= $2 AND "case" > $3 ORDER BY "case" LIMIT $4`;
  return atOnePlace(tables, async (tx, reached) => {
    if (reached === undefined || reached < position) return undefined;
    return (await tx.query<{ readonly case: Uuid }>(sql, [category, position, after, limit])).map((row) => row.case);
  });
}
