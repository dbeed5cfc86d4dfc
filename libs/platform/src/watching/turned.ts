import type { Instant, Uuid } from '#libs/kernel';
import type { Parameter } from '../views/database.js';
import { quoted, type ViewTables } from '../views/index.js';
import { ANOMALIES } from './due-index.js';

/** Which tables are compared: the due-index of a system, and what was issued of its cases. */
export interface Compared {
  readonly tables: ViewTables;
  readonly category: string;
  /** Category of the files; its view `<category>_kept` says what stands. */
  readonly files: string;
}

/** What is asked for: everything that turned up to `now`; after `since`, or of these cases alone, where given. */
export interface Wanted {
  readonly now: Instant;
  readonly since?: Instant | undefined;
  readonly cases?: readonly Uuid[] | undefined;
}

/** A case to be looked at, and since when. */
export interface Candidate {
  readonly case: Uuid;
  readonly at: Instant;
}

const STAGE_COLUMNS = ['warning', 'yellow', 'red'] as const;

/**
 * Cases of which a stage has turned that was not issued, the earliest first, at most `limit`. @param after the last of the
 * page before.
 */
export async function unissued(
  { tables, category, files }: Compared,
  { now, since, cases }: Wanted,
  limit: number,
  after?: Candidate,
): Promise<readonly Candidate[]> {
  const values: Parameter[] = [now];
  const bound = (value: Parameter): string => `$${values.push(value)}`;
  const from = since === undefined ? '' : bound(since);
  const of = cases === undefined ? '' : `AND "case" = ANY(${bound(cases)}::text[])`;
  const turned = STAGE_COLUMNS.map((stage) => {
    const column = `${stage}_at`;
    const later = from === '' ? '' : `AND ${column} > ${from}`;
    const still = stage === 'warning' ? 'AND warning_until > $1' : '';
    return `SELECT "case", item, mark, CASE WHEN item = '${ANOMALIES}' THEN '${ANOMALIES}' ELSE '${stage}' END AS stage,
      ${column} AS at FROM ${placeOf(tables, `${category}_due`)} WHERE ${column} <= $1 ${still} ${later} ${of}`;
  });
  const beyond = after ? `AND (d.at, d."case") > (${bound(after.at)}, ${bound(after.case)})` : '';
  return tables.db.query<Candidate>(
    `SELECT d."case", min(d.at) AS at FROM (${turned.join(' UNION ALL ')}) d
     WHERE NOT EXISTS (SELECT 1 FROM ${placeOf(tables, `${files}_kept`)} k
       WHERE k.supervised = d."case" AND k.item = d.item AND k.stage = d.stage AND k.mark = d.mark) ${beyond}
     GROUP BY d."case", d.at ORDER BY d.at, d."case" LIMIT ${bound(limit)}`,
    values,
  );
}

/** Cases of which something stands that the due-index no longer bears out. */
export async function unfounded(
  { tables, category, files }: Compared,
  { now, cases }: Omit<Wanted, 'since'>,
): Promise<readonly Pick<Candidate, 'case'>[]> {
  const values: Parameter[] = [now, category, ...(cases === undefined ? [] : [cases])];
  return tables.db.query<Pick<Candidate, 'case'>>(
    `SELECT DISTINCT k.supervised AS "case" FROM ${placeOf(tables, `${files}_kept`)} k
     LEFT JOIN ${placeOf(tables, `${category}_due`)} d ON d."case" = k.supervised AND d.item = k.item
     WHERE k.category = $2 ${cases === undefined ? '' : 'AND k.supervised = ANY($3::text[])'} AND NOT coalesce(
       CASE k.stage WHEN '${ANOMALIES}' THEN d.mark = k.mark OR d.yellow_at > $1
         WHEN 'warning' THEN d.mark = k.mark AND d.warning_at <= $1
         WHEN 'yellow' THEN d.mark = k.mark AND d.yellow_at <= $1
         ELSE d.mark = k.mark AND d.red_at <= $1 END, FALSE)
     ORDER BY 1`,
    values,
  );
}

const placeOf = ({ schema }: ViewTables, name: string): string => `${schema}.${quoted(name)}`;
