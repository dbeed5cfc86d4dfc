import { hash } from 'node:crypto';

/** Bytes of a checksum: SHA-256, cut. Enough against chance and decay; forgery is the proof tree's business. */
export const CHECKSUM_BYTES = 16;

/** Writes the checksum of all that follows it over the first bytes of `bytes`. */
export function stamp(bytes: Buffer): void {
  hash('sha256', bytes.subarray(CHECKSUM_BYTES), 'buffer').copy(bytes, 0, 0, CHECKSUM_BYTES);
}

/** Whether `bytes` begin with the checksum of all that follows. */
export function isIntact(bytes: Buffer): boolean {
  if (bytes.length <= CHECKSUM_BYTES) return false;
  const found = hash('sha256', bytes.subarray(CHECKSUM_BYTES), 'buffer');
  return found.compare(bytes, 0, CHECKSUM_BYTES, 0, CHECKSUM_BYTES) === 0;
}
