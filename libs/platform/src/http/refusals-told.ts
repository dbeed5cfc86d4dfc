import type { Instant, Recorder, Viewer } from '#libs/kernel';
import { supervises, type OrganRegister } from '#libs/law';
import type { RefusedAttempt } from '../attempts/index.js';

/** A refusal as it is told: why, where in the command, and when it first was. */
export interface RefusalTold {
  readonly code: string;
  readonly pointer?: string;
  readonly at: Instant;
}

export const refusalTold = ({ code, pointer, refusedAt }: RefusedAttempt): RefusalTold => ({
  code,
  ...(pointer === undefined ? {} : { pointer }),
  at: refusedAt,
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
