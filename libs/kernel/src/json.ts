import canonicalize from 'canonicalize';

/** I-JSON (RFC 7493) as this ledger stores it: integers only, Unicode NFC, no integer-like keys. */
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

/**
 * Checks that `value` is I-JSON within ±2^53−1, without floats, without integer-like keys (their order is not RFC 8785's
 * in an engine's own objects), in Unicode NFC, without lone surrogates and no deeper than {@link JSON_DEPTH_MAX}.
 * @throws NotStorable naming the first fault.
 */
export function assertStorable(value: unknown, pointer = '', depth = 0): asserts value is Json {
  if (value === null || typeof value === 'boolean') return;
  if (depth > JSON_DEPTH_MAX) throw new NotStorable(pointer, 'depth');
  if (typeof value === 'number') return assertNumber(value, pointer);
  if (typeof value === 'string') {
    if (!isStorableText(value)) throw new NotStorable(pointer, 'text');
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => assertStorable(item, `${pointer}/${index}`, depth + 1));
  } else if (typeof value === 'object' && isPlain(value)) {
    Object.entries(value).forEach(([key, item]) => assertMember(key, item, pointer, depth));
  } else throw new NotStorable(pointer, 'type');
}

function assertNumber(value: number, pointer: string): void {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotStorable(pointer, 'number');
}

function assertMember(key: string, item: unknown, pointer: string, depth: number): void {
  const at = pointerTo(pointer, key);
  if (INTEGER_LIKE.test(key) || FORBIDDEN_KEYS.has(key) || !isStorableText(key)) throw new NotStorable(at, 'key');
  if (item !== undefined) assertStorable(item, at, depth + 1);
}

/** Well-formed UTF-16 in Unicode NFC. */
export const isStorableText = (text: string): boolean => text.isWellFormed() && text.normalize('NFC') === text;

/** Canonical JSON of RFC 8785. Members that are `undefined` are left out. @throws NotStorable */
export function canonicalJson(value: unknown): string {
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

/** A copy of `value` in which `pointer` names `replacement` (left out when undefined). Parents must exist. */
export function withValueAt<T>(value: T, pointer: string, replacement: Json | undefined): T {
  const [key, ...rest] = keysOf(pointer);
  if (key === undefined) return replacement as T;
  if (value === null || typeof value !== 'object') throw new RangeError(`nothing stands at ${pointer}`);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (rest.length > 0) {
    copy[key] = withValueAt(copy[key], rest.map((k) => pointerTo('', k)).join(''), replacement);
  } else if (replacement === undefined) delete copy[key];
  else copy[key] = replacement;
  return copy as T;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
