import { recordedFrom, type FactTypes, type Instant, type LoggedEvent, type Recorder, type Uuid } from '#libs/kernel';

/**
 * 命令被拒绝: what an authenticated person asked to be recorded, or done to the service, was refused. Who asked is the
 * recorder; nothing of what they said is kept, neither body nor query, header or a sentence's values.
 */
export interface CommandRefused {
  readonly type: 'CommandRefused';
  readonly data: {
    /** Method and route template: `POST /v1/assistance/:id/steps`. */
    readonly route: string;
    /** The problem's stable code. */
    readonly code: string;
    /** RFC 6901 pointer to the field at fault, where there is one. */
    readonly pointer?: string;
    /** The rule that was the reason, where law is. */
    readonly rule?: string;
  };
}

export const attemptFacts: FactTypes<CommandRefused> = { CommandRefused: { version: 1 } };

/** A refusal as it stands in the attempt log. */
export interface RefusedAttempt {
  readonly commandId: Uuid;
  /** The case the command named, or would have opened; it need not exist. */
  readonly about: Uuid;
  readonly recorder: Recorder;
  readonly refusedAt: Instant;
  readonly route: string;
  readonly code: string;
  readonly pointer?: string;
  readonly rule?: string;
}

/** @throws UnknownFact */
export function attemptIn(event: LoggedEvent): RefusedAttempt {
  const { data, commandId, recorder, recordedAt } = recordedFrom<CommandRefused>(attemptFacts, event);
  // The envelope of an attempt names as correlated what the command was about.
  const about = event.metadata.$correlationId as Uuid;
  return { commandId, about, recorder, refusedAt: recordedAt, ...data };
}
