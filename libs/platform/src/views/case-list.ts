import { canonicalJson, pairsOf, type Json, type LegalDate, type Position, type Row, type Uuid } from '#libs/kernel';
import type { Parameter } from './database.js';
import { CursorMalformed } from './failures.js';
import type { FoundName, FoundText } from './findable.js';
import { rowFrom } from './rows.js';
import { tableOf, type ViewShape, type ViewTables } from './tables.js';
import { NUMBER_MARK } from './writing.js';

/** Whose cases are listed: those of the organ and of those it succeeded, and those of the organs it supervises. Neither: none. */
export interface ListedFor {
  readonly organs: readonly Uuid[];
  /** Whether the reader works on the cases of their own organ. */
  readonly handles: boolean;
  /** Organs whose cases the reader may look into beside, with all that is recorded of them. */
  readonly supervised: readonly Uuid[];
}

/** What a case must have to be listed; all of it. */
export interface CaseQuery {
  readonly status?: string | undefined;
  /** Days on which the act that opened the case took place, both included. */
  readonly from?: LegalDate | undefined;
  readonly to?: LegalDate | undefined;
  /** An organ or a person named by a fact that the reader may see. */
  readonly organ?: Uuid | undefined;
  readonly officer?: Uuid | undefined;
  /** Words as they are searched (`wordsFrom`), in a fact that the reader may see; and in the number of a paper. */
  readonly words?: string | undefined;
  /** Whose names hold the words: a fact that names one of them has the words as well. */
  readonly named?: readonly Uuid[] | undefined;
  readonly number?: string | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A fact in which the words were found. */
export interface Hit {
  readonly revision: number;
  readonly texts: readonly (FoundText | FoundName)[];
}

export interface ListedCase {
  readonly row: Row;
  /** Undefined where no words were looked for. */
  readonly hits?: readonly Hit[];
}

export interface CaseList {
  /** The place of the log the list speaks for. */
  readonly position: Position;
  readonly cases: readonly ListedCase[];
  /** Left out on the last page. */
  readonly next?: string;
}

/** Facts shown of a case in which words were found. */
const HITS_MAX = 3;

/**
 * Cases from the newest opened on. A case stays at its place for ever, whatever is recorded meanwhile: of those that match
 * throughout, pages miss none and show none twice. One statement, so one place of the log.
 * @param view the system's case file, with columns requesting, requested, status and fed_back.
 * @throws CursorMalformed
 */
export async function listCases(
  tables: ViewTables,
  view: ViewShape,
  reader: ListedFor,
  query: CaseQuery,
): Promise<CaseList> {
  const { schema, db, ledger } = tables;
  const values: Parameter[] = [];
  const bound = (value: Parameter): string => `$${values.push(value)}`;
  const found = foundIn(query, bound);
  const organs = `ANY(${bound(reader.organs)}::text[])`;
  const visible = visibleTo(reader, organs);
  const sql = `
    SELECT cp.position AS _position, page.*, hit.revision AS _revision, hit.texts AS _texts
    FROM (SELECT position FROM ${schema}._checkpoint WHERE ledger = ${bound(ledger)}) cp
    LEFT JOIN LATERAL (
      SELECT f.*, c.opened AS _opened FROM ${schema}._cases c JOIN ${tableOf(tables, view)} f ON f."case" = c."case"
      WHERE ${[...conditions(reader, query, organs, bound), ...found.map((one) => exists(schema, one, visible('f')))].join(' AND ')}
      ORDER BY c.opened DESC LIMIT ${bound(query.limit + 1)}
    ) page ON TRUE
    LEFT JOIN LATERAL (
      SELECT s.revision, s.texts FROM ${schema}._facts s
      WHERE s."case" = page."case" AND ${shown(query, found)} AND ${visible('page')}
      ORDER BY ${first(query, bound)}s.revision LIMIT ${bound(HITS_MAX)}
    ) hit ON TRUE
    ORDER BY page._opened DESC, hit.revision`;
  return listFrom(view, query, await db.query(sql, values));
}

/** A condition on a fact `s`. */
interface Found {
  readonly what: 'words' | 'number' | 'name';
  readonly sql: string;
}

function foundIn(
  { words, named = [], number, organ, officer }: CaseQuery,
  bound: (value: Parameter) => string,
): readonly Found[] {
  const holds = (column: string, text: string, mark: string): string =>
    `s.pairs @> ${bound(pairsOf(text).map((pair) => mark + pair))}::text[] AND strpos(s.${column}, ${bound(text)}) > 0`;
  const names = (id: Uuid): string => `s.names @> ${bound([id])}::text[]`;
  const namesAny = named.length === 0 ? '' : ` OR s.names && ${bound(named)}::text[]`;
  return [
    ...(words === undefined ? [] : [{ what: 'words' as const, sql: `(${holds('words', words, '')}${namesAny})` }]),
    ...(number === undefined ? [] : [{ what: 'number' as const, sql: holds('numbers', number, NUMBER_MARK) }]),
    ...[organ, officer].flatMap((id) => (id === undefined ? [] : [{ what: 'name' as const, sql: names(id) }])),
  ];
}

const exists = (schema: string, { sql }: Found, visible: string): string =>
  `EXISTS (SELECT 1 FROM ${schema}._facts s WHERE s."case" = c."case" AND ${sql} AND ${visible})`;

/** Which facts are shown as hits: those with the words, or with the number where no words were asked for. */
function shown({ words }: CaseQuery, found: readonly Found[]): string {
  const what = words === undefined ? 'number' : 'words';
  return found.find((one) => one.what === what)?.sql ?? 'FALSE';
}

/** Facts that say the words are shown before those that only name somebody who has them in their name. */
const first = ({ words }: CaseQuery, bound: (value: Parameter) => string): string =>
  words === undefined ? '' : `strpos(s.words, ${bound(words)}) = 0, `;

/** The policy of facts in SQL: an organ's internal steps are its own until they have been fed back; supervision sees all. */
function visibleTo(reader: ListedFor, organs: string): (row: string) => string {
  return (row) =>
    `(s.audience = 'parties' OR s.recorder_organ = ${organs} OR ${row}.fed_back = 1${
      reader.supervised.length > 0 ? ` OR NOT ${own(reader, row, organs)}` : ''
    })`;
}

/** Being a party comes before supervising. */
const own = ({ handles }: ListedFor, row: string, organs: string): string =>
  handles ? `(${row}.requesting = ${organs} OR ${row}.requested = ${organs})` : 'FALSE';

function conditions(
  reader: ListedFor,
  { status, from, to, after }: CaseQuery,
  organs: string,
  bound: (value: Parameter) => string,
): readonly string[] {
  const supervised = reader.supervised.length > 0 ? bound(reader.supervised) : undefined;
  // A case that has come to no request yet has one side, and is nobody else's.
  const theirs = supervised
    ? [
        `f.requested IS NOT NULL AND (f.requesting = ANY(${supervised}::text[]) OR f.requested = ANY(${supervised}::text[]))`,
      ]
    : [];
  return [
    'c.opened IS NOT NULL',
    `(${[own(reader, 'f', organs), ...theirs].join(' OR ')})`,
    ...(status === undefined ? [] : [`f.status = ${bound(status)}`]),
    ...(from === undefined ? [] : [`c.opened_on >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`c.opened_on <= ${bound(to)}`]),
    ...(after === undefined ? [] : [`c.opened < ${bound(openedIn(after))}`]),
  ];
}

type Stored = Readonly<Record<string, unknown>>;

function listFrom(view: ViewShape, query: CaseQuery, stored: readonly Stored[]): CaseList {
  const looked = query.words !== undefined || query.number !== undefined;
  const position = (stored[0]?._position ?? '') as Position;
  const cases = new Map<unknown, { readonly row: Row; readonly hits: Hit[]; readonly opened: string }>();
  for (const row of stored) {
    if (row.case === null) continue;
    const listed = cases.get(row.case) ?? { row: rowFrom(view, row), hits: [], opened: String(row._opened) };
    cases.set(row.case, listed);
    if (typeof row._texts === 'string')
      listed.hits.push({ revision: Number(row._revision), texts: JSON.parse(row._texts) as Hit['texts'] });
  }
  const all = [...cases.values()];
  const page = all.slice(0, query.limit);
  const last = all.length > page.length ? page.at(-1) : undefined;
  return {
    position,
    cases: page.map(({ row, hits }) => (looked ? { row, hits } : { row })),
    ...(last ? { next: cursorAt(last.opened) } : {}),
  };
}

const cursorAt = (opened: string): string => Buffer.from(canonicalJson([opened])).toString('base64url');

function openedIn(cursor: string): string {
  const [opened, ...more] = listIn(cursor);
  if (typeof opened !== 'string' || more.length > 0 || !/^\d{1,20}(-\d{1,20})?$/.test(opened))
    throw new CursorMalformed('not a cursor of this list');
  return opened;
}

function listIn(cursor: string): readonly Json[] {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Json;
    return Array.isArray(parsed) ? (parsed as readonly Json[]) : [];
  } catch {
    return [];
  }
}
