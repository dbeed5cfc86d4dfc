import type { Position, Uuid } from '#libs/kernel';
import { EVERY_DAY } from '#libs/law';
import { settledAhead, type ViewAhead } from './ahead.js';
import type { Parameter, Queryable } from './database.js';
import type { Reach } from './law-in-hand.js';
import type { ViewTables } from './tables.js';

export interface CaseRow {
  readonly case: Uuid;
  readonly category: string;
  readonly revision: string;
}

interface Asked {
  /** Only cases behind this one, in order; from the first on when empty. */
  readonly after: string;
  readonly limit: number;
  /** Only cases that were opened by then. */
  readonly openedBy?: Position;
  /** Only those whose rows in `views` stand as they were made ahead; or only the others. */
  readonly ahead?: { readonly views: readonly ViewAhead[]; readonly settled: boolean };
}

/**
 * The cases that a change of the law may judge anew, in order. Which days and which pack a case rests on stands beside it, so
 * that no stream is read to learn that it is not concerned.
 */
export function reachedCases(
  { db, schema }: Pick<ViewTables, 'schema'> & { readonly db: Queryable },
  { names, calendar, packs }: Reach,
  { after, limit, openedBy, ahead }: Asked,
): Promise<readonly CaseRow[]> {
  const values: Parameter[] = [];
  const bound = (value: Parameter): string => `$${values.push(value)}`;
  const days = calendar?.days;
  const conditions = [
    ...(names.size > 0 ? [`names && ${bound([...names])}::text[]`] : []),
    ...(calendar ? [`days_to = ${EVERY_DAY}`] : []),
    ...(days ? [`(days_from <= ${bound(days.last)}::bigint AND days_to >= ${bound(days.first)}::bigint)`] : []),
    ...(packs ? [`pack = ''`, `split_part(pack, '@', 1) = ANY(${bound([...packs])}::text[])`] : []),
  ];
  if (conditions.length === 0) return Promise.resolve([]);
  const opened = openedBy === undefined ? '' : `AND opened <= ${bound(openedBy)}`;
  const settled = ahead && days ? settledAhead({ schema }, ahead.views, `${bound(days.first)}::bigint`) : 'TRUE';
  const part = !ahead ? '' : ahead.settled ? `AND (${settled})` : `AND NOT (${settled})`;
  return db.query<CaseRow>(
    `SELECT "case", category, revision FROM ${schema}._cases
     WHERE "case" > ${bound(after)} ${opened} ${part} AND (${conditions.join(' OR ')}) ORDER BY 1 LIMIT ${limit}`,
    values,
  );
}
