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
