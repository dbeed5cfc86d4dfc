import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { documentSubject, ERASED, isDigest, KeyErased, KeyMissing, type Key, type Keys, type Uuid } from '#libs/kernel';
import { flushFolder, isCode, makeFolder } from '../files/index.js';
import type { Logger } from '../log/index.js';
import {
  DocumentDamaged,
  DocumentRefused,
  DocumentStore,
  DocumentStoreFailed,
  type Deposit,
  type OpenedDocument,
  type StoredDocument,
} from './document-store.js';
import { Incoming } from './incoming.js';
import { isName, MEDIA_TYPES } from './media-types.js';
import { FileDamaged, openSealed, SealedWriter, type Plain } from './sealed-file.js';
import { toldBy } from './sniffing.js';

export interface DocumentFolderOptions {
  readonly folder: string;
  readonly bytesMax: number;
  readonly keys: Keys;
  readonly logger: Logger;
}

/**
 * A folder of documents, one sealed file each, named by digest. A document arrives in a file of its own below `incoming`,
 * is flushed, and then takes its name; beside it an empty file names each organ that brought it. Several processes may
 * use one folder: who comes later replaces a file by one that says the same, and so mends a damaged one.
 */
export class DocumentFolder extends DocumentStore {
  readonly bytesMax: number;
  private failed: DocumentStoreFailed | undefined;

  private constructor(
    private readonly options: DocumentFolderOptions,
    private readonly incoming: Incoming,
  ) {
    super();
    this.bytesMax = options.bytesMax;
  }

  /** Opens the folder, making it where it is missing, and sweeps away what was left half-brought. */
  static async open(options: DocumentFolderOptions): Promise<DocumentFolder> {
    const folder = resolve(options.folder);
    return new DocumentFolder({ ...options, folder }, await Incoming.open(join(folder, 'incoming'), options.logger));
  }

  async put(bytes: AsyncIterable<Uint8Array>, deposit: Deposit): Promise<StoredDocument> {
    const path = this.incoming.path();
    try {
      const file = await this.guarded(() => open(path, 'wx+', 0o600));
      try {
        return await this.take(bytes, deposit, { path, file });
      } finally {
        await file.close();
      }
    } finally {
      await rm(path, { force: true });
    }
  }

  async holds(digest: string, organ: Uuid): Promise<boolean> {
    const path = this.pathOf(digest);
    if (!(await this.guarded(async () => (await exists(markOf(path, organ))) && (await exists(path))))) return false;
    const key = await this.options.keys.find(documentSubject(digest));
    if (key === ERASED) return false;
    await (await this.opened(digest, key)).file.close();
    // Another process may have given it its name a moment ago, and died before that was flushed.
    await this.guarded(() => flushFolder(folderOf(path)));
    return true;
  }

  async open(digest: string): Promise<OpenedDocument | 'erased'> {
    const key = await this.options.keys.find(documentSubject(digest));
    if (key === ERASED) return 'erased';
    const { file, plain } = await this.opened(digest, key);
    try {
      const hash = createHash('sha256');
      for await (const part of plain.bytes(0, plain.size)) hash.update(part);
      if (hash.digest('hex') !== digest) throw new FileDamaged('its bytes have another digest');
    } catch (error) {
      await file.close();
      throw this.damagedOrFailed(digest, error);
    }
    return { ...plain, digest, close: () => file.close() };
  }

  close(): Promise<void> {
    return this.incoming.close();
  }

