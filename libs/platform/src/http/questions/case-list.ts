import {
  Day,
  ERASED,
  Id,
  IntegerText,
  isUuid,
  Optional,
  snippetOf,
  Text,
  Words,
  wordsFrom,
  type AnyFact,
  type Keys,
  type LegalDate,
  type Row,
  type Snippet,
  type Uuid,
} from '#libs/kernel';
import { standsFor, type LawBook } from '#libs/law';
import { Denial } from '../../ledger/index.js';
import { namesIn, viewNamed } from '../../reading/index.js';
import { listCases, type CaseQuery, type Hit, type ListedCase } from '../../views/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { assertPeriod } from '../period.js';
import { markedRows } from '../shown-troubles.js';
import { disclosureOf, purposeOf } from './admission.js';
import { namedIn } from './named.js';
import { fromViews, type QuestionParts, type System } from './parts.js';
import { turnedFrom, turnedTo } from './turned-page.js';

const LIMIT = 50;

/** 案件目录 query: a case must have all that is asked for. Each system declares the statuses its cases may have. */
export abstract class CaseListQuery {
  @Optional() @Words('检索文字') text?: string;
  @Optional() @Words('文号') documentNumber?: string;
  @Optional() @Id('机关') organ?: Uuid;
  @Optional() @Id('人员') officer?: Uuid;
  abstract status?: string;
  @Optional() @Day('立案日期自') from?: LegalDate;
  @Optional() @Day('立案日期至') to?: LegalDate;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional() @IntegerText('每页件数', 1, 200) limit?: number;
}

/** A fact in which the words were found, with where. */
interface FoundFact extends Snippet {
  readonly revision: number;
  /** Where in the fact's data, RFC 6901; or `/recorder/…`: who recorded it. */
  readonly pointer: string;
}

/**
 * 案件目录: the cases the reader's organ is a party to, newest opened first, and with a purpose those it supervises. What
 * is looked for must stand in facts that the reader may see.
 * @throws Denial PURPOSE_REQUIRED for who only supervises; VIEWS_…
 */
export async function caseList<State, F extends AnyFact>(
  parts: QuestionParts & { readonly keys: Keys },
  system: System<State, F>,
  { query, http }: { readonly query: CaseListQuery; readonly http: Exchange },
): Promise<Disclosed<object>> {
  assertPeriod(query);
  const { viewer } = http.caller;
  const handles = system.handlesCases(viewer);
  const supervises = system.supervised(viewer, parts.law.book);
  const purpose = purposeOf(http);
  if (!handles && supervises.length > 0 && purpose === undefined) throw new Denial('PURPOSE_REQUIRED');
  const own = standsFor(parts.law.book.organs, viewer.organ);
  const reader = { organs: own, handles, supervised: purpose === undefined ? [] : supervises };
  return disclose(disclosureOf(http, system.decider.category), async () => {
    const words = wordsIn(query);
    const named = words.words === undefined ? new Map<Uuid, string>() : namedIn(parts.law.book.organs, words.words);
    const { category } = system.decider;
    const after = turnedFrom(category, query);
    const asked = { ...query, after, ...words, named: [...named.keys()], limit: query.limit ?? LIMIT };
    const view = viewNamed(system, 'case_file');
    const found = await fromViews(parts, (tables) => listCases(tables, view, reader, asked));
    const { next: place, ...page } = found;
    const list = { ...page, ...(place === undefined ? {} : { next: turnedTo(place, category, query) }) };
    tellPage(http, list);
    const asOf = parts.clock.now();
    const cases = await Promise.all(list.cases.map((found) => withHits(found, { ...words, named }, parts.keys)));
    return {
      ...parts.pages.mode,
      position: list.position,
      ...markedRows(
        parts.troubles,
        cases.flatMap((found) => {
          if (!found) return [];
          const { book } = parts.law;
          const told = {
            ...parts.pages.summary(system, found.row, book, asOf),
            ...sidesNamed(found.row, book),
            ...found.told,
          };
          return [{ case: found.row.case as Uuid, told }];
        }),
      ),
      ...(list.next === undefined ? {} : { next: list.next }),
    };
  });
}

/** Both sides by name: what a case is about stands in sealed texts, which a list does not open. */
function sidesNamed({ requesting, requested }: Row, book: LawBook) {
  const { organ } = namesIn(book);
  const named = (id: unknown): string | null => (isUuid(id) ? organ(id) : null);
  return { requestingName: named(requesting), requestedName: named(requested) };
}

function wordsIn({ text, documentNumber }: CaseListQuery): Pick<CaseQuery, 'words' | 'number'> {
  return {
    words: text === undefined ? undefined : wordsFrom(text),
    number: documentNumber === undefined ? undefined : wordsFrom(documentNumber),
  };
}

/** RFC 8288: the next page, asked as this one was. */
export function tellPage(
  { reply, request }: Exchange,
  { position, next }: { readonly position: string; readonly next?: string },
): void {
  void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
  if (next === undefined) return;
  const [path = '', asked = ''] = request.url.split('?');
  const query = new URLSearchParams(asked);
  query.set('after', next);
  void reply.header('link', `<${path}?${query.toString()}>; rel="next"`);
}

/** Words as they are searched, and the names that hold them. */
interface Sought extends Pick<CaseQuery, 'words' | 'number'> {
  readonly named: ReadonlyMap<Uuid, string>;
}

interface Found {
  readonly row: ListedCase['row'];
  readonly told: { readonly hits?: readonly FoundFact[] };
}

/**
 * The case with where the words stand in it. The index may still know a text whose key was destroyed a moment ago: it is
 * not shown, and a case that has nothing else to show is none that was found.
 */
async function withHits({ row, hits }: ListedCase, sought: Sought, keys: Keys): Promise<Found | undefined> {
  if (!hits) return { row, told: {} };
  const found = (await Promise.all(hits.map((hit) => placesIn(hit, sought, keys)))).flat();
  return found.length > 0 ? { row, told: { hits: found } } : undefined;
}

async function placesIn({ revision, texts }: Hit, sought: Sought, keys: Keys): Promise<readonly FoundFact[]> {
  const words = sought.words ?? sought.number ?? '';
  const found = await Promise.all(
    texts.map(async (place) => {
      const text = 'id' in place ? sought.named.get(place.id) : place.text;
      const snippet = text === undefined ? undefined : snippetOf(text, words);
      const of = 'id' in place ? undefined : place.of;
      if (!snippet || (of !== undefined && (await keys.find(of)) === ERASED)) return [];
      return [{ revision, pointer: place.at, ...snippet }];
    }),
  );
  return found.flat();
}
