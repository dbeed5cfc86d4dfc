import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import { dayOf } from './instant.js';
import { daysBetween, type LegalDate } from './legal-date.js';

/** A day a clock turns on, and the fact it was read from. */
export interface Mark {
  readonly on: LegalDate;
  readonly event: Uuid;
}

/**
 * 时限 as it is scheduled from facts and law, without knowing what time it is. `due` is the last day in time; from
 * `lateFrom` on it is late. Missing `from` or `due` means that it cannot be judged.
 */
export interface ScheduledClock {
  readonly clock: string;
  readonly rule: string;
  /** The organ that has the ball while the clock runs. */
  readonly holder: Uuid;
  readonly from?: Mark;
  readonly due?: LegalDate;
  readonly lateFrom?: Instant;
  readonly stopped?: Mark;
  /** What kind of act stopped it, by the system's own name, where acts of several kinds can. */
  readonly stoppedBy?: string;
  readonly extendedBy?: Uuid;
  /** Why the clock does not apply to the case, by the system's own name; everything else is then without effect. */
  readonly notApplicable?: string;
  /** True when a year without a published holiday notice was counted. */
  readonly provisional: boolean;
}

/** 疑点: a candidate, never a finding. `about` names the facts it rests on; `values` what its sentence names. */
export interface Flag {
  readonly rule: string;
  readonly code: string;
  readonly about: readonly Uuid[];
  readonly values?: Readonly<Record<string, string | number>>;
  /** 认定: not a candidate but what a person has found and signed; `about` begins with the fact of it. */
  readonly finding?: true;
  /** The facts by which a person has since decided on what it points at. It stays visible. */
  readonly assessedBy?: readonly Uuid[];
}

/** A duty without a number of days: only its age is told, and, once `endedBy`, nothing. */
export interface OpenDuty {
  readonly rule: string;
  readonly code: string;
  readonly since: Mark;
  readonly holder: Uuid;
  readonly endedBy?: Mark;
}

export interface Schedule {
  readonly clocks: readonly ScheduledClock[];
  readonly flags: readonly Flag[];
  readonly duties: readonly OpenDuty[];
}

export type Verdict = 'running' | 'onTime' | 'late' | 'cannotJudge' | 'notApplicable';

export interface JudgedClock extends ScheduledClock {
  readonly verdict: Verdict;
  /** Calendar days past the due day, when late. */
  readonly daysLate?: number;
}

export interface Assessment {
  readonly asOf: Instant;
  readonly clocks: readonly JudgedClock[];
  readonly flags: readonly Flag[];
  /** Duties still open at `asOf`, with their age in calendar days. */
  readonly duties: readonly (OpenDuty & { readonly ageDays: number })[];
}

/** What a fact remembers of how it was judged when it was recorded: history, for people. Folds never read it. */
export interface Judged {
  readonly clock: string;
  readonly from?: LegalDate;
  readonly due?: LegalDate;
  readonly provisional: boolean;
  /** Ids of the rules flagged. */
  readonly flags: readonly string[];
}

/** What holds at `asOf`. It only compares: every date was settled when the schedule was made. */
export function verdict(schedule: Schedule, asOf: Instant): Assessment {
  const today = dayOf(asOf);
  return {
    asOf,
    clocks: schedule.clocks.map((clock) => judgedAt(clock, asOf, today)),
    flags: schedule.flags,
    duties: schedule.duties
      .filter((duty) => !duty.endedBy && duty.since.on <= today)
      .map((duty) => ({ ...duty, ageDays: daysBetween(duty.since.on, today) })),
  };
}

function judgedAt(clock: ScheduledClock, asOf: Instant, today: LegalDate): JudgedClock {
  const { from, due, lateFrom, stopped, notApplicable } = clock;
  if (notApplicable !== undefined) return { ...clock, verdict: 'notApplicable' };
  if (!from || !due || !lateFrom) return { ...clock, verdict: 'cannotJudge' };
  if (stopped)
    return stopped.on <= due
      ? { ...clock, verdict: 'onTime' }
      : { ...clock, verdict: 'late', daysLate: daysBetween(due, stopped.on) };
  return asOf < lateFrom
    ? { ...clock, verdict: 'running' }
    : { ...clock, verdict: 'late', daysLate: daysBetween(due, today) };
}
