import type { Plain } from './sealed-file.js';

/** Up to `length` bytes of the file from `place` on, fewer where it ends. */
export async function bytesAt(file: Plain, place: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file.bytes(place, place + length)) parts.push(part);
  return Buffer.concat(parts);
}

/** Whether the bytes begin with those of `signature`, one character each. */
export const startsWith = (bytes: Buffer, signature: string): boolean =>
  bytes.subarray(0, signature.length).toString('latin1') === signature;
