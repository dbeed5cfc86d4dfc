import {
  attemptsOf,
  derivedId,
  ledgerSubject,
  streamName,
  WrongExpectation,
  type Basis,
  type Clock,
  type EventLog,
  type Instant,
  type Keys,
  type LoggedEvent,
  type NewEvent,
  type Recorder,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import { commandDigest, envelopeOf, eventsIn, recordingInstant } from '../ledger/index.js';
import { attemptFacts, attemptIn, type CommandRefused, type RefusedAttempt } from './command-refused.js';
import type { RefusalLimit } from './refusal-limit.js';

/** What was refused: to whom, of which command, and why. */
export interface Refused extends Omit<RefusedAttempt, 'refusedAt'> {
  readonly recorder: Recorder;
}

export interface AttemptParts {
  readonly log: EventLog;
  readonly ledger: string;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly law: { readonly inHand: { readonly basis: Basis } };
  readonly limit: RefusalLimit;
}

/**
 * 尝试日志: what authenticated persons were refused, one event for each code of a command, in a companion of the ledger. A
 * refusal binds nobody: the command is decided again when it is repeated, and what was recorded outranks it.
 */
export class Attempts {
  constructor(private readonly parts: AttemptParts) {}

  /** Before anything is decided for `person`. @throws TooManyRefusals */
  assertBelowLimit(person: Uuid): void {
    this.parts.limit.assertBelow(person);
  }

  /**
   * Keeps a refusal; it is durable when this returns. The same code of the same command again, also after a crash and from
   * another process, adds nothing.
   * @throws TooManyRefusals, and nothing is kept; LogUnavailable, IntegrityBroken: it is not known to be kept.
   */
  async keep(refused: Refused): Promise<void> {
    this.parts.limit.take(refused.recorder.person);
    const stream = this.streamOf(refused.commandId);
    const id = derivedId([refused.commandId, 'refused', refused.code]);
    let last: LoggedEvent | undefined;
    for (;;) {
      const event = await this.drafted(refused, id, last?.metadata.recordedAt as Instant | undefined);
      try {
        await this.parts.log.append(stream, last ? last.revision : 'no-stream', [event]);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectation)) throw error;
      }
      const there = await this.parts.log.readStream(stream);
      if (there.some((kept) => kept.id === id)) return;
      last = there.at(-1);
    }
  }

  /** What the command was refused for, each code when it first was. @throws LogUnavailable, IntegrityBroken */
  async of(commandId: Uuid): Promise<readonly RefusedAttempt[]> {
    return (await eventsIn(this.parts.log, this.streamOf(commandId))).map(attemptIn);
  }

  private streamOf(commandId: Uuid): StreamName {
    return streamName(attemptsOf(this.parts.ledger), 'command', commandId);
  }

  private async drafted(refused: Refused, id: Uuid, after: Instant | undefined): Promise<NewEvent> {
    const { ledger, clock, keys, law } = this.parts;
    const { commandId, about, recorder, route, code, pointer, rule } = refused;
    const data: CommandRefused['data'] = {
      route,
      code,
      ...(pointer === undefined ? {} : { pointer }),
      ...(rule === undefined ? {} : { rule }),
    };
    const key = await keys.obtain(ledgerSubject(ledger));
    const recordedAt = recordingInstant(clock, after);
    const stamp = {
      commandId,
      // Of what the event itself says: a digest of the body would let a guess at it be confirmed.
      commandDigest: commandDigest(['refused', { ...data }], { key, generation: 1 }),
      correlationId: about,
      recorder,
      basis: law.inHand.basis,
      occurredAt: { at: recordedAt },
      recordedAt,
    };
    const metadata = envelopeOf(stamp, attemptFacts.CommandRefused.version);
    return { id, type: 'CommandRefused', data: data, metadata };
  }
}
