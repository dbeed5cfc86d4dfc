import type { LegalDate, Mark, ScheduledClock, Uuid } from '#libs/kernel';
import type { Calendar } from '../calendar.js';
import type { ClockRule } from '../clock-rule.js';
import type { DayOfCount, DaysLimit } from '../days.js';
import type { Suspension } from '../suspension.js';

/** Whether the condition a limit names holds in this case. It is never asked for `always`. */
export type Holds = (when: string) => boolean;

/** 延长: one the system found effective. Whether it is (entitled, in time) is the system's to say. */
export interface EffectiveExtension {
  /** The fact that granted it. */
  readonly event: Uuid;
  /** Days it grants, when it says so. Beyond those of the pack they have no effect; below 1 it has none at all. */
  readonly days?: number | undefined;
}

/** 中止的依据: the rule, and the switch of the pack by which its days are no days of a limit. */
export interface SuspendedBy {
  readonly rule: string;
  readonly value: string;
}

/** What a case tells of one clock. */
export interface ClockMarks {
  readonly holder: Uuid;
  readonly holds: Holds;
  /** For a limit counted back, a window or a task date: the day that is named there. */
  readonly started?: Mark | undefined;
  readonly stopped?: Mark | undefined;
  /** In the order they took effect. Those beyond the pack's number have no effect. */
  readonly extensions?: readonly EffectiveExtension[] | undefined;
  /** Days on which the clock stands still. One that has not ended leaves a clock it meets without a due day. */
  readonly suspensions?: readonly Suspension[] | undefined;
  /** By what it stands still on them. */
  readonly suspendedBy?: SuspendedBy | undefined;
  /** The acts a limit by number counts, in any order. */
  readonly occasions?: readonly Mark[] | undefined;
  /** Why the clock does not apply to the case, by the system's own name. */
  readonly notApplicable?: string | undefined;
}

/** A clock of a pack over what a case tells of it. */
export interface ClockRun {
  readonly rule: ClockRule;
  readonly calendar: Calendar;
  readonly marks: ClockMarks;
}

/** What a kind of limit makes of a run. Without `due` it cannot be judged, or is only a person's to judge. */
export type Timing = Pick<ScheduledClock, 'provisional'> &
  Partial<
    Pick<
      ScheduledClock,
      'rule' | 'from' | 'due' | 'lateFrom' | 'dueAt' | 'opens' | 'count' | 'stopped' | 'extendedBy' | 'personFinds'
    >
  >;

/** A day of a count, and which part of it: 0 the limit itself, then one for each extension. */
export interface ToldDay extends DayOfCount {
  readonly part: number;
  /** The rule by which a day of a suspension is left out. */
  readonly suspendedBy?: string;
}

/**
 * A limit that was counted in days, and each extension of it. While a suspension that has not ended keeps the count from
 * ending, there is no `due`, and the extensions after it have no `from` either.
 */
export interface ToldPart extends DaysLimit {
  readonly part: number;
  readonly from?: LegalDate;
  readonly due?: LegalDate;
}

/** Nothing to count from, or nothing to count to. */
export const cannotTell = (from?: Mark): Timing => ({ ...(from && { from }), provisional: false });
