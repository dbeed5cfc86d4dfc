/** What every command is given. */
export interface Asked {
  /** Words after the command. */
  readonly words: readonly string[];
  readonly as: string | undefined;
  readonly actingAs: string | undefined;
  readonly purpose: string | undefined;
  readonly json: boolean;
  /** What a limit is counted from, and how. */
  readonly count: {
    readonly from: string | undefined;
    readonly limit: string | undefined;
    readonly extend: readonly string[] | undefined;
    readonly before: boolean;
  };
}
