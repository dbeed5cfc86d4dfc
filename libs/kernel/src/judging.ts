import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import { dayOf, endOfDay, startOfDay } from './instant.js';
import { daysBetween, type LegalDate } from './legal-date.js';

/** A day a clock turns on, and the fact it was read from. */
export interface Mark {
  readonly on: LegalDate;
  readonly event: Uuid;
  /** The moment, where the fact knows it. */
  readonly at?: Instant;
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
  /** The last instant in time, for a limit in hours; `due` is its day. */
  readonly dueAt?: Instant;
  /** 窗口期: the first day an act falls into the window that ends on `due`. An earlier act is no finding either way. */
  readonly opens?: LegalDate;
  /** 次数: how many acts the period asks for until `due`, and how many are on record in it. */
  readonly count?: { readonly least: number; readonly found: number };
  /**
   * 立即、当场、及时: whether it was in time only a person finds. Such a clock is never on time, and late only where it has
   * a `due` (a limit in numbers behind it) and that has passed; without one only its age is told.
   */
  readonly personFinds?: true;
  readonly stopped?: Mark;
  /** What kind of act stopped it, by the system's own name, where acts of several kinds can. */
  readonly stoppedBy?: string;
  readonly extendedBy?: Uuid;
  /** Why the clock does not apply to the case, by the system's own name; everything else is then without effect. */
  readonly notApplicable?: string;
  /** True when a year without a published holiday notice was counted. */
  readonly provisional: boolean;
}

/** 逐日说明: how a clock came to its day, for a program and for a person who checks it by hand. */
export interface ExplainedClock {
  readonly clock: Pick<ScheduledClock, 'clock'>;
  /** Every day that was looked at, counted or skipped, and why. */
  readonly days: readonly object[];
  /** The limit and each extension in force, from where to where. */
  readonly parts: readonly object[];
  readonly cites: readonly { readonly rule: string; readonly article: string; readonly instrument: string }[];
  readonly notices: readonly string[];
  /** The same in Chinese, a line each. */
  readonly text: readonly string[];
}

/** 疑点: a candidate, never a finding. `about` names the facts it rests on; `values` what its sentence names. */
export interface Flag {
  readonly rule: string;
  readonly code: string;
  readonly about: readonly Uuid[];
  readonly values?: Readonly<Record<string, string | number>>;
  /** The organ it is for, where the rule knows and the facts do not: what is missing was recorded by nobody. */
  readonly holder?: Uuid;
  /** Which of several things it is about that one fact may show at once, as a code or a field's name; never a quantity. */
  readonly item?: string;
  /** 认定: not a candidate but what a person has found and signed; `about` begins with the fact of it. */
  readonly finding?: true;
  /** 提示: what the text itself allows and leaves to a person. It is shown, and no anomaly of anybody. */
  readonly informs?: true;
  /** The facts by which a person has since decided on what it points at. It stays visible. */
  readonly assessedBy?: readonly Uuid[];
}

/** 异常种类, as electronic supervision tells them apart: 时效性、流程合法性、信息完整性, and others that only a person can tell. */
export const ANOMALY_KINDS = ['lateness', 'process', 'completeness', 'other'] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** A duty without a number of days: only its age is told, and, once `endedBy`, nothing. */
export interface OpenDuty {
  readonly rule: string;
  readonly code: string;
  readonly since: Mark;
  readonly holder: Uuid;
  readonly endedBy?: Mark;
}

