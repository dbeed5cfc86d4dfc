import { IntegrityBroken, type Alarm, type LoggedEvent, type StreamName } from '#libs/kernel';
import type { Heads } from './heads.js';
import { eventIn, idOf, intactRecord, numberOf, revisionOf, streamOf, type IntactRecord } from './record.js';
import { damageTexts } from './refusal-texts.js';
import { Damage } from './refused.js';
import { indexKey, positionIn, positionKey } from './rows.js';
import type { Tables, TableName } from './tables.js';

/** One position read: the event, or what is wrong with it; and how many stored bytes that took. */
export type Found = { readonly position: number; readonly bytes: number } & (
  { readonly event: LoggedEvent } | { readonly alarm: Alarm }
);

/**
 * The durable events. Whatever is read is checked, and an event that must be there and is not counts as damaged. A
 * stream once found damaged is neither served nor appended to by this process.
 */
export class StoredEvents {
  private readonly broken = new Map<string, Alarm>();
  private intact = true;

  constructor(
    private readonly tables: Tables,
    private readonly heads: Heads,
  ) {}

  /** Whether nothing read so far was damaged. */
  get sound(): boolean {
    return this.intact;
  }

  get alarms(): readonly Alarm[] {
    return [...this.broken.values()];
  }

  /** @throws IntegrityBroken when `stream` is known to be damaged. */
  assertSound(stream: StreamName): void {
    const alarm = this.broken.get(stream);
    if (alarm) throw new IntegrityBroken(alarm);
  }

  /** The event at a revision that is known to exist. @throws IntegrityBroken */
  eventAt(stream: StreamName, number: number, revision: number): LoggedEvent {
    return this.read(stream, number, revision, eventIn);
  }

  /** The id of the event at a revision that is known to exist. @throws IntegrityBroken */
  idAt(stream: StreamName, number: number, revision: number): LoggedEvent['id'] {
    return this.read(stream, number, revision, idOf);
  }

  /** What stands at a position that is known to exist; undefined when its stream is not one of `own`. */
  at(position: number, own: (stream: string) => boolean): Found | undefined {
    try {
      const record = this.record(position);
      return own(streamOf(record)) ? { position, bytes: record.length, event: eventIn(record) } : undefined;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      const stream = this.streamAt(position);
      const alarm = this.alarm(stream ?? '', error.message);
      return stream === undefined || own(stream) ? { position, bytes: 0, alarm } : undefined;
    }
  }

  private read<T>(stream: StreamName, number: number, revision: number, take: (record: IntactRecord) => T): T {
    try {
      const position = positionIn(this.row('index', indexKey(number, revision)) ?? Buffer.alloc(0));
      if (position < 1 || position > this.heads.end) throw new Damage(damageTexts.index(stream, revision));
      const record = this.record(position);
      if (numberOf(record) !== number || revisionOf(record) !== revision || streamOf(record) !== stream)
        throw new Damage(damageTexts.index(stream, revision));
      return take(record);
    } catch (error) {
      if (error instanceof Damage) throw new IntegrityBroken(this.alarm(stream, error.message));
      throw error;
    }
  }

  private record(position: number): IntactRecord {
    return intactRecord(position, this.row('records', positionKey(position)));
  }

  private row(table: TableName, key: Buffer): Buffer | undefined {
    try {
      return this.tables.get(table, key);
    } catch (error) {
      throw new Damage(error instanceof Error ? error.message : String(error));
    }
  }

  private alarm(stream: string, detail: string): Alarm {
    const alarm: Alarm = { stream, reason: 'damaged-record', detail };
    this.intact = false;
    if (stream !== '') this.broken.set(stream, alarm);
    return alarm;
  }

  /** Whose a damaged record is, from the index: it is rare enough to look at every row. */
  private streamAt(position: number): string | undefined {
    try {
      for (const { key, value } of this.tables.rows('index', indexKey(0, 0)))
        if (positionIn(value) === position) return this.heads.nameOf(key.readUInt32BE(0));
    } catch {
      // The index is damaged as well: the alarm goes without a name.
    }
    return undefined;
  }
}
