import canonicalize from 'canonicalize';

/** I-JSON (RFC 7493) as this ledger stores it: integers only, Unicode NFC, no noncharacters, no integer-like keys. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A value that may not be stored, with the RFC 6901 pointer to it and the kind of fault. */
export class NotStorable extends Error {
  constructor(
    readonly pointer: string,
    readonly fault: 'number' | 'text' | 'key' | 'type' | 'depth',
  ) {
    super(`${pointer || '/'} cannot be stored: ${fault}`);
    this.name = 'NotStorable';
  }
}

export const JSON_DEPTH_MAX = 16;
const INTEGER_LIKE = /^(0|[1-9]\d*)$/;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** U+FDD0 to U+FDEF, and the last two code points of every plane. */
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;

/**
 * Checks that `value` is I-JSON within ±2^53−1, without floats, without integer-like keys (their order is not RFC 8785's
 * in an engine's own objects), in Unicode NFC, without lone surrogates and noncharacters (RFC 7493 section 2.1) and no
 * deeper than {@link JSON_DEPTH_MAX}.
 * @throws NotStorable naming the first fault.
 */
export function assertStorable(value: unknown): asserts value is Json {
  assertSound(value, isStorableText);
}

/** Whether a text, or the name of a member, is one that is taken. */
type TextCheck = (text: string) => boolean;

function assertSound(value: unknown, isText: TextCheck): asserts value is Json {
  const found = faultIn(value, isText, 0);
  if (found) throw new NotStorable(found.keys.reduce(pointerTo, ''), found.fault);
}

interface Found {
  readonly fault: NotStorable['fault'];
  /** Where it is, from the outermost key to the innermost. */
  readonly keys: readonly string[];
}

const fault = (kind: Found['fault']): Found => ({ fault: kind, keys: [] });

/** The first fault in `value`. Where it stands is put together on the way back: nearly always there is none. */
function faultIn(value: unknown, isText: TextCheck, depth: number): Found | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (depth > JSON_DEPTH_MAX) return fault('depth');
  if (typeof value === 'string') return isText(value) ? undefined : fault('text');
  if (typeof value === 'number') return isStorableNumber(value) ? undefined : fault('number');
  if (typeof value !== 'object' || !(isWholeList(value) || isPlain(value))) return fault('type');
  for (const [key, item] of Object.entries(value)) {
    const found = Array.isArray(value) ? faultIn(item, isText, depth + 1) : faultInMember([key, item], isText, depth);
    if (found) return { fault: found.fault, keys: [key, ...found.keys] };
  }
  return undefined;
}

const isStorableNumber = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

function faultInMember([key, item]: readonly [string, unknown], isText: TextCheck, depth: number): Found | undefined {
  if (INTEGER_LIKE.test(key) || FORBIDDEN_KEYS.has(key) || !isText(key)) return fault('key');
  return item === undefined ? undefined : faultIn(item, isText, depth + 1);
}

/** Well-formed UTF-16 in Unicode NFC, as every text stands in the log. */
export const isKeptText: TextCheck = (text) => text.isWellFormed() && text.normalize('NFC') === text;

/** …and without noncharacters. Events from before these were refused hold some, and stay readable. */
export const isStorableText: TextCheck = (text) => isKeptText(text) && !NONCHARACTER.test(text);

/**
 * `text` as it may be told in an answer, whoever it came from: lone surrogates and noncharacters become U+FFFD, the
 * character for what cannot be shown.
 */
export const tellableText = (text: string): string =>
  text.toWellFormed().replace(new RegExp(NONCHARACTER.source, 'gu'), '\ufffd');

/**
 * Canonical JSON of RFC 8785, of whatever may stand in the log. Members that are `undefined` are left out.
 * @throws NotStorable
 */
export function canonicalJson(value: unknown): string {
  assertSound(value, isKeptText);
  return canonicalize(value) as string;
}

/** {@link canonicalJson} of what is to be appended: only what may be stored today. @throws NotStorable */
export function storableJson(value: unknown): string {
  assertStorable(value);
  return canonicalize(value) as string;
}

/** The RFC 6901 pointer to member `key` below `pointer`. */
export const pointerTo = (pointer: string, key: string): string =>
  `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The keys an RFC 6901 pointer names, in order. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What `pointer` names inside `value`, or undefined. Own members only. */
export function valueAt(value: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>(
    (node, key) =>
      node !== null && typeof node === 'object' && Object.hasOwn(node, key) ? Reflect.get(node, key) : undefined,
    value,
  );
}

/**
 * A copy of `value` in which `pointer` names `replacement`; without one, what stands there is left out, and the elements
 * of a list close up. @throws RangeError when the parent does not exist.
 */
export function withValueAt<T>(value: T, pointer: string, replacement: Json | undefined): T {
  const [key, ...rest] = keysOf(pointer);
  if (key === undefined) return replacement as T;
  if (value === null || typeof value !== 'object') throw new RangeError(`nothing stands at ${pointer}`);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (rest.length > 0) {
    copy[key] = withValueAt(copy[key], rest.map((k) => pointerTo('', k)).join(''), replacement);
  } else if (replacement !== undefined) copy[key] = replacement;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy as T;
}

/** A list without holes. */
const isWholeList = (value: object): boolean => Array.isArray(value) && Object.keys(value).length === value.length;

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
