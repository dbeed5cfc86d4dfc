import {
  eventTypeFilter,
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type Position as LogPosition,
} from '@eventstore/db-client';
import type { Position } from '#libs/kernel';
import { NoAnswer } from './failures.js';
import type { NodeClient } from './node-client.js';
import { logPosition, positionText } from './stored-event.js';

type StoredRecord = NonNullable<AllStreamResolvedEvent['event']>;

export type Received =
  | { readonly kind: 'record'; readonly record: StoredRecord; readonly position: Position }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp' };

/** Which records of the log are asked for: of streams, or of types, that begin with one of these. */
export interface Chosen {
  readonly by: 'stream' | 'type';
  readonly prefixes: readonly string[];
}

/** A checkpoint comes after this many records at most, and the server looks at as many at once while catching up. */
const WINDOW = 256;
const PAUSE_AT = 512;
const RESUME_AT = 64;

/**
 * One subscription to the log, until it drops, as one queue in the order in which the server sent it. The client announces
 * checkpoints and the end as soon as it decodes them, ahead of records that still wait in its buffer: each is put behind
 * as many further records as the buffer held at that moment.
 */
export class Subscription {
  readonly #source: AllStreamSubscription;
  readonly #queue: Received[] = [];
  readonly #held: { readonly behind: number; readonly item: Received }[] = [];
  readonly #confirmation: NodeJS.Timeout;
  #received = 0;
  #ended: Error | undefined;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(
    private readonly client: Pick<NodeClient, 'lost' | 'subscribeToAll'>,
    chosen: Chosen,
    after: Position | undefined,
    confirmWithinMs: number,
  ) {
    const filter = (chosen.by === 'stream' ? streamNameFilter : eventTypeFilter)({
      prefixes: [...chosen.prefixes],
      maxSearchWindow: WINDOW,
      checkpointReached: (_, position: LogPosition) =>
        this.#announce({ kind: 'checkpoint', position: positionText(position) }),
    });
    this.#confirmation = setTimeout(() => this.#end(new NoAnswer('no confirmation')), confirmWithinMs);
    this.#source = client.subscribeToAll({
      fromPosition: after === undefined ? START : logPosition(after),
      requiresLeader: true,
      filter,
    });
    this.#source.on('confirmation', () => clearTimeout(this.#confirmation));
    this.#source.on('caughtUp', () => this.#announce({ kind: 'caughtUp' }));
    this.#source.on('data', ({ event }: AllStreamResolvedEvent) => this.#receive(event));
    this.#source.on('error', (error: Error) => this.#end(error));
    this.#source.on('end', () => this.#end(new Error('the server ended the subscription')));
    client.lost.addEventListener('abort', this.#lost, { once: true });
    if (client.lost.aborted) this.#lost();
  }

  /** The next item; undefined once stopped. What came before a drop is given out before the drop is thrown. */
  async next(): Promise<Received | undefined> {
    for (;;) {
      if (this.#stopped) return undefined;
      const item = this.#queue.shift();
      if (item) {
        if (this.#queue.length === RESUME_AT && this.#source.isPaused()) this.#source.resume();
        return item;
      }
      if (this.#ended) throw this.#ended;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#confirmation);
    this.client.lost.removeEventListener('abort', this.#lost);
    // Rejected when the call was never made.
    this.#source.unsubscribe().catch(() => undefined);
    this.#wake();
  }

  readonly #lost = (): void => this.#end(this.client.lost.reason as Error);

  #announce(item: Received): void {
    const ahead = this.#source.readableLength;
    if (ahead === 0) this.#put(item);
    else this.#held.push({ behind: this.#received + ahead, item });
  }

  #receive(record: StoredRecord | undefined): void {
    this.#received += 1;
    if (record) this.#put({ kind: 'record', record, position: positionText(record.position) });
    while (this.#held[0] && this.#held[0].behind <= this.#received) this.#put(this.#held.shift()?.item);
  }

  #put(item: Received | undefined): void {
    if (!item || this.#ended) return;
    this.#queue.push(item);
    if (this.#queue.length >= PAUSE_AT) this.#source.pause();
    this.#wake();
  }

  #end(error: Error): void {
    clearTimeout(this.#confirmation);
    this.#ended ??= error;
    this.#wake();
  }
}
