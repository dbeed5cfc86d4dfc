/** Exit code of a command that makes no sense as it was given. */
export const MISUSED = 2;

/** The command is not carried out, for a reason the person can do something about. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** What a problem tells a person. */
export interface ToldProblem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

/** Refused for a problem that the service, or what stands in for it, has told. */
export const refusedBy = ({ code, detail, errors = [] }: ToldProblem): Refused =>
  new Refused([`${detail}（${code}）`, ...errors.map(({ message }) => `  ${message}`)].join('\n'));
