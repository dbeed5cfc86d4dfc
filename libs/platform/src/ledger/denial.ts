/** Why the platform does not do what it was asked, whatever the system. The Chinese sentences stand in http/texts.ts. */
export type DenialCode =
  | 'CASE_NOT_FOUND'
  | 'NOT_ENTITLED'
  | 'IF_MATCH_REQUIRED'
  | 'IF_MATCH_STALE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'OCCURRED_IN_FUTURE'
  | 'VIEWS_BEHIND'
  | 'VIEWS_NOT_HERE'
  | 'VIEWS_UNAVAILABLE'
  | 'PURPOSE_REQUIRED'
  | 'DOCUMENT_UNKNOWN'
  | 'DOCUMENT_NOT_FOUND'
  | 'REVISION_UNKNOWN'
  | 'POSITION_UNKNOWN'
  | 'CASE_NOT_YET';

/** Expected, handled and told to the person with its stable code. */
export class Denial extends Error {
  override readonly name = 'Denial';
  constructor(
    readonly code: DenialCode,
    readonly detail: { readonly pointer?: string; readonly values?: Readonly<Record<string, string | number>> } = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
