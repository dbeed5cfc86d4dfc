import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Filter } from './filter.js';
import { checkpoint, readEvent } from './messages.js';
import { isInAll, type AllRange } from './reading.js';
import type { StoredEvent, View } from './stream-state.js';
import type { Cursor, Page } from './subscription.js';

const PAGE_EVENTS_MAX = 32;

/** `$all` after a position, which is left out. With a filter, checkpoints tell how far the server has looked. */
export class AllSubscription implements Cursor {
  readonly #filter: Filter | undefined;
  readonly #resolve: boolean;
  /** Position of the last event looked at. */
  #at: bigint;
  #sinceCheckpoint = 0;

  constructor(
    private readonly view: View,
    { after, resolve, filter }: { after: AllRange['from']; resolve: boolean; filter?: Filter },
  ) {
    this.#filter = filter;
    this.#resolve = resolve;
    this.#at = after === 'start' ? 0n : after === 'end' ? (view.log.at(-1)?.position ?? 0n) : after;
  }

  backlog(): number {
    return this.view.log.length - this.#indexAfter();
  }

  next(live: boolean): Page {
    const start = this.#indexAfter();
    const page = this.view.log.slice(start, start + (this.#filter?.window ?? PAGE_EVENTS_MAX));
    const atEnd = start + page.length === this.view.log.length;
    const pageStart = this.#at;
    this.#at = page.at(-1)?.position ?? this.#at;
    const messages = live ? this.#liveMessages(page) : this.#historyMessages(page, pageStart, atEnd);
    return { messages, atEnd, idle: page.length === 0 };
  }

  /** History: one checkpoint a page at most, at its last match or where it began; none with the last page. */
  #historyMessages(page: readonly StoredEvent[], pageStart: bigint, atEnd: boolean): ReadResp[] {
    const matches = page.filter((event) => this.#wants(event));
    const messages = matches.map((event) => readEvent(this.view, event, this.#resolve));
    if (!this.#filter) return messages;
    this.#sinceCheckpoint += page.length;
    if (atEnd || this.#sinceCheckpoint < this.#filter.checkpointInterval) return messages;
    this.#sinceCheckpoint %= this.#filter.checkpointInterval;
    return [...messages, checkpoint(matches.at(-1)?.position ?? pageStart)];
  }

  /** Live: a checkpoint at the very event that fills the interval, matching or not. */
  #liveMessages(page: readonly StoredEvent[]): ReadResp[] {
    return page.flatMap((event) => {
      const messages = this.#wants(event) ? [readEvent(this.view, event, this.#resolve)] : [];
      this.#sinceCheckpoint += 1;
      if (!this.#filter || this.#sinceCheckpoint < this.#filter.checkpointInterval) return messages;
      this.#sinceCheckpoint = 0;
      return [...messages, checkpoint(event.position)];
    });
  }

  #wants(event: StoredEvent): boolean {
    return isInAll(event) && (this.#filter?.wants(event) ?? true);
  }

  /** Index of the first event beyond the cursor, by halving: positions only grow. */
  #indexAfter(): number {
    let low = 0;
    let high = this.view.log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.view.log[middle]?.position ?? 0n) <= this.#at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
