import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Uuid } from './ids.js';
import { canonicalJson, type Json } from './json.js';

/**
 * 密封值: personal data or free text as the log holds it. `sealed` says where it was sealed (`<event id><pointer>`) and,
 * with `subject`, is the additional authenticated data; `ct` ends with the 16-byte tag; `keyHash` commits to the key,
 * which AES-GCM alone does not. All bytes are base64url.
 */
export interface Sealed {
  readonly sealed: string;
  readonly subject: Uuid;
  readonly iv: string;
  readonly ct: string;
  readonly keyHash: string;
}

/** What stands where a sealed value stood once its subject was erased in the case's stream, whoever still has the key. */
export interface Erased {
  readonly erased: Uuid;
}

/** A marked field: in clear while it is decided on, sealed in every stored event, gone once it was erased. */
export type Marked = string | Sealed | Erased;

/** 32 bytes. */
export type Key = Uint8Array;

/** What a reader gets for a value whose key was destroyed. */
export const ERASED = Symbol('erased');

export const isSealed = (value: unknown): value is Sealed =>
  value !== null && typeof value === 'object' && 'sealed' in value && 'keyHash' in value && 'ct' in value;

export const isErased = (value: unknown): value is Erased =>
  value !== null && typeof value === 'object' && 'erased' in value && Object.keys(value).length === 1;

/** Seals `value` for one place of one event. @param iv 12 random bytes, never used twice under one key. */
export function seal(
  value: Json,
  place: { event: Uuid; pointer: string; subject: Uuid },
  key: Key,
  iv: Uint8Array,
): Sealed {
  const sealed = `${place.event}${place.pointer}`;
  const cipher = createCipheriv('aes-256-gcm', partsOf(key).seal, iv).setAAD(aad(sealed, place.subject));
  const ct = Buffer.concat([cipher.update(canonicalJson(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    sealed,
    subject: place.subject,
    iv: Buffer.from(iv).toString('base64url'),
    ct: ct.toString('base64url'),
    keyHash: partsOf(key).commitment,
  };
}

/** Opens a sealed value. @throws Error when the key is not the one committed to, or a byte was changed. */
export function open(value: Sealed, key: Key): Json {
  if (partsOf(key).commitment !== value.keyHash)
    throw new Error(`the key of subject ${value.subject} is not the one this value was sealed with`);
  const bytes = Buffer.from(value.ct, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', partsOf(key).seal, Buffer.from(value.iv, 'base64url'))
    .setAAD(aad(value.sealed, value.subject))
    .setAuthTag(bytes.subarray(-16));
  return JSON.parse(
    Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8'),
  ) as Json;
}

/** HMAC-SHA-256 of canonical `value` under the digest part of `key`, base64url: confirms a guess only with the key. */
export const keyedDigest = (value: Json, key: Key): string =>
  createHmac('sha256', partsOf(key).digest).update(canonicalJson(value)).digest('base64url');

/** What one key is used for: separate uses never meet (RFC 5869). */
interface Parts {
  readonly seal: Uint8Array;
  readonly digest: Uint8Array;
  /** SHA-256 of a third part, base64url. */
  readonly commitment: string;
}

const known = new WeakMap<Key, Parts>();

/** Derived once per key in memory: the bytes of a key never change. */
function partsOf(key: Key): Parts {
  let parts = known.get(key);
  if (!parts) {
    const part = (use: string): Uint8Array =>
      new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `kesu/${use}/1`, 32));
    const commitment = createHash('sha256').update(part('commit')).digest('base64url');
    known.set(key, (parts = { seal: part('seal'), digest: part('digest'), commitment }));
  }
  return parts;
}

const aad = (sealed: string, subject: Uuid): Buffer => Buffer.from(`${sealed} ${subject}`, 'utf8');
