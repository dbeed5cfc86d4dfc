import {
  dayOf,
  endOfDay,
  firstInstantOf,
  latest,
  startOfDay,
  type Instant,
  type LegalDate,
  type PackBasis,
  type ScheduledClock,
} from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { countDays, countDaysBack } from './days.js';
import { packLabel } from './edition-shelf.js';
import type { LawBook } from './law-book.js';
import type { SystemRules } from './rule-pack.js';

/** The part of a pack that says when supervision speaks up. */
export const SUPERVISION = 'supervision';

/**
 * 监察阈值. No text has a number for any of them: they are the pack's, and a pack that does not have them lets supervision
 * record nothing by itself.
 */
export interface SupervisionRules {
  /** 预警: so many working days before the due day. */
  readonly warningWorkingDays: number;
  /** 黄牌: so many working days after the due day; 0: as soon as it is late. */
  readonly yellowAfterWorkingDays: number;
  /** 红牌: so many working days after the due day. */
  readonly redAfterWorkingDays: number;
  /** 督办: the limit where the order names no day. */
  readonly handlingWorkingDays: number;
}

/** Of each threshold the least it may be, and what it is called. */
export const THRESHOLDS: Readonly<Record<keyof SupervisionRules, { readonly min: number; readonly says: string }>> = {
  warningWorkingDays: { min: 1, says: '预警的天数' },
  yellowAfterWorkingDays: { min: 0, says: '黄牌的天数' },
  redAfterWorkingDays: { min: 1, says: '红牌的天数' },
  handlingWorkingDays: { min: 1, says: '督办的天数' },
};

/** The thresholds in a pack's part for supervision; undefined where one of them is missing or no count of days. */
export function thresholdsIn(rules: SystemRules | undefined): SupervisionRules | undefined {
  const count = (name: keyof SupervisionRules): number => {
    const value = rules?.values[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= THRESHOLDS[name].min ? value : NaN;
  };
  const thresholds = {
    warningWorkingDays: count('warningWorkingDays'),
    yellowAfterWorkingDays: count('yellowAfterWorkingDays'),
    redAfterWorkingDays: count('redAfterWorkingDays'),
    handlingWorkingDays: count('handlingWorkingDays'),
  };
  return Object.values(thresholds).some(Number.isNaN) ? undefined : thresholds;
}

/** The part for supervision of the edition that an event's basis names. */
export const supervisionPart = (
  { editions }: Pick<LawBook, 'editions'>,
  basis: PackBasis | undefined,
): SystemRules | undefined =>
  basis && editions.find((edition) => packLabel(edition) === basis.edition)?.pack.systems[SUPERVISION];

/** 预警、黄牌、红牌, in the order in which they turn. */
export const STAGES = ['warning', 'yellow', 'red'] as const;
export type Stage = (typeof STAGES)[number];

/** When each stage of a clock turns; one that never does is left out. */
export type Turns = Partial<Record<Stage, Instant>>;

/**
 * When supervision speaks up for a clock, without knowing what time it is. A clock that cannot be judged, does not apply or
 * has no number of days turns never. A stage whose instant comes after the clock was stopped does not turn either: what
 * was done by then, on time or late, was done.
 */
export function turnsOf(clock: ScheduledClock, calendar: Calendar, rules: SupervisionRules): Turns {
  const all = everyTurn(clock, calendar, rules);
  if (!all) return {};
  const { from, due, stopped } = clock;
  const warnOn = dayOf(all.warning);
  // Of a limit counted back from a day to come, the beginning lies behind its end.
  const tooShort = from !== undefined && due !== undefined && from.on <= due && warnOn <= from.on;
  const until = stopped && firstInstantOf(stopped);
  const turns = STAGES.filter(
    (stage) => !(stage === 'warning' && tooShort) && !(until !== undefined && until < all[stage]),
  );
  return Object.fromEntries(turns.map((stage) => [stage, all[stage]]));
}

/**
 * Up to when a warning may be issued: it speaks of a day to come. One that was issued stands on all the same; one that was
 * missed makes no sense once the clock was stopped, for which it is undefined, or is due.
 */
export const warningUntil = ({ due, dueAt, stopped }: ScheduledClock): Instant | undefined =>
  stopped || due === undefined ? undefined : (dueAt ?? endOfDay(due));

/** The last day that {@link turnsOf} looked at for a clock, whether or not something turns on it; undefined for none. */
export function turningBy(clock: ScheduledClock, calendar: Calendar, rules: SupervisionRules): LegalDate | undefined {
  const all = everyTurn(clock, calendar, rules);
  return all && dayOf(latest(all.yellow, all.red));
}

/** Each stage as it would turn in a clock that nothing stops; undefined for one that has no number of days. */
function everyTurn(clock: ScheduledClock, calendar: Calendar, rules: SupervisionRules): Required<Turns> | undefined {
  const { from, due, lateFrom, notApplicable } = clock;
  if (!from || !due || !lateFrom || notApplicable !== undefined) return undefined;
  const { yellowAfterWorkingDays } = rules;
  return {
    warning: startOfDay(before(calendar, due, rules.warningWorkingDays)),
    yellow: yellowAfterWorkingDays === 0 ? lateFrom : latest(lateFrom, after(calendar, due, yellowAfterWorkingDays)),
    red: latest(lateFrom, after(calendar, due, rules.redAfterWorkingDays)),
  };
}

/** Counted back so often for the same days that what was counted is kept, as long as its calendar is. */
const counted = new WeakMap<Calendar, Map<string, LegalDate>>();

function before(calendar: Calendar, due: LegalDate, days: number): LegalDate {
  return kept(calendar, `${due} -${days}`, () => countDaysBack(calendar, due, { days, unit: 'workingDay' }).due);
}

/** The end of the `days`-th working day after `due`. */
const after = (calendar: Calendar, due: LegalDate, days: number): Instant =>
  endOfDay(kept(calendar, `${due} ${days}`, () => countDays(calendar, due, { days, unit: 'workingDay' }).due));

function kept(calendar: Calendar, name: string, count: () => LegalDate): LegalDate {
  const known = counted.get(calendar) ?? new Map<string, LegalDate>();
  counted.set(calendar, known);
  const day = known.get(name) ?? count();
  known.set(name, day);
  return day;
}
