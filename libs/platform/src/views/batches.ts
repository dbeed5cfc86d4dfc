import type { Alarm, Followed, LoggedEvent, Position } from '#libs/kernel';
import type { Batch } from './projection.js';

export interface FollowedBatch extends Batch {
  /** Whether the log's end was reached with this batch, which then may be empty. */
  readonly caughtUp: boolean;
  /** Whether nothing more was waiting. A log that has once been caught up with may leave it at that. */
  readonly drained: boolean;
}

/** How long a piece waits for more before it is handed on, when the log does not say that it is at its end. */
const WAIT_MS = 5;

/**
 * Cuts what is followed into pieces of at most `size` events: big ones while there is history to catch up on, and at the
 * log's end whatever has come. A piece may hold no event, when only the position or the end is new.
 */
export async function* batches(followed: AsyncIterable<Followed>, size: number): AsyncIterable<FollowedBatch> {
  const source = followed[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<Followed>> | undefined;
  try {
    for (;;) {
      const piece = new Piece();
      const waited = new Waiting();
      while (!piece.caughtUp && piece.events.length < size) {
        next ??= source.next();
        const result = await (piece.position === undefined ? next : Promise.race([next, waited.over(WAIT_MS)]));
        if (result === undefined) {
          piece.drained = true;
          break;
        }
        next = undefined;
        if (result.done) return;
        piece.add(result.value);
      }
      waited.end();
      yield piece;
    }
  } finally {
    // The source ends when its signal is aborted; to wait here for what it still fetches would be to wait for the log.
    next?.catch(() => undefined);
    source.return?.().catch(() => undefined);
  }
}

class Piece implements FollowedBatch {
  readonly events: LoggedEvent[] = [];
  readonly alarms: Alarm[] = [];
  position: Position | undefined;
  caughtUp = false;
  drained = false;

  add(item: Followed): void {
    if (item.kind === 'caughtUp') {
      this.caughtUp = true;
      return;
    }
    this.position = item.kind === 'event' ? item.event.position : item.position;
    if (item.kind === 'event') this.events.push(item.event);
    else if (item.kind === 'alarm') this.alarms.push(item.alarm);
  }
}

/** One timer for a whole piece, started when it is first asked for. */
class Waiting {
  private timer: NodeJS.Timeout | undefined;
  private ends: Promise<undefined> | undefined;

  over(milliseconds: number): Promise<undefined> {
    return (this.ends ??= new Promise((resolve) => (this.timer = setTimeout(() => resolve(undefined), milliseconds))));
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
