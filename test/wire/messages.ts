import { AllStreamPosition, Empty, UUID, type StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Map as ProtoMap } from 'google-protobuf';
import type { Expected } from './commit-check.js';
import { linkedBy } from './reading.js';
import type { Proposed } from './store.js';
import type { StoredEvent, View } from './stream-state.js';
import { identifier } from './wire-error.js';

const TICKS_PER_MILLISECOND = 10_000n;

export const textOf = (stream: StreamIdentifier | undefined): string =>
  Buffer.from(stream?.getStreamName_asU8() ?? []).toString('utf8');

export const positionOf = (position: bigint): AllStreamPosition =>
  new AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));

/** Both forms of an id: text, and two signed halves. */
export function idOf(id: UUID | undefined): string {
  const halves = id?.getStructured();
  if (!halves) return id?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): ProtoMap<string, string>;
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

export const proposedFrom = (message: ProposedMessage): Proposed => ({
  id: idOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  json: message.getMetadataMap().get('content-type') === 'application/json',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

interface ExpectedRevision {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedFrom(options: ExpectedRevision): Expected {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}

/** The numbers by which trailers name expectations that are not revisions. */
export const NUMBERED = { any: -2n, 'no-stream': -1n, 'stream-exists': -4n } as const;

/** One event as a reader gets it; with `resolve`, a link brings what it links to. */
export function readEvent(view: View, event: StoredEvent, resolve: boolean): ReadResp {
  const message = new ReadResp.ReadEvent().setCommitPosition(String(event.position));
  const target = resolve ? linkedBy(view, event) : 'no-link';
  if (target === 'no-link') message.setEvent(recorded(event));
  else message.setLink(recorded(event)).setEvent(target && recorded(target));
  return new ReadResp().setEvent(message);
}

function recorded(event: StoredEvent): ReadResp.ReadEvent.RecordedEvent {
  const message = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setPreparePosition(String(event.position))
    .setCommitPosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  message
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(BigInt(Math.floor(event.created)) * TICKS_PER_MILLISECOND))
    .set('content-type', event.json ? 'application/json' : 'application/octet-stream');
  return message;
}

export const confirmation = (id: string): ReadResp =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUp = (): ReadResp => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());

export const checkpoint = (position: bigint): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const notFound = (stream: string): ReadResp =>
  new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)));

export const empty = (): Empty => new Empty();
