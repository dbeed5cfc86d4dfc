import type { Uuid } from '#libs/kernel';

/** What a document is: content-addressed, so the same bytes are the same document, whoever brings them. */
export interface StoredDocument {
  /** SHA-256 of the bytes, lower-case hex. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Media type, as its bytes tell it. */
  readonly type: string;
}

/** How a document is brought. */
export interface Deposit {
  /** The organ that brings it: only that organ's facts may then cite it. */
  readonly organ: Uuid;
  /** The media type it is said to have, without parameters; left out when nothing is said. */
  readonly declared?: string;
  /** The digest its bytes must have, if the caller knows it. */
  readonly digest?: string;
}

/** A document whose every byte was checked against its digest. It is let go of when `bytes` ends, or by `close`. */
export interface OpenedDocument extends StoredDocument {
  /** The bytes from `from` (inclusive) to `to` (exclusive), once. They are checked again on their way. */
  bytes(from: number, to: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * 文件库: the documents that facts cite. It has no way to change or list them. At rest each is sealed under the key of
 * `documentSubject(digest)`; once that key is destroyed, nobody reads it any more. Several processes may share one.
 * Abstract, so that a folder and an object store can both be one, and so that it can be asked for by name.
 */
export abstract class DocumentStore {
  /** The most bytes a document may have. */
  abstract readonly bytesMax: number;

  /**
   * Takes a document in, as it arrives: memory does not grow with it. Durable when it returns; when it throws or the
   * process dies, nothing is stored. The same bytes again are answered in the same way and are there once, and neither
   * the answer nor the work done for it tells whether they were there before.
   * @throws DocumentRefused; DocumentStoreFailed; whatever `bytes` throws.
   */
  abstract put(bytes: AsyncIterable<Uint8Array>, deposit: Deposit): Promise<StoredDocument>;

  /**
   * Whether `organ` brought this document, it is durable, and it was not erased. Without asking for the organ, anybody
   * could learn whether others hold a file, or read one whose digest they came across.
   * @throws DocumentDamaged; DocumentStoreFailed
   */
  abstract holds(digest: string, organ: Uuid): Promise<boolean>;

  /**
   * The document, each of its bytes checked against the digest before this returns.
   * @returns `erased` when its key was destroyed. @throws DocumentDamaged, also when it is not there; DocumentStoreFailed
   */
  abstract open(digest: string): Promise<OpenedDocument | 'erased'>;

  abstract close(): Promise<void>;
}

export type DocumentRefusalCode =
  | 'DOCUMENT_EMPTY'
  | 'DOCUMENT_TOO_LARGE'
  | 'DOCUMENT_TYPE_UNSUPPORTED'
  | 'DOCUMENT_TYPE_MISMATCH'
  | 'DOCUMENT_DIGEST_MISMATCH'
  | 'DOCUMENT_ERASED';

/** The document is not taken in, and nothing of it is kept. The Chinese sentences stand in http/texts.ts. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused';
  constructor(
    readonly code: DocumentRefusalCode,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

/** What is stored is not what was stored: not one byte of it is served. */
export class DocumentDamaged extends Error {
  override readonly name = 'DocumentDamaged';
  constructor(
    readonly digest: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`文件库中的文件 ${digest} 已损坏或丢失（${reason}），请从备份中恢复`, options);
  }
}

/** The store cannot be used now: the disk is full, or cannot be read or flushed. Nothing was acknowledged. */
export class DocumentStoreFailed extends Error {
  override readonly name = 'DocumentStoreFailed';
  constructor(cause: unknown) {
    super(`文件库不可用：${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
