import { hash } from 'node:crypto';
import { canonicalJson, type Json } from './json.js';

/** An opaque lower-case RFC 9562 UUID. Organs, persons, appointments, cases, events and commands are named by one. */
export type Uuid = string & { readonly Uuid: unique symbol };

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** The namespace under which every derived id of Kesu stands (RFC 9562 section 5.5). Never change it. */
const NAMESPACE = Buffer.from('a2f0c2d45d2e5b0f9c356b1f8f1c7e11', 'hex');

export const isUuid = (text: unknown): text is Uuid => typeof text === 'string' && SHAPE.test(text);

/** @throws RangeError when `text` is not a lower-case UUID. */
export function uuid(text: string): Uuid {
  if (!isUuid(text)) throw new RangeError(`not a lower-case UUID: ${text}`);
  return text;
}

/**
 * UUIDv5 (RFC 9562 section 5.5) of the canonical JSON of `name`: the same name is the same id, on every machine and for
 * ever.
 */
export function derivedId(name: Json): Uuid {
  const sha1 = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(canonicalJson(name), 'utf8')]), 'hex');
  const variant = ((parseInt(sha1.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  const [a, b, c, d, e] = [
    sha1.slice(0, 8),
    sha1.slice(8, 12),
    sha1.slice(13, 16),
    sha1.slice(17, 20),
    sha1.slice(20, 32),
  ];
  return `${a}-${b}-5${c}-${variant}${d}-${e}` as Uuid;
}

/** 命令编号: one per issuer, person, method, path and Idempotency-Key. */
export const commandIdOf = (issued: {
  issuer: string;
  person: Uuid;
  method: string;
  path: string;
  key: string;
}): Uuid => derivedId([issued.issuer, issued.person, issued.method, issued.path, issued.key]);

/** The id of the case a creating command opens. */
export const caseIdOf = (commandId: Uuid): Uuid => derivedId([commandId, 'case']);

/** The id of the event that stands at `ordinal` (from 0) among those of a command. */
export const eventIdOf = (commandId: Uuid, ordinal: number): Uuid => derivedId([commandId, ordinal]);

/** The id of a subject whose personal data first stands at `pointer` of a command (foundations: sealed data). */
export const subjectIdOf = (commandId: Uuid, pointer: string): Uuid => derivedId([commandId, pointer]);
