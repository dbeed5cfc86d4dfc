import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import type { JsonObject } from './json.js';
import type { Occurrence } from './occurrence.js';

/** The version of the envelope itself; the version of a fact's shape is {@link Envelope.version}. */
export const ENVELOPE_VERSION = 1;

/**
 * 记录人: the authenticated person and the appointment acted under. Who *performed* the act often is somebody else, on
 * paper; that stands in the fact as `by` and is a claim.
 */
export interface Recorder {
  readonly person: Uuid;
  /** Left out when the service itself records (mode, packs, calendar, seeded register). */
  readonly appointment?: Uuid;
  readonly organ?: Uuid;
  readonly delegation?: Uuid;
  readonly issuer: string;
  /** HMAC-SHA-256 of the token's subject under a key of the ledger, base64url: no account name in the log. */
  readonly subjectDigest: string;
  readonly client: string;
}

/** The pack edition that governs a case: its label `<pack>@<effective date>#<edition>` and the SHA-256 (hex) of its content. */
export interface PackBasis {
  readonly edition: string;
  readonly digest: string;
}

/** What law was in hand: digests and revisions of what this ledger had recorded by then. */
export interface Basis {
  /** Left out before a pack applies. */
  readonly pack?: PackBasis;
  /** SHA-256 (hex) of the calendar's canonical content. */
  readonly calendar?: string;
  /** Revision of the organ register's stream. */
  readonly organs?: number;
}

/** The closed list of what every event carries beside its data, as event metadata. Never add order or proof to it. */
export interface Envelope {
  readonly envelope: typeof ENVELOPE_VERSION;
  /** Version of the shape of `data`. */
  readonly version: number;
  readonly commandId: Uuid;
  /**
   * HMAC-SHA-256 of the canonical command under a key of the case: `<generation of the key>.<base64url>`. Once that key is
   * erased, commandId alone decides.
   */
  readonly commandDigest: string;
  readonly $correlationId: Uuid;
  readonly $causationId: Uuid;
  readonly recorder: Recorder;
  readonly basis: Basis;
  readonly occurredAt: Occurrence;
  readonly recordedAt: Instant;
  /** 32 random bytes, base64url: a leaf's hash cannot be guessed from a low-entropy fact. */
  readonly salt: string;
  /** 本人签署: the actor's own signature over the command, where there is one. */
  readonly signature?: JsonObject;
}
