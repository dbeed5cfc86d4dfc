import type { Flag, OpenDuty } from '#libs/kernel';
import type { Kept } from '../case-state.js';
import type { DutyCode, FlagCode } from '../flag-texts.js';
import { isRequested, type GovernedCase, type RequestedCase } from '../governed-case.js';

/** What the clocks of a case came to, and what other checks see. */
interface Clocked {
  /**
   * Whether a clock of `rule` was stopped late, or is flagged, or any of the checks the pack lets speak for it flags the
   * case. Not to be asked of a check's own rule.
   */
  readonly isFlagged: (rule: string) => boolean;
}

/** A governed case whose clocks have been run. */
export type ClockedCase = GovernedCase & Clocked;

/** The same, once help was asked for. */
export type AskedCase = RequestedCase & Clocked;

export interface Findings {
  readonly flags: readonly Flag[];
  readonly duties: readonly OpenDuty[];
}

/** A check of the whole case. `rule` is the one the pack lets it speak for. It finds candidates, never guilt. */
export type Check = (of: ClockedCase, rule: string) => Findings;

/** What a check found. `rule` where it speaks for another than its own: a code stands for a rule of its own. */
type Finding = Omit<Flag, 'rule'> & { readonly code: FlagCode; readonly rule?: string | undefined };
type Duty = Omit<OpenDuty, 'rule'> & { readonly code: DutyCode };

const nothing: Findings = { flags: [], duties: [] };

/** A check of every case, also before a request. */
export const flagsAlways =
  (find: (of: ClockedCase) => readonly Finding[]): Check =>
  (of, rule) => ({ flags: find(of).map(({ rule: own = rule, ...found }) => ({ rule: own, ...found })), duties: [] });

/** A check of a case in which help was asked for. */
export const flags =
  (find: (of: AskedCase) => readonly Finding[]): Check =>
  (of, rule) =>
    isRequested(of) ? flagsAlways(() => find(of))(of, rule) : nothing;

export const duties =
  (find: (of: AskedCase) => readonly Duty[]): Check =>
  (of, rule) =>
    isRequested(of) ? { flags: [], duties: find(of).map((duty) => ({ rule, ...duty })) } : nothing;

export const finding = (
  code: FlagCode,
  about: readonly Pick<Kept, 'event'>[],
  values?: Flag['values'],
  more: Pick<Finding, 'rule' | 'holder' | 'item' | 'informs'> = {},
): Finding => ({
  code,
  about: about.map(({ event }) => event),
  ...(values && { values }),
  ...more,
});
