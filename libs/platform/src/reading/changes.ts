import { canonicalJson, pointerTo, type Assessment, type Json } from '#libs/kernel';

/** Something that is there before, after, or both; it is told only when the two differ. */
export interface Change<T> {
  readonly before?: T;
  readonly after?: T;
}

/** What changed between two lists whose members are told apart by `keyOf`; a key that comes twice is counted. */
export function changesBetween<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => Json,
  sameAs: (a: T, b: T) => boolean,
): readonly Change<T>[] {
  const [old, young] = [keyed(before, keyOf), keyed(after, keyOf)];
  const keys = [...new Set([...old.keys(), ...young.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [old.get(key), young.get(key)];
    if (a !== undefined && b !== undefined && sameAs(a, b)) return [];
    return [{ ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }];
  });
}

function keyed<T>(items: readonly T[], keyOf: (item: T) => Json): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const key = canonicalJson(keyOf(item));
    let count = 0;
    while (map.has(`${key} ${count}`)) count += 1;
    map.set(`${key} ${count}`, item);
  }
  return map;
}

export const isSameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

type Clock = Assessment['clocks'][number];
type Flag = Assessment['flags'][number];
type Duty = Assessment['duties'][number];

/**
 * Clocks by name, flags by what they are about, duties by the fact they rest on, and changed where anything but
 * their age is: since when, whose.
 */
export const clockChanges = (before: Assessment, after: Assessment): readonly Change<Clock>[] =>
  changesBetween(before.clocks, after.clocks, ({ clock }) => clock, isSameJson);

export const flagChanges = (before: Assessment, after: Assessment): readonly Change<Flag>[] =>
  changesBetween(before.flags, after.flags, ({ rule, code, about }) => [rule, code, [...about].sort()], isSameJson);

export const dutyChanges = (before: Assessment, after: Assessment): readonly Change<Duty>[] =>
  changesBetween(
    before.duties,
    after.duties,
    ({ rule, code, since }) => [rule, code, since.event],
    (a, b) => isSameJson({ ...a, ageDays: 0 }, { ...b, ageDays: 0 }),
  );

/** A value of a JSON document that is another one, or only there, in the later one. */
export interface ValueChange extends Change<Json> {
  readonly pointer: string;
}

/** Where two documents differ, as deep as both have objects; lists are compared member by member. */
export function valueChanges(before: Json | undefined, after: Json | undefined, pointer = ''): readonly ValueChange[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined) {
    if (isSameJson(before, after)) return [];
    if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
      const names = new Set([...Object.keys(before), ...Object.keys(after)]);
      return [...names].flatMap((name) => valueChanges(before[name], after[name], pointerTo(pointer, name)));
    }
  }
  return [{ pointer, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** A sealed value is compared as a whole: it holds no members a reader knows. */
const isBranch = (value: Json): value is { readonly [name: string]: Json | undefined } =>
  value !== null && typeof value === 'object' && !('sealed' in value) && !('erased' in value);
