import { commonRefusals, type Instant, type Recorder, type Viewer } from '#libs/kernel';
import { supervises, type OrganRegister } from '#libs/law';
import type { RefusedAttempt } from '../attempts/index.js';
import { citedRule, sentenceOfCode, type RefusalTexts } from './problem.js';

/** A refusal as it is told: why, in a sentence too, where in the command, by which rule, and when it first was. */
export interface RefusalTold {
  readonly code: string;
  readonly pointer?: string;
  readonly rule?: string;
  readonly article?: string;
  readonly at: Instant;
  readonly says: string;
}

/** @param texts the sentences of the system's own refusals. */
export const refusalTold =
  (texts: RefusalTexts) =>
  ({ code, pointer, rule, refusedAt }: RefusedAttempt): RefusalTold => ({
    code,
    ...(pointer === undefined ? {} : { pointer }),
    ...citedRule(rule),
    at: refusedAt,
    says: sentenceOfCode(code, { ...commonRefusals, ...texts }),
  });

/**
 * The organs a refused person stands under supervision of: the one acted for; or, where they acted for none, those they
 * ever held an appointment in.
 */
export const mayReview = (register: OrganRegister, viewer: Viewer, { person, organ }: Recorder): boolean =>
  organ === undefined
    ? [...register.appointments.values()].some(
        (held) => held.person === person && supervises(register, viewer, held.organ),
      )
    : supervises(register, viewer, organ);
