import { randomUUID } from 'node:crypto';
import { check, type Expected, type WriterView } from './commit-check.js';
import {
  headOf,
  INT64_MAX,
  isMetastream,
  isSoftDeleted,
  metastreamOf,
  originalOf,
  settingsOf,
  withTruncateBefore,
  type StoredEvent,
  type View,
} from './stream-state.js';

export type Proposed = Pick<StoredEvent, 'id' | 'type' | 'json' | 'data' | 'metadata'>;

export type Outcome =
  /** `position` is absent for a repeat of events that can no longer be read. */
  | { readonly kind: 'success'; readonly head: bigint; readonly position?: bigint }
  | { readonly kind: 'conflict'; readonly head: bigint }
  | { readonly kind: 'deleted' };

/** Bytes a record takes beside its names and payload; only makes positions look like byte offsets. */
const RECORD_OVERHEAD = 92;

/** The log in memory: one order, one writer, everything visible to every reader as soon as `append` returns. */
export class Store implements WriterView {
  readonly log: StoredEvent[] = [];
  readonly recent = new Map<string, StoredEvent>();
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #watchers = new Set<() => void>();
  #next = 733n;

  /** @param now the server's clock, milliseconds since 1970. */
  constructor(readonly now: () => number = Date.now) {}

  eventsOf(stream: string): readonly StoredEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const verdict = check(
      this,
      stream,
      expected,
      events.map(({ id }) => id),
    );
    if (verdict.kind === 'repeat') return this.#repeated(verdict.last);
    if (verdict.kind !== 'write') return verdict;
    const revives = isMetastream(stream) && isSoftDeleted(this, originalOf(stream));
    const head = headOf(this, stream);
    const position = this.#write(stream, head + 1n, events);
    if (verdict.undeletes) this.#keepFrom(stream, head + 1n);
    else if (revives) this.#keepFrom(originalOf(stream), headOf(this, originalOf(stream)) + 1n);
    this.#tell();
    return { kind: 'success', head: headOf(this, stream), position };
  }

  /** Hides all events by metadata. The stream can be recreated, and its revisions then go on. */
  softDelete(stream: string, expected: Expected): Outcome {
    const verdict = check(this, stream, expected, [randomUUID()]);
    const head = headOf(this, stream);
    if (verdict.kind === 'deleted') return verdict;
    if (verdict.kind !== 'write' || (head < 0n && headOf(this, metastreamOf(stream)) < 0n))
      return { kind: 'conflict', head };
    const position = this.#writeMetadata(stream, Buffer.from(`{"$tb":${INT64_MAX}}`));
    this.#tell();
    return { kind: 'success', head, position };
  }

  /** Ends the stream for ever, also one that never was. */
  tombstone(stream: string, expected: Expected): Outcome {
    const verdict = check(this, stream, expected, [randomUUID()]);
    if (verdict.kind === 'deleted') return verdict;
    if (verdict.kind !== 'write') return { kind: 'conflict', head: headOf(this, stream) };
    const event = { id: randomUUID(), type: '$streamDeleted', json: false, data: EMPTY, metadata: EMPTY };
    const position = this.#write(stream, INT64_MAX, [event]);
    this.#tell();
    return { kind: 'success', head: INT64_MAX, position };
  }

  /** Calls `watcher` after every write. Returns how to stop that. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** What a server no longer knows after a restart: ids that are not at the expected revision. */
  forgetRecent(): void {
    this.recent.clear();
  }

  /** The log as it was when its last event stood at `position`. */
  until(position: bigint): View {
    const seen = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
      events.filter((event) => event.position <= position);
    return { log: seen(this.log), now: this.now, eventsOf: (stream) => seen(this.eventsOf(stream)) };
  }

  #repeated(last: StoredEvent): Outcome {
    const truncated = last.revision < (settingsOf(this, last.stream).truncateBefore ?? 0n);
    return { kind: 'success', head: last.revision, ...(!truncated && { position: last.position }) };
  }

  /** The second write that undeletes: the old metadata with `$tb` at the first event to be seen. */
  #keepFrom(stream: string, revision: bigint): void {
    const metadata = this.eventsOf(metastreamOf(stream)).at(-1);
    const kept = metadata && withTruncateBefore(metadata.data, revision);
    if (kept) this.#writeMetadata(stream, kept);
  }

  #writeMetadata(stream: string, data: Uint8Array): bigint {
    const event = { id: randomUUID(), type: '$metadata', json: true, data, metadata: EMPTY };
    return this.#write(metastreamOf(stream), headOf(this, metastreamOf(stream)) + 1n, [event]);
  }

  /** Returns the position of the last event, or of the empty write itself. */
  #write(stream: string, first: bigint, events: readonly Proposed[]): bigint {
    let last = this.#next;
    events.forEach((proposed, index) => {
      const { id, type, json, data, metadata } = proposed;
      last = this.#next;
      const revision = first + BigInt(index);
      const stored = { position: last, stream, revision, id, type, json, data, metadata, created: this.now() };
      this.#next += BigInt(RECORD_OVERHEAD + stream.length + type.length + data.length + metadata.length);
      this.log.push(stored);
      this.recent.set(id, stored);
      const events = this.#streams.get(stream);
      if (events) events.push(stored);
      else this.#streams.set(stream, [stored]);
    });
    if (events.length === 0) this.#next += BigInt(RECORD_OVERHEAD);
    return last;
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

const EMPTY = new Uint8Array();
