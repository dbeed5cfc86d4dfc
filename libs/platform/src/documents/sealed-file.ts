import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { canonicalJson, open, seal, type Key, type Sealed, type Uuid } from '#libs/kernel';

/**
 * A document as it lies on the disk: a header of {@link HEADER_BYTES}, then the bytes in pieces of {@link PIECE_BYTES},
 * each sealed with AES-256-GCM and followed by its tag. The pieces are sealed under a key of this one file, because the
 * digest, and with it the document's own key, is known only when all bytes have come; the header holds that key, size
 * and type, sealed under the document's own key. A nonce is the piece's number, so no piece can take another's place.
 */
const HEADER_BYTES = 1024;
const PIECE_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const MAGIC = 'KESU DOCUMENT 1 ';

/** What the header says once it is opened. */
interface Contents {
  readonly pieceKey: Uint8Array;
  readonly size: number;
  readonly type: string;
}

/** The bytes of a document, to be read at any place. */
export interface Plain {
  readonly size: number;
  /** The bytes from `from` (inclusive) to `to` (exclusive), as far as there are any. */
  bytes(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** The file does not hold what was written. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
}

/** Writes a sealed file as its bytes arrive. Nothing of it can be read before {@link SealedWriter.seal}. */
export class SealedWriter {
  private readonly pieceKey = new Uint8Array(randomBytes(32));
  private readonly pending = Buffer.alloc(PIECE_BYTES);
  private filled = 0;
  private pieces = 0;

  /** @param file a new and empty file, open for reading and writing. */
  constructor(private readonly file: FileHandle) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + PIECE_BYTES - this.filled);
      this.pending.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === PIECE_BYTES) await this.flush();
    }
  }

  /** Ends the bytes. @returns them as they were written, to be looked at. */
  async end(): Promise<Plain> {
    const size = this.pieces * PIECE_BYTES + this.filled;
    if (this.filled > 0) await this.flush();
    return plainOn(this.file, { pieceKey: this.pieceKey, size, type: '' });
  }

  /** Writes the header; the file is whole and durable when this returns. */
  async seal(subject: Uuid, key: Key, { size, type }: Pick<Contents, 'size' | 'type'>): Promise<void> {
    const contents = { pieceKey: Buffer.from(this.pieceKey).toString('base64url'), size, type };
    const sealed = seal(contents, { event: subject, pointer: '/document', subject }, key, randomBytes(12));
    await writeAll(this.file, headerOf(sealed), 0);
    await this.file.sync();
  }

  private async flush(): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', this.pieceKey, nonceOf(this.pieces));
    const sealed = [cipher.update(this.pending.subarray(0, this.filled)), cipher.final(), cipher.getAuthTag()];
    await writeAll(this.file, Buffer.concat(sealed), placeOf(this.pieces));
    this.pieces += 1;
    this.filled = 0;
  }
}

/**
 * Opens a sealed file: its header, and that it has the length the header says. The pieces are checked as they are read.
 * @throws FileDamaged
 */
export async function openSealed(file: FileHandle, key: Key): Promise<Plain & { readonly type: string }> {
  const contents = await contentsOf(file, key);
  const pieces = Math.ceil(contents.size / PIECE_BYTES);
  const expected = HEADER_BYTES + contents.size + pieces * TAG_BYTES;
  const { size } = await file.stat();
  if (size !== expected) throw new FileDamaged(`${size} bytes instead of ${expected}`);
  return plainOn(file, contents);
}

async function contentsOf(file: FileHandle, key: Key): Promise<Contents> {
  const header = await read(file, 0, HEADER_BYTES);
  try {
    const sealed = JSON.parse(header.toString('latin1').slice(MAGIC.length)) as Sealed;
    // Every byte counts, also those that say nothing: what differs was not written by us.
    if (!header.equals(headerOf(sealed))) throw new Error('not as it was written');
    const { pieceKey, size, type } = open(sealed, key) as { pieceKey: string; size: number; type: string };
    return { pieceKey: Buffer.from(pieceKey, 'base64url'), size, type };
  } catch (cause) {
    throw new FileDamaged('its header cannot be read', { cause });
  }
}

function headerOf(sealed: Sealed): Buffer {
  const text = `${MAGIC}${canonicalJson(sealed)}`;
  return Buffer.from(`${text.padEnd(HEADER_BYTES - 1)}\n`, 'latin1');
}

function plainOn(file: FileHandle, { pieceKey, size, type }: Contents): Plain & { readonly type: string } {
  return {
    size,
    type,
    async *bytes(from, to) {
      const end = Math.min(to, size);
      for (let at = Math.max(0, from); at < end;) {
        const number = Math.floor(at / PIECE_BYTES);
        const begin = number * PIECE_BYTES;
        const piece = await pieceOf(file, pieceKey, number, Math.min(PIECE_BYTES, size - begin));
        const part = piece.subarray(at - begin, end - begin);
        yield part;
        at += part.length;
      }
    },
  };
}

async function pieceOf(file: FileHandle, key: Uint8Array, number: number, length: number): Promise<Buffer> {
  const sealed = await read(file, placeOf(number), length + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number)).setAuthTag(sealed.subarray(length));
  const plain = decipher.update(sealed.subarray(0, length));
  try {
    decipher.final();
  } catch (cause) {
    throw new FileDamaged(`piece ${number} does not open`, { cause });
  }
  return plain;
}

const placeOf = (piece: number): number => HEADER_BYTES + piece * (PIECE_BYTES + TAG_BYTES);

function nonceOf(piece: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(piece, 8);
  return nonce;
}

async function read(file: FileHandle, place: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(buffer, done, length - done, place + done);
    if (bytesRead === 0) throw new FileDamaged('it ends too early');
    done += bytesRead;
  }
  return buffer;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, place: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, place + done);
    done += bytesWritten;
  }
}
