import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { send, type Desk } from './desk.js';
import type { Strike } from './faults.js';
import { caughtUp, confirmation } from './messages.js';
import { tooSlow } from './wire-error.js';

/** What is sent next, whether the end was reached with it, and whether there was nothing to look at. */
export interface Page {
  readonly messages: readonly ReadResp[];
  readonly atEnd: boolean;
  readonly idle: boolean;
}

/** A subscription as a cursor: it looks at the log when asked, and remembers how far it came. */
export interface Cursor {
  /** What follows the last page. `live` from the first time the end was reached. @throws WireError when it is over. */
  next(live: boolean): Page;
  /** Events that wait to be looked at. */
  backlog(): number;
}

/**
 * Confirms, sends history, says once that it has caught up, and goes on with what is written, until the caller leaves.
 * The cursor waits for a slow caller, so nothing is lost; only a live backlog above the desk's limit ends it, as on a
 * server, which keeps 32 events for a live subscriber.
 */
export async function run(
  desk: Desk,
  call: ServerWritableStream<ReadReq, ReadResp>,
  cursor: Cursor,
  strike: Strike,
): Promise<void> {
  const wakeUp = new WakeUp();
  let live = false;
  let dropped = false;
  const drop = (): void => {
    dropped = true;
    wakeUp.ring();
  };
  const unwatch = desk.store.watch(() => (live && cursor.backlog() > desk.liveBuffer ? drop() : wakeUp.ring()));
  desk.droppers.add(drop);
  for (const event of ['cancelled', 'close']) call.on(event, () => wakeUp.ring());

  let untilDrop = strike.dropAfter ?? Infinity;
  const deliver = async (messages: readonly ReadResp[]): Promise<void> => {
    for (const message of messages) {
      if (dropped || (message.hasEvent() && untilDrop-- <= 0)) throw tooSlow();
      if (!(await send(call, message))) return;
    }
  };

  try {
    await deliver([confirmation(randomUUID())]);
    if (strike.after) throw strike.after;
    while (!call.cancelled) {
      const { messages, atEnd, idle } = cursor.next(live);
      await deliver(messages);
      if (atEnd && !live) {
        live = true;
        await deliver([caughtUp()]);
      } else if (idle && !call.cancelled) await wakeUp.wait();
      if (dropped || untilDrop <= 0) throw tooSlow();
    }
  } finally {
    unwatch();
    desk.droppers.delete(drop);
  }
}

/** Lets one sleeper wait for the next ring; a ring while nobody sleeps is kept. */
class WakeUp {
  #rung = false;
  #sleeper: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#sleeper?.();
  }

  async wait(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => (this.#sleeper = resolve));
    this.#rung = false;
  }
}
