import { ERASED, isErased, isSealed, KeyMissing, open, type Json, type Keys } from '#libs/kernel';

/** What a person reads where a value was erased. */
export const ERASED_TEXT = '（已删除）';

/** A copy of `value` in which every sealed value is opened, or replaced by the word for erased where it, or its key, is gone. */
export async function opened(value: Json, keys: Keys): Promise<Json> {
  if (value === null || typeof value !== 'object') return value;
  if (isErased(value)) return ERASED_TEXT;
  if (isSealed(value)) {
    const key = await keys.find(value.subject);
    if (key === ERASED) return ERASED_TEXT;
    if (key === undefined) throw new KeyMissing(value.subject);
    return open(value, key);
  }
  if (Array.isArray(value)) return Promise.all((value as readonly Json[]).map((item) => opened(item, keys)));
  const members = Object.entries(value).map(async ([name, item]) => [
    name,
    item === undefined ? null : await opened(item, keys),
  ]);
  return Object.fromEntries(await Promise.all(members)) as Json;
}