  private async take(
    bytes: AsyncIterable<Uint8Array>,
    deposit: Deposit,
    { path, file }: { readonly path: string; readonly file: FileHandle },
  ): Promise<StoredDocument> {
    const hash = createHash('sha256');
    const writer = new SealedWriter(file);
    for await (const part of limited(bytes, this.bytesMax, hash)) await this.guarded(() => writer.write(part));
    const plain = await this.guarded(() => writer.end());
    const digest = hash.digest('hex');
    if (plain.size === 0) throw new DocumentRefused('DOCUMENT_EMPTY');
    if (deposit.digest !== undefined && deposit.digest !== digest)
      throw new DocumentRefused('DOCUMENT_DIGEST_MISMATCH');
    const type = await this.guarded(() => typeOf(plain, deposit.declared));
    const subject = documentSubject(digest);
    const key = await this.options.keys.obtain(subject).catch((error: unknown) => {
      throw error instanceof KeyErased ? new DocumentRefused('DOCUMENT_ERASED') : error;
    });
    await this.guarded(async () => {
      await writer.seal(subject, key, { size: plain.size, type });
      await this.name(path, this.pathOf(digest), deposit.organ);
    });
    return { digest, size: plain.size, type };
  }

  private async name(arrived: string, path: string, organ: Uuid): Promise<void> {
    await makeFolder(folderOf(path));
    await rename(arrived, path);
    const mark = await open(markOf(path, organ), 'a', 0o600);
    await mark.sync().finally(() => mark.close());
    await flushFolder(folderOf(path));
  }

  private async opened(digest: string, key: Key | undefined) {
    const path = this.pathOf(digest);
    const file = await open(path, 'r').catch((error: unknown) => {
      throw isCode(error, 'ENOENT')
        ? this.damagedOrFailed(digest, new FileDamaged('it is not there'))
        : this.failure(error);
    });
    try {
      if (key === undefined) throw new KeyMissing(documentSubject(digest));
      return { file, plain: await openSealed(file, key) };
    } catch (error) {
      await file.close();
      throw error instanceof KeyMissing ? error : this.damagedOrFailed(digest, error);
    }
  }

  /** An alarm for who looks after the service: bytes that were acknowledged are gone. */
  private damagedOrFailed(digest: string, error: unknown): Error {
    if (!(error instanceof FileDamaged)) return this.failure(error);
    const damaged = new DocumentDamaged(digest, error.message, { cause: error });
    this.options.logger.error(damaged.message, { digest });
    return damaged;
  }

  /** After a flush has failed once, nobody knows what the disk holds: nothing is acknowledged until the next start. */
  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.failed) throw this.failed;
    try {
      return await work();
    } catch (error) {
      throw error instanceof DocumentRefused || error instanceof FileDamaged ? error : this.failure(error);
    }
  }

  private failure(error: unknown): DocumentStoreFailed {
    const failure = error instanceof DocumentStoreFailed ? error : new DocumentStoreFailed(error);
    if (isCode(error, 'EIO')) this.failed ??= failure;
    return failure;
  }

  private pathOf(digest: string): string {
    if (!isDigest(digest)) throw new RangeError('not a digest');
    return join(this.options.folder, digest.slice(0, 2), digest);
  }
}

/** The bytes, counted and hashed on their way. @throws DocumentRefused at the first byte too many. */
async function* limited(bytes: AsyncIterable<Uint8Array>, max: number, hash: Hash): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > max) throw new DocumentRefused('DOCUMENT_TOO_LARGE', { max });
    hash.update(part);
    yield part;
  }
}

/** The media type to store. @throws DocumentRefused when such a file is not taken, or is not what it is said to be. */
async function typeOf(plain: Plain, declared: string | undefined): Promise<string> {
  const told = await toldBy(plain);
  if (!told) throw new DocumentRefused('DOCUMENT_TYPE_UNSUPPORTED');
  const [name] = MEDIA_TYPES[told.kind].names;
  if (declared !== undefined && !isName(told.kind, declared))
    throw new DocumentRefused('DOCUMENT_TYPE_MISMATCH', { declared, found: name });
  return told.charset === undefined ? name : `${name}; charset=${told.charset}`;
}

const folderOf = (path: string): string => join(path, '..');
const markOf = (path: string, organ: Uuid): string => `${path}.${organ}`;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => (isCode(error, 'ENOENT') ? false : Promise.reject(error as Error)),
  );
