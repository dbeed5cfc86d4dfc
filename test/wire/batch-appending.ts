import type { ServerDuplexStream } from '@grpc/grpc-js';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { UUID, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb.js';
import { Status } from '@eventstore/db-client/generated/status_pb.js';
import { Any } from 'google-protobuf/google/protobuf/any_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected } from './commit-check.js';
import { admit, errorFor, send, type Desk } from './desk.js';
import { idOf, positionOf, proposedFrom, textOf } from './messages.js';
import type { Outcome, Proposed } from './store.js';
import { identifier, streamDeleted, timedOut, tooLarge, WireError, type BatchRefusal } from './wire-error.js';
import { bytesOf } from './writing.js';

/** What a server allows an append from its first chunk to its last, milliseconds, whatever the client asks for. */
const CHUNKS_MS_MAX = 2_000;
const GRPC_UNKNOWN = 2;

interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: Proposed[];
  readonly timer: NodeJS.Timeout;
}

type BatchStream = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** BatchAppend: many appends on one stream, each in chunks under its own id, answered in the order they are complete. */
export class BatchAppending {
  readonly #pending = new Map<string, Pending>();
  #queue: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly desk: Desk,
    private readonly call: BatchStream,
  ) {
    call.on('data', (request: BatchAppendReq) => this.#receive(request));
    call.on('end', () => void this.#queue.then(() => !this.#ended && call.end()));
    for (const event of ['cancelled', 'error', 'close']) call.on(event, () => this.#forget());
  }

  #receive(request: BatchAppendReq): void {
    const id = idOf(request.getCorrelationId());
    const options = request.getOptions();
    if (options) this.#open(id, options);
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.events.push(...request.getProposedMessagesList().map(proposedFrom));
    if (bytesOf(pending.events) > this.desk.maxAppendBytes) this.#close(id, tooLarge(this.desk.maxAppendBytes));
    else if (request.getIsFinal()) this.#close(id);
  }

  /** The deadline is a moment by the client's clock, so that a client 10 s behind the server gets nothing written. */
  #open(id: string, options: BatchAppendReq.Options): void {
    const stream = textOf(options.getStreamIdentifier());
    const deadline = options.getDeadline();
    const asked = deadline ? deadline.toDate().getTime() - this.desk.store.now() : CHUNKS_MS_MAX;
    const late = (): void => this.#close(id, timedOut('deadline'));
    const timer = setTimeout(late, Math.min(asked, CHUNKS_MS_MAX));
    this.#pending.set(id, { stream, expected: expectedOf(options), events: [], timer });
    if (asked <= 0) late();
  }

  /** Takes a complete append, or one that is refused, off the pending ones and puts its answer in line. */
  #close(id: string, refusal?: WireError): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.#pending.delete(id);
    this.#queue = this.#queue
      .then(() => (refusal ? Promise.reject(refusal) : this.#write(pending)))
      .catch((thrown: unknown) => this.#refused(pending.stream, thrown))
      .then((response) => response && this.#answer(id, pending.stream, response));
  }

  async #write({ stream, expected, events }: Pending): Promise<BatchAppendResp> {
    const strike = await admit(this.desk, this.call, { method: 'batchAppend', operation: 'write', stream });
    const outcome = this.desk.store.append(stream, expected, events);
    if (strike.after) throw strike.after;
    if (outcome.kind === 'deleted') throw streamDeleted(stream);
    return outcome.kind === 'success'
      ? new BatchAppendResp().setSuccess(succeeded(outcome))
      : new BatchAppendResp().setError(failed(conflicting(expected, outcome.head)));
  }

  /** An error with a batch form refuses this append only, any other ends the stream and all appends on it. */
  #refused(stream: string, thrown: unknown): BatchAppendResp | undefined {
    if (thrown instanceof WireError && thrown.batch) return new BatchAppendResp().setError(failed(thrown.batch));
    const error = errorFor(this.desk, this.call, thrown);
    if (error && !this.#ended) {
      this.#ended = true;
      this.call.emit('error', error);
    }
    return undefined;
  }

  async #answer(id: string, stream: string, response: BatchAppendResp): Promise<void> {
    if (this.#ended) return;
    response.setCorrelationId(correlation(id)).setStreamIdentifier(identifier(stream));
    await send(this.call, response);
  }

  #forget(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}

function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}

const correlation = (id: string): UUID => new UUID().setString(id);

function succeeded({ head, position }: Extract<Outcome, { kind: 'success' }>): BatchAppendResp.Success {
  const success = new BatchAppendResp.Success();
  if (head < 0n) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(head));
  return position === undefined ? success.setNoPosition(new Empty()) : success.setPosition(positionOf(position));
}

function conflicting(expected: Expected, head: bigint): BatchRefusal {
  const detail = new WrongExpectedVersion();
  if (head < 0n) detail.setCurrentNoStream(new Empty());
  else detail.setCurrentStreamRevision(String(head));
  if (expected === 'any') detail.setExpectedAny(new Empty());
  else if (expected === 'no-stream') detail.setExpectedNoStream(new Empty());
  else if (expected === 'stream-exists') detail.setExpectedStreamExists(new Empty());
  else detail.setExpectedStreamPosition(String(expected));
  return { type: 'event_store.client.WrongExpectedVersion', detail, text: 'WrongExpectedVersion' };
}

function failed({ type, detail, text }: BatchRefusal): Status {
  const details = new Any();
  details.pack(detail.serializeBinary(), type);
  return new Status().setCode(GRPC_UNKNOWN).setMessage(text).setDetails(details);
}
