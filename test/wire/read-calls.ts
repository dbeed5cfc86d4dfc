import type { ServerWritableStream } from '@grpc/grpc-js';
import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { admit, errorFor, send, type Desk } from './desk.js';
import type { Strike } from './faults.js';
import { filterFrom } from './filter.js';
import { notFound, readEvent, textOf } from './messages.js';
import { readAll, readStream, type AllRange } from './reading.js';
import type { StoredEvent, View } from './stream-state.js';
import { AllSubscription } from './subscription-to-all.js';
import { StreamSubscription } from './subscription-to-stream.js';
import { run } from './subscription.js';
import { streamDeleted, unreadable } from './wire-error.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Read: one call for reads and subscriptions of streams and of `$all`. */
export function read(desk: Desk, call: ReadCall): void {
  answer(desk, call).then(
    () => call.end(),
    (thrown: unknown) => {
      const error = errorFor(desk, call, thrown);
      if (error) call.emit('error', error);
    },
  );
}

async function answer(desk: Desk, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw unreadable();
  const method = options.hasSubscription() ? 'subscribe' : 'read';
  const stream = options.hasAll() ? '$all' : textOf(options.getStream()?.getStreamIdentifier());
  const strike = await admit(desk, call, { method, operation: 'read', stream });
  if (method === 'subscribe') return run(desk, call, subscriptionFor(desk, options, stream), strike);
  const view = strike.horizon === undefined ? desk.store : desk.store.until(strike.horizon);
  const found = options.hasAll() ? allEvents(view, options) : streamEvents(view, stream, options);
  if (found === 'not-found') {
    await send(call, notFound(stream));
  } else await sendEvents(desk, call, { view, found, strike });
}

function streamEvents(view: View, stream: string, options: ReadReq.Options): readonly StoredEvent[] | 'not-found' {
  const at = options.getStream();
  const result = readStream(view, stream, {
    from: at?.hasRevision() ? BigInt(at.getRevision()) : at?.hasEnd() ? 'end' : 'start',
    direction: directionOf(options),
    limit: BigInt(options.getCount()),
  });
  if (result.kind === 'events') return result.events;
  if (result.kind === 'not-found') return 'not-found';
  throw result.kind === 'deleted' ? streamDeleted(stream) : unreadable();
}

function allEvents(view: View, options: ReadReq.Options): readonly StoredEvent[] {
  const filter = options.getFilter();
  const wants = filter ? filterFrom(filter).wants : (): boolean => true;
  return readAll(
    view,
    { from: positionFrom(options), direction: directionOf(options), limit: BigInt(options.getCount()) },
    wants,
  );
}

interface Found {
  readonly view: View;
  readonly found: readonly StoredEvent[];
  readonly strike: Strike;
}

/** A read whose answer is lost is lost half way, so that a caller who takes what came for all is found out. */
async function sendEvents(desk: Desk, call: ReadCall, { view, found, strike }: Found): Promise<void> {
  const resolve = call.request.getOptions()?.getResolveLinks() ?? false;
  const sent = strike.after ? found.slice(0, Math.floor(found.length / 2)) : found;
  for (const event of sent) if (!(await send(call, readEvent(view, event, resolve)))) return;
  if (strike.after) throw strike.after;
}

function subscriptionFor(desk: Desk, options: ReadReq.Options, stream: string): AllSubscription | StreamSubscription {
  const resolve = options.getResolveLinks();
  const at = options.getStream();
  if (at) {
    const after = at.hasRevision() ? BigInt(at.getRevision()) : at.hasEnd() ? 'end' : 'start';
    return new StreamSubscription(desk.store, { stream, after, resolve });
  }
  const filter = options.getFilter();
  return new AllSubscription(desk.store, {
    after: positionFrom(options),
    resolve,
    ...(filter && { filter: filterFrom(filter) }),
  });
}

const directionOf = (options: ReadReq.Options): AllRange['direction'] =>
  options.getReadDirection() === ReadReq.Options.ReadDirection.FORWARDS ? 'forwards' : 'backwards';

function positionFrom(options: ReadReq.Options): AllRange['from'] {
  const position = options.getAll()?.getPosition();
  if (position) return BigInt(position.getCommitPosition());
  return options.getAll()?.hasEnd() ? 'end' : 'start';
}
