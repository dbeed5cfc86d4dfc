import {
  isSealed,
  isUuid,
  open,
  pointerTo,
  searched,
  ERASED,
  type Json,
  type Keys,
  type Sealed,
  type Uuid,
} from '#libs/kernel';
import { KeyDamaged } from '../keys/index.js';
import type { CaseMove } from './case-projection.js';
import { rowFrom, type Cell } from './rows.js';
import type { ViewShape } from './tables.js';

/** A text of a fact as a reader sees it: where it stands, and under whose key it was sealed, if it was. */
export interface FoundText {
  readonly at: string;
  readonly of?: Uuid;
  readonly text: string;
}

/** A place at which a fact names somebody or something by an id. Who recorded it stands at `/recorder/person`, `/recorder/organ`. */
export interface FoundName {
  readonly at: string;
  readonly id: Uuid;
}

/**
 * What may be looked for in one fact, and by whom. The texts follow from the log and from the keys: they are no part of the
 * rebuild hash, and go with their case whenever it is folded again.
 */
export interface Findable {
  readonly case: Uuid;
  readonly revision: number;
  readonly audience: string;
  readonly recorderOrgan: string;
  /** Every organ, person and case the fact names, and who recorded it. */
  readonly names: readonly string[];
  /** 文号 and other numbers of papers, as they are searched, one a line. */
  readonly numbers: string;
  /** All that is searched, one text a line. */
  readonly words: string;
  readonly texts: readonly FoundText[];
  /** Names are looked up when they are searched for: an organ that is renamed is found under both. */
  readonly named: readonly FoundName[];
}

export interface Opened {
  readonly facts: readonly Findable[];
  /** Texts that could not be opened although nobody erased them. */
  readonly unopened: number;
}

/** The view each of whose rows is one fact, with its audience. */
const FACTS = '_timeline';

/**
 * What may be looked for in the facts a move writes. Erased texts are left out, whether or not their key is gone yet.
 * @throws Error when the key store cannot be asked.
 */
export async function findableIn({ of, rows, erased }: CaseMove, keys: Keys): Promise<Opened> {
  const view = of.system.views.find(({ name }) => name.endsWith(FACTS));
  const written = view ? [...(rows.get(view.name)?.values() ?? [])] : [];
  const found = await Promise.all(written.map((cells) => findable(rowOf(view, cells), erased, keys)));
  return { facts: found.map(({ fact }) => fact), unopened: found.reduce((sum, { unopened }) => sum + unopened, 0) };
}

type FactRow = ReturnType<typeof rowFrom>;

const rowOf = (view: ViewShape | undefined, cells: readonly Cell[]): FactRow =>
  view
    ? rowFrom(view, Object.fromEntries(Object.keys(view.columns).map((column, index) => [column, cells[index]])))
    : {};

async function findable(
  row: FactRow,
  erased: ReadonlySet<Uuid>,
  keys: Keys,
): Promise<{ fact: Findable; unopened: number }> {
  const met: Met = { named: [], numbers: [], sealed: [] };
  // What was judged of it then is nothing that anybody said.
  const { judged: _judged, ...data } = (row.fact ?? {}) as Readonly<Record<string, unknown>>;
  meet(data, '', met);
  const { person, organ } = (row.recorder ?? {}) as { person?: unknown; organ?: unknown };
  meet({ person, organ }, '/recorder', met);
  const opened = await Promise.all(
    met.sealed.filter(({ value }) => !erased.has(value.subject)).map(({ at, value }) => textsOf(at, value, keys)),
  );
  const texts = [...met.numbers, ...opened.flatMap((found) => found ?? [])];
  const lines = (all: readonly FoundText[]): string => all.map(({ text }) => searched(text).text).join('\n');
  return {
    fact: {
      case: row.case as Uuid,
      revision: Number(row.revision),
      audience: typeof row.audience === 'string' ? row.audience : '',
      recorderOrgan: isUuid(organ) ? organ : '',
      names: [...new Set(met.named.map(({ id }) => id))],
      numbers: lines(met.numbers),
      words: lines(texts),
      texts,
      named: met.named,
    },
    unopened: opened.filter((found) => found === undefined).length,
  };
}

interface Met {
  readonly named: FoundName[];
  readonly numbers: FoundText[];
  readonly sealed: { readonly at: string; readonly value: Sealed }[];
}

/** Every id, number of a paper and sealed value below `value`, which stands at `at`. */
function meet(value: unknown, at: string, met: Met): void {
  if (isSealed(value)) met.sealed.push({ at, value });
  else if (isUuid(value)) met.named.push({ at, id: value });
  else if (typeof value === 'string' && isNumber(at)) met.numbers.push({ at, text: value });
  else if (value !== null && typeof value === 'object')
    for (const [key, member] of Object.entries(value)) meet(member, pointerTo(at, key), met);
}

/** By its name: documentNumber, filingNumber and the like are numbers of papers. */
const isNumber = (pointer: string): boolean => /(^|\/)[a-zA-Z]*[nN]umber$/.test(pointer);

/** The texts in a sealed value: none where it was erased; undefined where it cannot be opened. */
async function textsOf(at: string, value: Sealed, keys: Keys): Promise<readonly FoundText[] | undefined> {
  const key = await keys.find(value.subject).catch((error: unknown) => {
    if (error instanceof KeyDamaged) return undefined;
    throw error;
  });
  if (key === ERASED) return [];
  if (key === undefined) return undefined;
  try {
    return textsIn(open(value, key), at, value.subject);
  } catch {
    return undefined;
  }
}

function textsIn(value: Json, at: string, of: Uuid): readonly FoundText[] {
  if (typeof value === 'string') return [{ at, of, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member ?? null, pointerTo(at, key), of));
}
