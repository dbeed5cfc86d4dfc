import {
  APPEND_BYTES_MAX,
  AppendTooLarge,
  assertStorable,
  isUuid,
  type Instant,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import { CHECKSUM_BYTES, isIntact, stamp } from './checksum.js';
import { damageTexts } from './refusal-texts.js';
import { Damage } from './refused.js';

/**
 * A record: checksum · position · stream number · revision · created · event id · lengths · stream name · type · data ·
 * metadata. It names its own place and its stream in full, so that it can stand for itself when a table around it does
 * not. Data and metadata are the JSON text; what is parsed from it has the canonical form of what was given.
 */
const POSITION_AT = CHECKSUM_BYTES;
const NUMBER_AT = POSITION_AT + 8;
const REVISION_AT = NUMBER_AT + 4;
const CREATED_AT = REVISION_AT + 4;
const CREATED_BYTES = 27;
const ID_AT = CREATED_AT + CREATED_BYTES;
const ID_BYTES = 36;
const LENGTHS_AT = ID_AT + ID_BYTES;
const STREAM_AT = LENGTHS_AT + 1 + 2 + 4;
const UINT32 = 2 ** 32;

/** Names are opaque here: long enough for `<ledger>attempts_<category>-<uuid>`. */
export const STREAM_NAME_BYTES_MAX = 255;
const TYPE_BYTES_MAX = 65_535;

/** Where an event came to stand. */
export interface Place {
  readonly position: number;
  readonly number: number;
  readonly revision: number;
  readonly created: Instant;
}

/** An event ready to be stored: all that can fail has been done, only its place is still missing. */
export interface Prepared {
  readonly event: NewEvent;
  readonly bytes: Buffer;
}

/** `position` as the port gives it: 20 digits. */
export const positionText = (position: number): Position => String(position).padStart(20, '0') as Position;

/** @throws RangeError when `text` is not a position of this log. */
export function positionNumber(text: Position): number {
  const position = /^\d{20}$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(position)) throw new RangeError(`not a position of this log: ${text}`);
  return position;
}

/** @throws NotStorable; RangeError for an event that is not of the form; AppendTooLarge when all together exceed the limit. */
export function prepare(stream: string, events: readonly NewEvent[]): Prepared[] {
  let total = 0;
  return events.map((event) => {
    const { id, type } = event;
    assertStorable(event.data);
    assertStorable(event.metadata);
    const data = JSON.stringify(event.data);
    const metadata = JSON.stringify(event.metadata);
    const typeBytes = Buffer.byteLength(type);
    const dataBytes = Buffer.byteLength(data);
    const metadataBytes = Buffer.byteLength(metadata);
    if (!isUuid(id)) throw new RangeError(`not an event id: ${String(id)}`);
    if (typeBytes === 0 || typeBytes > TYPE_BYTES_MAX) throw new RangeError(`not an event type: ${type}`);
    total += dataBytes + metadataBytes;
    if (total > APPEND_BYTES_MAX) throw new AppendTooLarge(`more than ${APPEND_BYTES_MAX} bytes in one append`);
    const streamBytes = Buffer.byteLength(stream);
    const bytes = Buffer.allocUnsafe(STREAM_AT + streamBytes + typeBytes + dataBytes + metadataBytes);
    bytes.write(id, ID_AT, 'latin1');
    bytes.writeUInt8(streamBytes, LENGTHS_AT);
    bytes.writeUInt16BE(typeBytes, LENGTHS_AT + 1);
    bytes.writeUInt32BE(dataBytes, LENGTHS_AT + 3);
    let at = STREAM_AT;
    for (const text of [stream, type, data, metadata]) at += bytes.write(text, at);
    return { event, bytes };
  });
}

/** Gives a prepared event its place and its checksum. Cannot fail for an instant of the kernel's form. */
export function place({ event, bytes }: Prepared, stream: StreamName, where: Place): LoggedEvent {
  bytes.writeUInt32BE(Math.floor(where.position / UINT32), POSITION_AT);
  bytes.writeUInt32BE(where.position % UINT32, POSITION_AT + 4);
  bytes.writeUInt32BE(where.number, NUMBER_AT);
  bytes.writeUInt32BE(where.revision, REVISION_AT);
  bytes.write(where.created, CREATED_AT, CREATED_BYTES, 'latin1');
  stamp(bytes);
  const { id, type, data, metadata } = event;
  const { revision, created } = where;
  return { stream, revision, position: positionText(where.position), id, type, data, metadata, created };
}

/** The bytes of a record that proved intact and to be the one of its position. */
export type IntactRecord = Buffer & { readonly IntactRecord: unique symbol };

/** @throws Damage when the record is missing, not intact or another position's. */
export function intactRecord(position: number, bytes: Buffer | undefined): IntactRecord {
  if (!bytes) throw new Damage(damageTexts.recordMissing(position));
  if (!isIntact(bytes) || bytes.length < STREAM_AT || positionOf(bytes) !== position)
    throw new Damage(damageTexts.record(position));
  return bytes as IntactRecord;
}

const positionOf = (bytes: Buffer): number =>
  bytes.readUInt32BE(POSITION_AT) * UINT32 + bytes.readUInt32BE(POSITION_AT + 4);

export const numberOf = (bytes: IntactRecord): number => bytes.readUInt32BE(NUMBER_AT);
export const revisionOf = (bytes: IntactRecord): number => bytes.readUInt32BE(REVISION_AT);
export const idOf = (bytes: IntactRecord): Uuid => bytes.toString('latin1', ID_AT, ID_AT + ID_BYTES) as Uuid;
export const streamOf = (bytes: IntactRecord): StreamName =>
  bytes.toString('utf8', STREAM_AT, STREAM_AT + bytes.readUInt8(LENGTHS_AT)) as StreamName;

export function eventIn(bytes: IntactRecord): LoggedEvent {
  const typeAt = STREAM_AT + bytes.readUInt8(LENGTHS_AT);
  const dataAt = typeAt + bytes.readUInt16BE(LENGTHS_AT + 1);
  const metadataAt = dataAt + bytes.readUInt32BE(LENGTHS_AT + 3);
  return {
    stream: streamOf(bytes),
    revision: revisionOf(bytes),
    position: positionText(positionOf(bytes)),
    id: idOf(bytes),
    type: bytes.toString('utf8', typeAt, dataAt),
    data: JSON.parse(bytes.toString('utf8', dataAt, metadataAt)) as JsonObject,
    metadata: JSON.parse(bytes.toString('utf8', metadataAt, bytes.length)) as JsonObject,
    created: bytes.toString('latin1', CREATED_AT, CREATED_AT + CREATED_BYTES) as Instant,
  };
}
