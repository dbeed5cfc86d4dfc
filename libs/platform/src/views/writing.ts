import { canonicalJson, pairsOf, type Alarm, type StreamName } from '#libs/kernel';
import { writeAhead, type Ahead } from './ahead.js';
import type { CaseMove } from './case-projection.js';
import type { Queryable } from './database.js';
import type { Fault } from './fault.js';
import type { Findable } from './findable.js';
import { writeSteps, type InstantStep } from './instants.js';
import { dropOthers, upsert } from './rows.js';
import { tableOf, type ViewShape, type ViewTables } from './tables.js';

/** Everything one transaction writes beside the checkpoint. */
export interface Writes {
  readonly moves: readonly CaseMove[];
  readonly law: ReadonlyMap<StreamName, number>;
  readonly instants: readonly InstantStep[];
  /** What may be looked for in the facts that `moves` write; left out, that stays as it is. */
  readonly findable?: readonly Findable[];
  readonly faults: readonly Fault[];
  readonly alarms: readonly Alarm[];
  /** Rows that are made anew before their cases are. */
  readonly ahead?: Ahead;
  /** Streams let out of quarantine, unless `faults` names them again. */
  readonly released: readonly StreamName[];
}

/** Writes it all, in a fixed number of statements per view. */
export async function write(tx: Queryable, tables: ViewTables, writes: Writes): Promise<void> {
  const { moves, ahead } = writes;
  for (const view of ahead?.views ?? []) if (ahead) await writeAhead(tx, tables, view, ahead);
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
    moves.filter(({ revision, judgedAnew }) => revision >= 0 && !judgedAnew),
  );
  await writeJudged(
    tx,
    tables,
    moves.filter(({ judgedAnew }) => judgedAnew),
  );
  await writeFacts(tx, tables, writes);
  await writeSteps(tx, tables, writes.instants);
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
  if (view.whole) {
    const told = moves.filter((move) => !move.replaces && move.rows.has(view.name)).map(({ of }) => of.case);
    await dropOthers(tx, tables, view, { cases: told, rows });
  }
  if (rows.length > 0) await upsert(tx, tables, view, rows);
}

async function writeCases(tx: Queryable, { schema }: ViewTables, moves: readonly CaseMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(
    `INSERT INTO ${schema}._cases AS c ("case", category, revision, names, opened, opened_on, days_from, days_to, pack)
     SELECT c, g, r, string_to_array(n, ' '), o, d, a, b, p
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
       $9::text[]) AS t(c, g, r, n, o, d, a, b, p)
     ON CONFLICT ("case") DO UPDATE SET revision = excluded.revision, names = excluded.names,
       opened = excluded.opened, opened_on = excluded.opened_on, days_from = COALESCE(excluded.days_from, c.days_from),
       days_to = COALESCE(excluded.days_to, c.days_to), pack = COALESCE(excluded.pack, c.pack)`,
    [
      moves.map(({ of }) => of.case),
      moves.map(({ of }) => of.system.category),
      moves.map(({ revision }) => revision),
      moves.map(({ names }) => [...names].join(' ')),
      moves.map(({ opening }) => opening?.position ?? null),
      moves.map(({ opening }) => opening?.on ?? null),
      ...judgedCells(moves),
    ],
  );
}

/** No day is before the first, so that a case that looked at none is reached by none. */
const NO_DAYS = { first: -1, last: -1 };

/** First and last day, and pack; without rows, nothing is said of either, and what stands stays. */
const judgedCells = (moves: readonly CaseMove[]): readonly (readonly (string | number | null)[])[] => [
  moves.map(({ judgedBy }) => judgedBy && (judgedBy.days ?? NO_DAYS).first).map((value) => value ?? null),
  moves.map(({ judgedBy }) => judgedBy && (judgedBy.days ?? NO_DAYS).last).map((value) => value ?? null),
  moves.map(({ judgedBy }) => (judgedBy ? (judgedBy.pack ?? '') : null)),
];

/** Of cases that nothing but another law moved, only what they rest on now is told: the rest of the row is as it was. */
async function writeJudged(tx: Queryable, { schema }: ViewTables, moves: readonly CaseMove[]): Promise<void> {
  const judged = moves.filter(({ judgedBy }) => judgedBy);
  if (judged.length === 0) return;
  await tx.query(
    `UPDATE ${schema}._cases c SET days_from = t.a, days_to = t.b, pack = t.p
     FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) AS t(c, a, b, p)
     WHERE c."case" = t.c AND (c.days_from, c.days_to, c.pack) IS DISTINCT FROM (t.a, t.b, t.p)`,
    [judged.map(({ of }) => of.case), ...judgedCells(judged)],
  );
}

/** A pair of a number is told apart from one of a text. */
export const NUMBER_MARK = '#';

async function writeFacts(tx: Queryable, { schema }: ViewTables, { moves, findable }: Writes): Promise<void> {
  if (!findable) return;
  const replaced = moves.filter(({ replaces }) => replaces).map(({ of }) => of.case);
  if (replaced.length > 0) await tx.query(`DELETE FROM ${schema}._facts WHERE "case" = ANY($1)`, [replaced]);
  if (findable.length === 0) return;
  const pairs = findable.map(({ words, numbers }) => [
    ...pairsOfLines(words),
    ...pairsOfLines(numbers).map((pair) => NUMBER_MARK + pair),
  ]);
  // Neither ids nor pairs hold a line break.
  await tx.query(
    `INSERT INTO ${schema}._facts ("case", revision, audience, recorder_organ, names, numbers, words, texts, pairs)
     SELECT c, r, a, o, string_to_array(n, E'\n'), u, w, t, string_to_array(p, E'\n')
     FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       AS t(c, r, a, o, n, u, w, t, p)
     ON CONFLICT ("case", revision) DO UPDATE SET audience = excluded.audience, recorder_organ = excluded.recorder_organ,
       names = excluded.names, numbers = excluded.numbers, words = excluded.words, texts = excluded.texts,
       pairs = excluded.pairs`,
    [
      findable.map((fact) => fact.case),
      findable.map(({ revision }) => revision),
      findable.map(({ audience }) => audience),
      findable.map(({ recorderOrgan }) => recorderOrgan),
      findable.map(({ names }) => names.join('\n')),
      findable.map(({ numbers }) => numbers),
      findable.map(({ words }) => words),
      findable.map(({ texts, named }) => canonicalJson([...texts, ...named])),
      pairs.map((each) => each.join('\n')),
    ],
  );
}

/** No pair spans two lines: words are looked for within one text. */
const pairsOfLines = (lines: string): readonly string[] => [...new Set(lines.split('\n').flatMap(pairsOf))];

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
