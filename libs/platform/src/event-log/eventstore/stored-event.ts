import { jsonEvent, type EventData, type Position as LogPosition, type RecordedEvent } from '@eventstore/db-client';
import {
  fromMilliseconds,
  isUuid,
  storableJson,
  type Alarm,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
} from '#libs/kernel';

const POSITION = /^(\d{20})-(\d{20})$/;
const DIGITS = 20;

/** Twenty digits hold every unsigned 64-bit number, so that text order is log order. */
export const positionText = ({ commit, prepare }: LogPosition): Position =>
  `${String(commit).padStart(DIGITS, '0')}-${String(prepare).padStart(DIGITS, '0')}` as Position;

/** @throws RangeError when `text` is not a position of this log. */
export function logPosition(text: Position): LogPosition {
  const [, commit, prepare] = POSITION.exec(text) ?? [];
  if (commit === undefined || prepare === undefined) throw new RangeError(`not a position of this log: ${text}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** An event as it is sent, and how many bytes of it count. Its data and metadata are stored as canonical JSON. */
export function proposed(event: NewEvent): { readonly sent: EventData; readonly bytes: number } {
  const data = storableJson(event.data);
  const metadata = storableJson(event.metadata);
  return {
    // The client writes an object's members in their own order: those of parsed canonical JSON stand in canonical order.
    sent: jsonEvent({
      id: event.id,
      type: event.type,
      data: JSON.parse(data) as Record<string, unknown>,
      metadata: JSON.parse(metadata) as Record<string, unknown>,
    }),
    bytes: Buffer.byteLength(data) + Buffer.byteLength(metadata),
  };
}

/** The event a record holds, or the alarm it is when it holds none of ours. */
export function eventIn(record: RecordedEvent): LoggedEvent | Alarm {
  const { streamId, id, revision, type, data, metadata, position, created } = record;
  if (!isUuid(id)) return damaged(record, 'its id is not a UUID');
  if (revision < 0n || revision > Number.MAX_SAFE_INTEGER) return damaged(record, 'its revision is out of range');
  if (!record.isJson || !isObject(data)) return damaged(record, 'its data is not a JSON object');
  if (!isObject(metadata)) return damaged(record, 'its metadata is not a JSON object');
  if (!position) return damaged(record, 'it has no position');
  return {
    id,
    type,
    data,
    metadata,
    stream: streamId as StreamName,
    revision: Number(revision),
    position: positionText(position),
    created: fromMilliseconds(created.getTime()),
  };
}

export const isAlarm = (found: LoggedEvent | Alarm): found is Alarm => 'reason' in found;

const damaged = (record: RecordedEvent, why: string): Alarm => ({
  stream: record.streamId,
  reason: 'damaged-record',
  detail: `event ${record.id} at revision ${record.revision}: ${why}`,
});

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
