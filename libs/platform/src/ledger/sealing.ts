import {
  caseSubject,
  ERASED,
  KeyErased,
  KeyMissing,
  keyedDigest,
  markedPlaces,
  seal,
  valueAt,
  withValueAt,
  type FactType,
  type Json,
  type JsonObject,
  type Key,
  type Keys,
  type Seals,
  type Uuid,
} from '#libs/kernel';
import { fresh } from './randomness.js';

/** Generations of a case's key are few: each stands for one name that had to be removed from free text. */
const GENERATIONS_MAX = 1_000;

/** A key and the subject it is of. */
export interface KeyOf {
  readonly subject: Uuid;
  readonly key: Key;
}

/** A key of a case; `generation` counts those it has had, from 1. */
export interface CaseKey extends KeyOf {
  readonly generation: number;
}

/**
 * The key of a case now in use: from generation `from` on, the first that was not erased. Only the command that opens the
 * case makes the first; a later one is made when it is first used.
 * @throws KeyMissing when the case has events and its key is gone: a new one would be taken for it.
 */
export async function caseKey(keys: Keys, caseId: Uuid, opens: boolean, from = 1): Promise<CaseKey> {
  for (let generation = from; generation <= GENERATIONS_MAX; generation += 1) {
    const subject = caseSubject(caseId, generation);
    const makes = opens || generation > 1;
    const key = makes ? await obtained(keys, subject) : await keys.find(subject);
    if (key === ERASED) continue;
    if (key === undefined) throw new KeyMissing(subject);
    return { subject, generation, key };
  }
  throw new Error(`case ${caseId} has used up its keys`);
}

const obtained = (keys: Keys, subject: Uuid): Promise<Key | typeof ERASED> =>
  keys.obtain(subject).catch((error: unknown) => {
    if (error instanceof KeyErased) return ERASED;
    throw error;
  });

/** 命令摘要 of `said` under a key, naming the key's generation: another key's erasure leaves it as it is. */
export const commandDigest = (said: Json, { key, generation }: Pick<CaseKey, 'key' | 'generation'>): string =>
  `${generation}.${keyedDigest(said, key)}`;

/**
 * Whether `digest` may be that of the command `said`: it is, under the key it names; or that key was erased, and then the
 * command's id alone decides.
 */
export async function isDigestOf(keys: Keys, caseId: Uuid, said: Json, digest: string): Promise<boolean> {
  const generation = Number(/^(\d{1,4})\./.exec(digest)?.[1] ?? NaN);
  const key = Number.isNaN(generation) ? undefined : await keys.find(caseSubject(caseId, generation));
  if (key === ERASED) return true;
  if (key === undefined && !Number.isNaN(generation)) throw new KeyMissing(caseSubject(caseId, generation));
  return key !== undefined && commandDigest(said, { key, generation }) === digest;
}

/**
 * The data of a fact as it may reach the log: every value sealed that its type marks or its decision names. Personal
 * values are sealed under the subject that stands beside them (`…/subject`), free text under `text`, the key of the case.
 */
export async function sealedData(
  data: JsonObject,
  { type, seals = {} }: { readonly type: FactType; readonly seals?: Seals | undefined },
  place: { readonly event: Uuid; readonly text: KeyOf; readonly keys: Keys },
): Promise<JsonObject> {
  const marked = markedPlaces(data, type).map(
    ([pointer, mark]) => [pointer, mark === 'text' ? mark : subjectBeside(data, pointer)] as const,
  );
  let result = data;
  for (const [pointer, under] of [...marked, ...Object.entries(seals)]) {
    const value = valueAt(data, pointer) as Json | undefined;
    if (value === undefined) continue;
    const { subject, key } = under === 'text' ? place.text : { subject: under, key: await place.keys.obtain(under) };
    const sealed = seal(value, { event: place.event, pointer: `/data${pointer}`, subject }, key, fresh(12));
    result = withValueAt(result, pointer, { ...sealed });
  }
  return result;
}

function subjectBeside(data: JsonObject, pointer: string): Uuid {
  const subject = valueAt(data, `${pointer.slice(0, pointer.lastIndexOf('/'))}/subject`) as Uuid | undefined;
  if (!subject) throw new Error(`no subject stands beside ${pointer}`);
  return subject;
}
