/**
 * Why a command is not recorded. `impossible`: it makes no sense in the case's state. `notEntitled`: this person may not
 * record it. `incomplete`: it lacks evidence the form itself requires. `malformed`: a value cannot be what it should be.
 * `absent`: what its address names in the case is not there, whether it could be or not.
 */
export type RefusalKind = 'absent' | 'impossible' | 'notEntitled' | 'incomplete' | 'malformed';

export interface RefusalDetail {
  readonly kind: RefusalKind;
  /** RFC 6901 pointer to the field of the command that is at fault. */
  readonly pointer?: string;
  /** The rule that asks for it, where law is the reason. */
  readonly rule?: string;
  /** Values the Chinese sentence names. Never personal data. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Everything that is wrong with what was sent as a whole (a pack, a notice), each with its pointer. */
  readonly faults?: readonly { readonly pointer: string; readonly message: string }[];
}

/** 不予记录: expected, handled, and told to the person with a stable code. The sentence stands in `refusals.ts`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    readonly detail: RefusalDetail,
  ) {
    super(code);
  }
}

/** 有人先行一步: the case has moved on since it was read, and deciding again did not help. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(readonly actual: number | undefined) {
    super(`the case now stands at revision ${actual ?? 'none'}`);
  }
}
