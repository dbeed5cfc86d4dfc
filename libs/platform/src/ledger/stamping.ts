import {
  ENVELOPE_VERSION,
  nextInstant,
  type Basis,
  type Clock,
  type Envelope,
  type Instant,
  type JsonObject,
  type Occurrence,
  type Recorder,
  type Uuid,
} from '#libs/kernel';
import { fresh } from './randomness.js';

/** 记录时间: now, or one microsecond after the newest event of the stream when the clock stands before it. */
export function recordingInstant(clock: Clock, last: Instant | undefined): Instant {
  const now = clock.now();
  return last === undefined || now > last ? now : nextInstant(last);
}

export interface Stamp {
  readonly commandId: Uuid;
  readonly commandDigest: string;
  readonly correlationId: Uuid;
  readonly recorder: Recorder;
  readonly basis: Basis;
  readonly occurredAt: Occurrence;
  readonly recordedAt: Instant;
}

/** The envelope of one event. Its salt is new each time: after a conflict the whole event is made anew. */
export function envelopeOf(stamp: Stamp, version: number): JsonObject {
  const envelope: Envelope = {
    envelope: ENVELOPE_VERSION,
    version,
    commandId: stamp.commandId,
    commandDigest: stamp.commandDigest,
    $correlationId: stamp.correlationId,
    $causationId: stamp.commandId,
    recorder: stamp.recorder,
    basis: stamp.basis,
    occurredAt: stamp.occurredAt,
    recordedAt: stamp.recordedAt,
    salt: fresh(32).toString('base64url'),
  };
  return { ...envelope } as unknown as JsonObject;
}
