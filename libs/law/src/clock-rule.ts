/** The unit a limit is counted in. Working days follow the calendar (调休 included); the first day is not counted. */
export type LimitUnit = 'workingDay' | 'calendarDay';

/** A statutory clock: which fact starts and stops it, how long it runs, who has the ball. */
export interface ClockRule {
  readonly clock: string;
  /** 名称, for people. */
  readonly name: string;
  /** Which fact starts and stops it are names the system knows. */
  readonly starts: string;
  readonly stops: string;
  readonly holder: string;
  /** The first entry whose `when` holds applies (`always`, or the name of a condition the system implements). */
  readonly limits: readonly ClockLimit[];
  /** Only a limit in days is extended. */
  readonly extension?: {
    readonly days: number;
    readonly unit: LimitUnit;
    readonly maxCount: number;
    readonly rule: string;
    readonly amendedBy?: string;
  };
}

interface LimitOf<U extends string> {
  readonly when: string;
  readonly unit: U;
  readonly rule: string;
  /** 另定时限: the instrument and article that give the rule another number or unit than the catalogue has for it. */
  readonly amendedBy?: string;
}

/** 若干工作日、自然日内, counted on from the start. */
export interface DaysClockLimit extends LimitOf<LimitUnit> {
  readonly days: number;
  /**
   * 立即 with a number behind it: inside the limit there is no automatic breach, and never on time either; past it, it is
   * late: only a person finds that it was not 立即.
   */
  readonly backstop?: true;
  /** 顺延: the authority by which a last calendar day that is no working day moves to the next one. */
  readonly rollsOver?: string;
}

/** 若干小时内, from a moment. */
export interface HoursClockLimit extends LimitOf<'hour'> {
  readonly hours: number;
}

/** 立即、当场 (`immediate`), 及时 (`promptly`): no number. Its age is told with both times, and never a breach. */
export type UnnumberedClockLimit = LimitOf<'immediate' | 'promptly'>;

/** 当日: on the day of the start itself. */
export interface SameDayClockLimit extends LimitOf<'sameDay'> {
  /** Working days after it in which an act is shown and not called late; none is the strict reading. */
  readonly graceDays?: number;
}

/** …日前 (召开前5个工作日): counted back from the day the start names, which itself is not counted. */
export interface DaysBeforeClockLimit extends LimitOf<'workingDaysBefore'> {
  readonly days: number;
  /** The stricter reading: so many whole working days lie between. */
  readonly clearDays?: true;
}

/** 按期: the day the start names, set for the task itself, is the due day. */
export type TaskDateClockLimit = LimitOf<'taskDate'>;

/** 生效前若干工作日内, read as a window: it opens so many working days before the day the start names, and closes on it. */
export interface WindowClockLimit extends LimitOf<'window'> {
  readonly days: number;
}

/** 每年不少于若干次: judged once the calendar year in which the start lies is over. */
export interface CountClockLimit extends LimitOf<'countPerYear'> {
  readonly least: number;
}

export type ClockLimit =
  | DaysClockLimit
  | HoursClockLimit
  | UnnumberedClockLimit
  | SameDayClockLimit
  | DaysBeforeClockLimit
  | TaskDateClockLimit
  | WindowClockLimit
  | CountClockLimit;

export type ClockUnit = ClockLimit['unit'];

export const isDaysLimit = (limit: ClockLimit): limit is DaysClockLimit =>
  limit.unit === 'workingDay' || limit.unit === 'calendarDay';
