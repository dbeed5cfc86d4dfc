import { readEvent } from './messages.js';
import { liveEvents } from './reading.js';
import { headOf, INT64_MAX, isSoftDeleted, isTombstoned, type StoredEvent, type View } from './stream-state.js';
import type { Cursor, Page } from './subscription.js';
import { streamDeleted } from './wire-error.js';

const PAGE_EVENTS_MAX = 32;

/** One stream after a revision, which is left out. A missing stream is waited for, a tombstone ends the subscription. */
export class StreamSubscription implements Cursor {
  readonly #stream: string;
  readonly #resolve: boolean;
  /** Revision of the last event sent. */
  #at: bigint;
  readonly #fromEnd: boolean;

  constructor(
    private readonly view: View,
    { stream, after, resolve }: { stream: string; after: bigint | 'start' | 'end'; resolve: boolean },
  ) {
    this.#stream = stream;
    this.#resolve = resolve;
    this.#fromEnd = after === 'end';
    const head = headOf(view, stream);
    this.#at = after === 'start' ? -1n : after === 'end' ? (head === INT64_MAX ? -1n : head) : after;
  }

  backlog(): number {
    return this.#waiting().length;
  }

  next(): Page {
    if (isTombstoned(this.view, this.#stream)) throw streamDeleted(this.#stream);
    const waiting = this.#waiting();
    const page = waiting.slice(0, PAGE_EVENTS_MAX);
    this.#at = page.at(-1)?.revision ?? this.#at;
    const exists = headOf(this.view, this.#stream) >= 0n && !isSoftDeleted(this.view, this.#stream);
    return {
      messages: page.map((event) => readEvent(this.view, event, this.#resolve)),
      atEnd: page.length === waiting.length && (exists || this.#fromEnd),
      idle: page.length === 0,
    };
  }

  #waiting(): readonly StoredEvent[] {
    return liveEvents(this.view, this.#stream).filter(({ revision }) => revision > this.#at);
  }
}
