/** What every command is given. */
export interface Asked {
  /** Words after the command. */
  readonly words: readonly string[];
  readonly as: string | undefined;
  readonly actingAs: string | undefined;
  readonly purpose: string | undefined;
  /** As of when a case is asked for. */
  readonly moment: {
    readonly at: string | undefined;
    readonly occurredBy: string | undefined;
    readonly revision: string | undefined;
  };
  readonly json: boolean;
  /** Of an act that is recorded: its day, and why. */
  readonly on: string | undefined;
  readonly reason: string | undefined;
  /** What is drawn by, and how many. */
  readonly draw: { readonly seed: string | undefined; readonly size: string | undefined };
  /** What a limit is counted from, and how. */
  readonly count: {
    readonly from: string | undefined;
    readonly limit: string | undefined;
    readonly extend: readonly string[] | undefined;
    readonly before: boolean;
  };
}

/** The options as the query of a case names them. */
export const momentOf = ({ moment: { at, occurredBy, revision } }: Asked): Record<string, string> => ({
  ...(at === undefined ? {} : { knownAt: at }),
  ...(occurredBy === undefined ? {} : { occurredBy }),
  ...(revision === undefined ? {} : { revision }),
});