/** A clock of which nothing but its start, one limit of its rule and the calendar settles when it is due. */
export interface CountedClock {
  readonly clock: string;
  /** Which of the limits of its rule applies, from 0. */
  readonly limit: number;
  readonly started: Mark;
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
  /** Calendar days from its start to its stop, or to the day asked for, where only a person finds whether it was in time. */
  readonly ageDays?: number;
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

/** The first instant by which the act of a mark may have taken place. */
export const firstInstantOf = ({ on, at }: Mark): Instant => at ?? startOfDay(on);

/** From when on a clock is one; undefined without a beginning, and of a limit counted back from its beginning, which is known before. */
export const beginsAt = ({ from, due }: Pick<ScheduledClock, 'from' | 'due'>): Instant | undefined =>
  from && (due === undefined || from.on <= due) ? firstInstantOf(from) : undefined;

/**
 * 以何时判断: what holds at `asOf`. An act that took place later has by then started and stopped no clock, and begun and ended
 * no duty. What else the facts in hand effected counts as it is known: due days that were moved, and flags. It only
 * compares: every date was settled when the schedule was made.
 */
export function verdict(schedule: Schedule, asOf: Instant): Assessment {
  const today = dayOf(asOf);
  const has = (mark: Mark): boolean => firstInstantOf(mark) <= asOf;
  return {
    asOf,
    clocks: schedule.clocks.map((clock) => judgedAt(clockBy(asOf, clock), asOf, today)),
    flags: schedule.flags,
    duties: schedule.duties
      .filter(({ since, endedBy }) => has(since) && !(endedBy && has(endedBy)))
      .map(({ endedBy: _later, ...duty }) => ({ ...duty, ageDays: daysBetween(duty.since.on, today) })),
  };
}

/** The clock without the stop that is still to come, and without a day where it has yet to begin. */
function clockBy(asOf: Instant, clock: ScheduledClock): ScheduledClock {
  const { stopped, stoppedBy: _stoppedBy, ...running } = clock;
  const standing = stopped && firstInstantOf(stopped) > asOf ? running : clock;
  if ((beginsAt(clock) ?? asOf) <= asOf) return standing;
  const {
    from: _from,
    due: _due,
    lateFrom: _late,
    dueAt: _at,
    opens: _opens,
    count: _count,
    extendedBy: _by,
    ...ahead
  } = standing;
  return { ...ahead, provisional: false };
}

/** Why a clock does not apply once the act came before its window: early is never late, and proves nothing. */
export const BEFORE_WINDOW = 'beforeWindow';

function judgedAt(clock: ScheduledClock, asOf: Instant, today: LegalDate): JudgedClock {
  const { from, due, lateFrom, stopped, notApplicable, personFinds } = clock;
  if (notApplicable !== undefined) return { ...clock, verdict: 'notApplicable' };
  if (!from) return { ...clock, verdict: 'cannotJudge' };
  const aged = personFinds ? { ...clock, ageDays: ageOf(from, stopped?.on ?? today) } : clock;
  if (!due || !lateFrom) return { ...aged, verdict: personFinds && !stopped ? 'running' : 'cannotJudge' };
  if (stopped) return stoppedAt(aged, { due, lateFrom, stopped });
  return asOf < lateFrom
    ? { ...aged, verdict: 'running' }
    : { ...aged, verdict: 'late', daysLate: daysBetween(due, today) };
}

const ageOf = ({ on }: Mark, until: LegalDate): number => Math.max(daysBetween(on, until), 0);

type Stopped = Required<Pick<ScheduledClock, 'due' | 'lateFrom' | 'stopped'>>;

/**
 * A clock that was stopped. Between its due day and the instant it is late from, where the law leaves such a space, nothing
 * is settled; nor where only the day of an act is known and hours would decide.
 */
function stoppedAt(clock: JudgedParts, { due, lateFrom, stopped }: Stopped): JudgedClock {
  const { opens, dueAt, personFinds } = clock;
  if (opens !== undefined && stopped.on < opens)
    return { ...clock, verdict: 'notApplicable', notApplicable: BEFORE_WINDOW };
  if (firstInstantOf(stopped) >= lateFrom) return { ...clock, verdict: 'late', daysLate: daysBetween(due, stopped.on) };
  const inTime = dueAt === undefined ? stopped.on <= due : (stopped.at ?? endOfDay(stopped.on)) <= lateFrom;
  return { ...clock, verdict: inTime && !personFinds ? 'onTime' : 'cannotJudge' };
}

type JudgedParts = Omit<JudgedClock, 'verdict'>;
