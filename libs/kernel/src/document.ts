import { derivedId, type Uuid } from './ids.js';
import type { Marked } from './sealed.js';

/**
 * 附件 as a fact cites it: content-addressed, and durable in the document store before the fact is recorded. The bytes are
 * never in the log.
 */
export interface CitedDocument {
  /** SHA-256 of the bytes, lower-case hex. */
  readonly digest: string;
  /** 文件名称, as the recorder calls it in this fact. */
  readonly name: Marked;
}

/** The mark of a fact type whose data cite `documents`: a file's name may name somebody. */
export const documentMarks = { '/documents/*/name': 'text' } as const;

const DIGEST = /^[0-9a-f]{64}$/;

/** Whether `text` is a SHA-256 in lower-case hex. */
export const isDigest = (text: unknown): text is string => typeof text === 'string' && DIGEST.test(text);

/** The documents that the data of a fact cite, in their order. */
export function documentsOf(data: object): readonly CitedDocument[] {
  const { documents } = data as { readonly documents?: unknown };
  if (!Array.isArray(documents)) return [];
  return (documents as readonly CitedDocument[]).filter((cited) => isDigest(cited.digest));
}

/** The subject whose key a document is sealed under: destroying that key makes the document unreadable for ever. */
export const documentSubject = (digest: string): Uuid => derivedId(['document', digest]);
