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
  constructor(
    readonly code: IdentityRefusalCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
