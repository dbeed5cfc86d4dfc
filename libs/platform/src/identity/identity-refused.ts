import type { Recorder } from '#libs/kernel';

export type IdentityRefusalCode =
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'ISSUER_UNAVAILABLE'
  | 'PERSON_NOT_REGISTERED'
  | 'NO_APPOINTMENT'
  | 'ACTING_AS_REQUIRED'
  | 'ACTING_AS_MALFORMED'
  | 'ACTING_AS_NOT_HELD';

/** The request does not come from somebody who may be dealt with. The Chinese sentences stand in http/texts.ts. */
export class IdentityRefused extends Error {
  override readonly name = 'IdentityRefused';
  /** Who it is all the same, where the person is known and only the appointment is not theirs. */
  readonly who: Recorder | undefined;

  constructor(
    readonly code: IdentityRefusalCode,
    { who, ...options }: ErrorOptions & { readonly who?: Recorder } = {},
  ) {
    super(code, options);
    this.who = who;
  }
}
