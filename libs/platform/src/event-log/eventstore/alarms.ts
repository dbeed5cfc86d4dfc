import type { RecordedEvent } from '@eventstore/db-client';
import { IntegrityBroken, type Alarm } from '#libs/kernel';

/** The type of the event that ends a stream for ever. */
export const TOMBSTONE = '$streamDeleted';
/** What the server writes as `$tb` when a stream is deleted: 2^63−1, which a JSON parser rounds. */
const DELETED_FROM = 2 ** 63 - 1;

/** 警报: the streams found tampered with or damaged since this log was opened. The first finding of a stream stays. */
export class Alarms {
  readonly #byStream = new Map<string, Alarm>();

  constructor(private readonly onNew: (alarm: Alarm) => void) {}

  get size(): number {
    return this.#byStream.size;
  }

  get all(): readonly Alarm[] {
    return [...this.#byStream.values()];
  }

  raise(alarm: Alarm): Alarm {
    const first = this.#byStream.get(alarm.stream);
    if (first) return first;
    this.#byStream.set(alarm.stream, alarm);
    this.onNew(alarm);
    return alarm;
  }

  /** @throws IntegrityBroken when `stream` has an alarm. */
  check(stream: string): void {
    const alarm = this.#byStream.get(stream);
    if (alarm) throw new IntegrityBroken(alarm);
  }

  /** Raises `alarm` and refuses with it. */
  refuse(alarm: Alarm): never {
    this.raise(alarm);
    throw new IntegrityBroken(alarm);
  }
}

export const metastreamOf = (stream: string): string => `$$${stream}`;

/** The alarm that a record means just by being there: any record of a metastream, and a tombstone. */
export function tamperingIn(record: RecordedEvent): Alarm | undefined {
  const { streamId, type } = record;
  if (type === TOMBSTONE) return { stream: streamId, reason: 'stream-deleted', detail: 'the stream has a tombstone' };
  if (!streamId.startsWith('$$')) return undefined;
  const stream = streamId.slice(2);
  const truncatedBefore = (record.data as Record<string, unknown> | null)?.['$tb'];
  return typeof truncatedBefore === 'number' && truncatedBefore >= DELETED_FROM
    ? {
        stream,
        reason: 'stream-deleted',
        detail: `the stream was deleted by ${streamId} at revision ${record.revision}`,
      }
    : { stream, reason: 'metadata-written', detail: `${streamId} holds ${type} at revision ${record.revision}` };
}
