import { mp4KindOf, isMp3 } from './recordings.js';
import type { MediaKind } from './media-types.js';
import { compoundKindOf } from './compound-file.js';
import { packageKindOf } from './package-file.js';
import { bytesAt, startsWith } from './looking.js';
import type { Plain } from './sealed-file.js';
import { charsetOf } from './text-file.js';

/** What a file's own bytes say it is. */
export interface Told {
  readonly kind: MediaKind;
  /** Of a text. */
  readonly charset?: 'utf-8' | 'gb18030';
}

const HEAD_BYTES = 64;

/**
 * What `file` is, by its bytes alone: neither its name nor what it is said to be counts. Undefined when it is nothing
 * the store takes: programs, scripts, pages and pictures that can carry them (HTML, SVG), archives, documents with macros.
 */
export async function toldBy(file: Plain): Promise<Told | undefined> {
  const head = await bytesAt(file, 0, HEAD_BYTES);
  const signed = await bySignature(file, head);
  if (signed !== 'none') return signed && { kind: signed };
  const charset = await charsetOf(file);
  return charset && { kind: 'text', charset };
}

/** `none` when no signature is known; undefined when one is, of a file that is not taken. */
async function bySignature(file: Plain, head: Buffer): Promise<MediaKind | undefined | 'none'> {
  const simple = SIGNATURES.find(([signature]) => startsWith(head, signature));
  if (simple) return simple[1];
  if (startsWith(head, 'PK\u0003\u0004')) return packageKindOf(file);
  if (startsWith(head, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return compoundKindOf(file);
  if (startsWith(head, 'RIFF')) return head.subarray(8, 12).toString('latin1') === 'WAVE' ? 'wav' : undefined;
  if (head.subarray(4, 8).toString('latin1') === 'ftyp') return mp4KindOf(head);
  return (await isMp3(file, head)) ? 'mp3' : 'none';
}

/** Each written as its bytes. */
const SIGNATURES: readonly (readonly [signature: string, kind: MediaKind])[] = [
  ['%PDF-', 'pdf'],
  ['\u0089PNG\r\n\u001a\n', 'png'],
  ['\u00ff\u00d8\u00ff', 'jpeg'],
  ['II*\u0000', 'tiff'],
  ['MM\u0000*', 'tiff'],
  ['#!AMR\n', 'amr'],
];
