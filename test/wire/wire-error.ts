import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import {
  AccessDenied,
  Empty,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  StreamIdentifier,
  Timeout,
  Unknown,
} from '@eventstore/db-client/generated/shared_pb.js';
import type { Message } from 'google-protobuf';

/** An address a client can connect to. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How one append of a batch stream is refused without ending the stream: a typed detail and a text. */
export interface BatchRefusal {
  readonly type: string;
  readonly detail: Message;
  readonly text: string;
}

/** An answer that is an error: a gRPC status with trailers, and for appends on a batch stream, if it has one, that form. */
export class WireError extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
    readonly trailers: Readonly<Record<string, string>> = {},
    readonly batch?: BatchRefusal,
  ) {
    super(details);
  }

  toServiceError(): ServiceError {
    const metadata = new Metadata();
    for (const [key, value] of Object.entries(this.trailers)) metadata.set(key, value);
    return Object.assign(new Error(this.details), { code: this.code, details: this.details, metadata });
  }
}

/** The connection of the call is destroyed instead of an answer. */
export class ConnectionCut extends Error {}

/** The call is never answered. */
export class NoAnswer extends Error {}

const refusal = (name: string, detail: Message, text = name): BatchRefusal => ({
  type: `event_store.client.${name}`,
  detail,
  text,
});

export const notLeader = ({ host, port }: Endpoint): WireError =>
  new WireError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): WireError =>
  new WireError(
    status.FAILED_PRECONDITION,
    `Event stream '${stream}' is deleted.`,
    { exception: 'stream-deleted', 'stream-name': stream },
    refusal('StreamDeleted', new StreamDeleted().setStreamIdentifier(identifier(stream))),
  );

/** Of a delete; an append answers a conflict in its response. */
export const wrongVersion = (stream: string, expected: bigint, actual: bigint): WireError =>
  new WireError(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );

export const tooLarge = (maximum: number): WireError =>
  new WireError(
    status.INVALID_ARGUMENT,
    `Maximum Append Size of ${maximum} Exceeded.`,
    { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(maximum) },
    refusal('MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(maximum)),
  );

export const accessDenied = (): WireError =>
  new WireError(
    status.PERMISSION_DENIED,
    'Access Denied',
    { exception: 'access-denied' },
    refusal('AccessDenied', new AccessDenied()),
  );

export const unauthenticated = (): WireError => new WireError(status.UNAUTHENTICATED, 'Unauthenticated');

export const timedOut = (what: string): WireError =>
  new WireError(status.ABORTED, `Operation timed out: ${what}`, {}, refusal('Timeout', new Timeout()));

export const tooSlow = (): WireError =>
  timedOut('Consumer too slow to handle event while live. Client resubscription required.');

/** What a writer gets whose leader is lost while the write is under way: no text at all. */
export const unknownOutcome = (): WireError =>
  new WireError(status.UNKNOWN, '', {}, refusal('Unknown', new Unknown(), ''));

export const notReady = (): WireError =>
  new WireError(
    status.UNAVAILABLE,
    'Server Is Not Ready',
    {},
    { type: 'event_store.client.Empty', detail: new Empty(), text: 'Server Is Not Ready' },
  );

export const unavailable = (): WireError => new WireError(status.UNAVAILABLE, 'Service unavailable');

export const unreadable = (): WireError => new WireError(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');

export function identifier(stream: string): StreamIdentifier {
  return new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}
