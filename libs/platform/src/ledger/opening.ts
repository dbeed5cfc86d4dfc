import { ERASED, isSealed, KeyMissing, open, type Json, type Keys, type Uuid } from '#libs/kernel';

/** What a person reads where a value was erased. */
export const ERASED_TEXT = '（已删除）';

const NONE: ReadonlySet<Uuid> = new Set();

/**
 * A copy of `value` in which every sealed value is opened, or replaced by the word for erased when its key is gone, or its
 * subject is one of `erased`, whose key is about to go.
 */
export async function opened(value: Json, keys: Keys, erased = NONE): Promise<Json> {
  if (value === null || typeof value !== 'object') return value;
  if (isSealed(value)) {
    if (erased.has(value.subject)) return ERASED_TEXT;
    const key = await keys.find(value.subject);
    if (key === ERASED) return ERASED_TEXT;
    if (key === undefined) throw new KeyMissing(value.subject);
    return open(value, key);
  }
  if (Array.isArray(value)) return Promise.all((value as readonly Json[]).map((item) => opened(item, keys, erased)));
  const members = Object.entries(value).map(async ([name, item]) => [
    name,
    item === undefined ? null : await opened(item, keys, erased),
  ]);
  return Object.fromEntries(await Promise.all(members)) as Json;
}
