import { WrongExpectation, type Expectation, type Instant, type LoggedEvent, type StreamName } from '#libs/kernel';
import { judge } from './commit-check.js';
import type { Heads } from './heads.js';
import { place, type Prepared } from './record.js';
import {
  FORMAT,
  indexKey,
  positionKey,
  streamKey,
  streamRow,
  SUMMARY_KEY,
  summaryRow,
  type StreamRow,
} from './rows.js';
import type { StoredEvents } from './stored-events.js';
import type { Tables } from './tables.js';

/** An append that waits for the next commit. */
export interface Append {
  readonly stream: StreamName;
  readonly expected: Expectation;
  readonly prepared: readonly Prepared[];
  readonly resolve: (events: readonly LoggedEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Pending extends StreamRow {
  /** The events this batch adds, at the revisions up to the head. */
  readonly events: readonly LoggedEvent[];
}

/**
 * The appends of one commit. Each is judged by the durable streams and by what the batch adds before it; nothing is told
 * to anybody until the commit has ended.
 */
export class Batch {
  private readonly pending = new Map<StreamName, Pending>();
  private readonly records: { position: number; stream: number; revision: number; bytes: Buffer }[] = [];
  private readonly settlements: (() => void)[] = [];
  private streams: number;
  private end: number;

  constructor(
    private readonly heads: Heads,
    private readonly stored: StoredEvents,
    private readonly created: Instant,
  ) {
    this.streams = heads.streams;
    this.end = heads.end;
  }

  get writes(): boolean {
    return this.records.length > 0;
  }

  add(append: Append): void {
    try {
      const events = this.outcomeOf(append);
      this.settlements.push(() => append.resolve(events));
    } catch (error) {
      this.settlements.push(() => append.reject(error));
    }
  }

  /** Puts all rows of the batch. Everything that can fail has been done before. */
  stage(tables: Tables, ledger: string): void {
    for (const { position, stream, revision, bytes } of this.records) {
      const key = positionKey(position);
      tables.put('records', key, bytes);
      tables.put('index', indexKey(stream, revision), key);
    }
    for (const row of this.pending.values()) tables.put('streams', streamKey(row.number), streamRow(row));
    const summary = { format: FORMAT, ledger, events: this.end, streams: this.streams };
    tables.put('summary', SUMMARY_KEY, summaryRow(summary));
  }

  /** The commit is durable: the heads move and every append is answered. */
  settle(): void {
    for (const row of this.pending.values()) this.heads.set(row);
    this.heads.endAt(this.end);
    for (const answer of this.settlements) answer();
  }

  private outcomeOf({ stream, expected, prepared }: Append): readonly LoggedEvent[] {
    this.stored.assertSound(stream);
    const pending = this.pending.get(stream);
    const number = pending?.number ?? this.heads.numberOf(stream);
    const head = pending?.head ?? (number === undefined ? undefined : this.heads.headOf(number));
    const ids = prepared.map(({ event }) => event.id);
    const verdict = judge(expected, ids, head, (revision) => {
      const added = addedAt(pending, revision);
      return added ? added.id : this.stored.idAt(stream, number ?? 0, revision);
    });
    switch (verdict.kind) {
      case 'conflict':
        throw new WrongExpectation(stream, expected, verdict.actual);
      case 'repeat':
        return ids.map((_, n) => {
          const revision = verdict.from + n;
          return addedAt(pending, revision) ?? this.stored.eventAt(stream, number ?? 0, revision);
        });
      case 'write':
        return this.write(stream, prepared, number ?? (this.streams += 1), head ?? -1);
    }
  }

  private write(stream: StreamName, prepared: readonly Prepared[], number: number, head: number): LoggedEvent[] {
    const added = prepared.map((one, n) => {
      const position = (this.end += 1);
      const revision = head + 1 + n;
      const event = place(one, stream, { position, number, revision, created: this.created });
      this.records.push({ position, stream: number, revision, bytes: one.bytes });
      return event;
    });
    const events = [...(this.pending.get(stream)?.events ?? []), ...added];
    this.pending.set(stream, { number, name: stream, head: head + added.length, events });
    return added;
  }
}

function addedAt(pending: Pending | undefined, revision: number): LoggedEvent | undefined {
  return pending?.events[revision - (pending.head - pending.events.length + 1)];
}
