import type { ServerReadableStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import {
  AppendReq,
  AppendResp,
  DeleteResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from './commit-check.js';
import { admit, errorFor, type Desk } from './desk.js';
import { empty, expectedFrom, NUMBERED, proposedFrom, textOf } from './messages.js';
import type { Outcome, Proposed } from './store.js';
import { streamDeleted, tooLarge, wrongVersion } from './wire-error.js';

/**
 * Bytes of an append as servers before 25.0 count them: the data only, not metadata and type. A client that counts all
 * stays below either limit.
 */
export const bytesOf = (events: readonly Proposed[]): number => events.reduce((sum, { data }) => sum + data.length, 0);

/** Append: one call, one append; a conflict is an answer and no error. */
export function append(
  desk: Desk,
  call: ServerReadableStream<AppendReq, AppendResp>,
  reply: sendUnaryData<AppendResp>,
) {
  const events: Proposed[] = [];
  let options = new AppendReq.Options();
  call.on('data', (request: AppendReq) => {
    options = request.getOptions() ?? options;
    const message = request.getProposedMessage();
    if (message) events.push(proposedFrom(message));
  });
  call.on('end', () => void answer().then((response) => reply(null, response), refuse));
  call.on('error', () => undefined);

  const refuse = (thrown: unknown): void => {
    const error = errorFor(desk, call, thrown);
    if (error) reply(error);
  };

  const answer = async (): Promise<AppendResp> => {
    const stream = textOf(options.getStreamIdentifier());
    const expected = expectedFrom(options);
    const strike = await admit(desk, call, { method: 'append', operation: 'write', stream });
    if (bytesOf(events) > desk.maxAppendBytes) throw tooLarge(desk.maxAppendBytes);
    const outcome = desk.store.append(stream, expected, events);
    if (strike.after) throw strike.after;
    if (outcome.kind === 'deleted') throw streamDeleted(stream);
    return outcome.kind === 'success'
      ? new AppendResp().setSuccess(succeeded(outcome))
      : new AppendResp().setWrongExpectedVersion(conflicting(expected, outcome.head));
  };
}

function succeeded({ head, position }: Extract<Outcome, { kind: 'success' }>): AppendResp.Success {
  const success = new AppendResp.Success();
  if (head < 0n) success.setNoStream(empty());
  else success.setCurrentRevision(String(head));
  if (position === undefined) return success.setNoPosition(empty());
  const text = String(position);
  return success.setPosition(new AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
}

function conflicting(expected: Expected, head: bigint): AppendResp.WrongExpectedVersion {
  const conflict = new AppendResp.WrongExpectedVersion();
  if (head < 0n) conflict.setCurrentNoStream(empty());
  else conflict.setCurrentRevision(String(head));
  if (expected === 'any') return conflict.setExpectedAny(empty());
  if (expected === 'no-stream') return conflict.setExpectedNoStream(empty());
  if (expected === 'stream-exists') return conflict.setExpectedStreamExists(empty());
  return conflict.setExpectedRevision(String(expected));
}

type Removal = (stream: string, expected: Expected) => Outcome;

interface RemovalRequest {
  getOptions(): DeleteReq.Options | TombstoneReq.Options | undefined;
}

/** Delete and Tombstone: conflicts come as errors with trailers. Returns the position of what was written. */
async function removed(
  desk: Desk,
  call: ServerUnaryCall<RemovalRequest, unknown>,
  method: 'delete' | 'tombstone',
  remove: Removal,
): Promise<string> {
  const options = call.request.getOptions();
  const stream = textOf(options?.getStreamIdentifier());
  const expected = options ? expectedFrom(options) : 'any';
  const strike = await admit(desk, call, { method, operation: 'delete', stream });
  const outcome = remove(stream, expected);
  if (strike.after) throw strike.after;
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'conflict')
    throw wrongVersion(stream, typeof expected === 'bigint' ? expected : NUMBERED[expected], outcome.head);
  return String(outcome.position);
}

export function softDelete(desk: Desk, call: ServerUnaryCall<DeleteReq, DeleteResp>, reply: sendUnaryData<DeleteResp>) {
  removed(desk, call, 'delete', (stream, expected) => desk.store.softDelete(stream, expected)).then(
    (at) =>
      reply(null, new DeleteResp().setPosition(new DeleteResp.Position().setCommitPosition(at).setPreparePosition(at))),
    (thrown: unknown) => replyError(desk, call, reply, thrown),
  );
}

export function tombstone(
  desk: Desk,
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  reply: sendUnaryData<TombstoneResp>,
) {
  removed(desk, call, 'tombstone', (stream, expected) => desk.store.tombstone(stream, expected)).then(
    (at) =>
      reply(
        null,
        new TombstoneResp().setPosition(new TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at)),
      ),
    (thrown: unknown) => replyError(desk, call, reply, thrown),
  );
}

function replyError<T>(desk: Desk, call: ServerUnaryCall<unknown, T>, reply: sendUnaryData<T>, thrown: unknown): void {
  const error = errorFor(desk, call, thrown);
  if (error) reply(error);
}
