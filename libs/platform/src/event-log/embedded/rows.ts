import { CHECKSUM_BYTES, isIntact, stamp } from './checksum.js';
import { damageTexts } from './refusal-texts.js';
import { Damage } from './refused.js';

/**
 * The keys of the four tables and the rows of the small ones. All numbers are big-endian, so that byte order is number
 * order. A position fits 48 bits here (2.8 · 10^14 events); a stream's number and a revision fit 32.
 */
const UINT32 = 2 ** 32;

export function positionKey(position: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(Math.floor(position / UINT32), 0);
  key.writeUInt32BE(position % UINT32, 4);
  return key;
}

/** The position in an 8-byte key or index row, or 0, which no event has. */
export const positionIn = (bytes: Buffer): number =>
  bytes.length === 8 ? bytes.readUInt32BE(0) * UINT32 + bytes.readUInt32BE(4) : 0;

export function streamKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(number, 0);
  return key;
}

export function indexKey(stream: number, revision: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(stream, 0);
  key.writeUInt32BE(revision, 4);
  return key;
}

/** What is kept of one stream: its name under its number, and its last revision. */
export interface StreamRow {
  readonly number: number;
  readonly name: string;
  readonly head: number;
}

const NAME_AT = CHECKSUM_BYTES + 8;

export function streamRow({ number, name, head }: StreamRow): Buffer {
  const bytes = Buffer.allocUnsafe(NAME_AT + Buffer.byteLength(name));
  bytes.writeUInt32BE(number, CHECKSUM_BYTES);
  bytes.writeUInt32BE(head, CHECKSUM_BYTES + 4);
  bytes.write(name, NAME_AT);
  stamp(bytes);
  return bytes;
}

/** @throws Damage when the row is missing, not intact or another stream's. */
export function readStreamRow(number: number, bytes: Buffer | undefined): StreamRow {
  if (!bytes || bytes.length <= NAME_AT || !isIntact(bytes) || bytes.readUInt32BE(CHECKSUM_BYTES) !== number)
    throw new Damage(damageTexts.stream(number));
  return { number, head: bytes.readUInt32BE(CHECKSUM_BYTES + 4), name: bytes.toString('utf8', NAME_AT) };
}

/** 总登记: whose log this is and how much is in it. Rewritten with every commit. */
export interface Summary {
  /** Version of the layout of all tables. */
  readonly format: number;
  readonly ledger: string;
  readonly events: number;
  readonly streams: number;
}

export const FORMAT = 1;
export const SUMMARY_KEY = Buffer.from('summary');

export function summaryRow(summary: Summary): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(CHECKSUM_BYTES), Buffer.from(JSON.stringify(summary))]);
  stamp(bytes);
  return bytes;
}

/** @throws Damage when the row is missing or not intact. */
export function readSummary(bytes: Buffer | undefined): Summary {
  if (!bytes || !isIntact(bytes)) throw new Damage(damageTexts.summary);
  return JSON.parse(bytes.toString('utf8', CHECKSUM_BYTES)) as Summary;
}
