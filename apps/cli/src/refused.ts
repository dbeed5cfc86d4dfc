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
  readonly errors?: readonly ToldFault[] | undefined;
}
interface ToldFault {
  readonly pointer?: string;
  readonly message: string;
}

/** Refused for what was sent, with every fault and its place in it. */
export class TellsFaults extends Refused {
  constructor(
    message: string,
    readonly faults: readonly { readonly pointer: string; readonly message: string }[],
  ) {
    super(message);
  }
}

/** Refused for a problem that the service, or what stands in for it, has told. */
export function refusedBy({ code, detail, errors = [] }: ToldProblem): Refused {
  const message = [`${detail}（${code}）`, ...errors.map((error) => `  ${error.message}`)].join('\n');
  return new TellsFaults(
    message,
    errors.map(({ pointer = '', message: says }) => ({ pointer, message: says })),
  );
}
