import { questionParts, type BoundMoment } from '#libs/kernel';

export const { boundMoment, day, has, id, ids, is, present, text, textOf, where, whole, within, wordsOf, yesNo } =
  questionParts;

export const CLOCKS = 'assistance_clock';
export const DUTIES = 'assistance_duty';
export const FLAGS = 'assistance_flag';
export const EXTENSIONS = 'assistance_extension';
export const TURNS = 'assistance_turn';
export const ACTS = 'assistance_act';
export const TIMELINE = 'assistance_timeline';
export const CASES = 'assistance_case_file';

/** When a clock `k` was stopped, if it had been by the moment of judgement. */
const stoppedBy = ({ instant }: BoundMoment): string =>
  `CASE WHEN k.stopped_from <= ${instant} THEN k.stopped_from END`;

/** Whether a clock `k` had begun by then. */
export const hasBegun = ({ instant }: BoundMoment): string => `(k.begins_at IS NULL OR k.begins_at <= ${instant})`;

/** Whether a clock `k` had been stopped by then. */
export const isStopped = ({ instant }: BoundMoment): string => `COALESCE(k.stopped_from <= ${instant}, false)`;

/** Whether a clock `k` is late at the moment of judgement. */
export const isLate = (at: BoundMoment): string =>
  `k.not_applicable IS NULL AND k.late_from <= COALESCE(${stoppedBy(at)}, ${at.instant})`;

/** Whether a clock `k` was stopped in time by then. */
export const isInTime = (at: BoundMoment): string =>
  `k.not_applicable IS NULL AND ${hasBegun(at)} AND ${stoppedBy(at)} < k.late_from`;

/** The last day a clock `k` ran on, as far as it has run. */
export const lastDayOf = ({ today }: BoundMoment): string => `LEAST(COALESCE(k.stopped_on, ${today}), ${today})`;
