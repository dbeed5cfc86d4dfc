import { addDays, daysBetween, type LegalDate } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { dayNumber, kindsOf, type DayKind } from './day-kinds.js';
import type { LimitUnit } from './clock-rule.js';
import { noticeBehind, noticeText } from './notice-behind.js';
import { kindsOutside, openSuspension, type Suspension } from './suspension.js';

/** No limit of any text is near it; a larger number is a mistake in the data. */
export const LIMIT_DAYS_MAX = 10_000;

export interface CountedDays {
  /** The last day of the limit. */
  readonly due: LegalDate;
  /** True when a day that was looked at may still be changed by a notice to come. */
  readonly provisional: boolean;
}

export interface DayOfCount {
  readonly day: LegalDate;
  readonly counted: boolean;
  readonly provisional: boolean;
  /** `firstDay`: the day the limit runs from, which is not counted. */
  readonly why: DayKind['why'] | 'firstDay';
  readonly name?: string;
  /** The provision by which a statutory holiday is off, notice or none. */
  readonly statute?: string;
  /** The notice that makes a day off or a worked weekend day of it, where the calendar names it. */
  readonly notice?: string;
  /** 顺延: the last day of the limit was moved over it, or to it. */
  readonly rolledOver?: true;
}

/** How long a limit is, and what it is counted in. */
export interface DaysLimit {
  readonly days: number;
  readonly unit: LimitUnit;
}

/**
 * 期限届满日: the last day of `limit` after `from`. The day the limit starts is not counted, whatever kind of day it is. In
 * working days only those of the calendar count; calendar days count every day, and the last one is not moved when it
 * falls on a holiday.
 * @throws RangeError when the limit is no integer from 1 to {@link LIMIT_DAYS_MAX}.
 */
export function countDays(calendar: Calendar, from: LegalDate, limit: DaysLimit): CountedDays {
  assertLimit(limit);
  if (limit.unit === 'calendarDay') return { due: addDays(from, limit.days), provisional: false };
  return walk(kindsOf(calendar), from, limit);
}

/**
 * {@link countDays} with the days of `suspensions` left out. Undefined when the limit never ends, because a suspension
 * that has no end yet stands before its last day. @throws RangeError as countDays.
 */
export function countDaysOutside(
  calendar: Calendar,
  from: LegalDate,
  limit: DaysLimit,
  suspensions: readonly Suspension[],
): CountedDays | undefined {
  if (suspensions.length === 0) return countDays(calendar, from, limit);
  assertLimit(limit);
  const ended = suspensions.filter(({ to }) => to !== undefined);
  const counted = walk(kindsOutside(calendar, ended), from, limit);
  const open = openSuspension(suspensions);
  return open && open.from <= counted.due ? undefined : counted;
}

function assertLimit({ days }: DaysLimit): void {
  if (!Number.isSafeInteger(days) || days < 1 || days > LIMIT_DAYS_MAX) throw new RangeError(`not a limit: ${days}`);
}

function walk(kindOf: (number: number) => DayKind, from: LegalDate, { days, unit }: DaysLimit): CountedDays {
  const start = dayNumber(from);
  let number = start;
  let provisional = false;
  for (let left = days; left > 0;) {
    number += 1;
    const kind = kindOf(number);
    if (counts(kind, unit)) left -= 1;
    provisional ||= isProvisional(kind, unit);
  }
  return { due: addDays(from, number - start), provisional };
}

const counts = ({ working, why }: DayKind, unit: LimitUnit): boolean =>
  unit === 'calendarDay' ? why !== 'suspended' : working;

const isProvisional = ({ provisional }: DayKind, unit: LimitUnit): boolean => unit === 'workingDay' && provisional;

/**
 * 之前若干日: the last day of `limit` counted back from `from`, which itself is not counted. @throws RangeError as countDays,
 * and where it would lie before the first legal date.
 */
export function countDaysBack(calendar: Calendar, from: LegalDate, limit: DaysLimit): CountedDays {
  assertLimit(limit);
  const kindOf = kindsOf(calendar);
  const start = dayNumber(from);
  let number = start;
  let provisional = false;
  for (let left = limit.days; left > 0;) {
    number -= 1;
    const kind = kindOf(number);
    if (counts(kind, limit.unit)) left -= 1;
    provisional ||= isProvisional(kind, limit.unit);
  }
  return { due: addDays(from, number - start), provisional };
}

/** 历时若干工作日: the working days after `from` up to and with `to`; none where `to` is no later. */
export function workingDaysBetween(calendar: Calendar, from: LegalDate, to: LegalDate): number {
  const kindOf = kindsOf(calendar);
  const start = dayNumber(from);
  const passed = Math.max(daysBetween(from, to), 0);
  return Array.from({ length: passed }, (_, index) => kindOf(start + 1 + index)).filter(({ working }) => working)
    .length;
}

/** {@link countDaysBack} day by day, for people: the day counted from, then every day back to the last. */
export function explainBack(calendar: Calendar, from: LegalDate, limit: DaysLimit): readonly DayOfCount[] {
  const { due } = countDaysBack(calendar, from, limit);
  const back = Array.from({ length: daysBetween(due, from) }, (_, index) => addDays(from, -1 - index));
  return [
    { day: from, counted: false, provisional: false, why: 'firstDay' },
    ...back.map((day) => told(calendar, day, kindsOf(calendar)(dayNumber(day)), limit.unit)),
  ];
}

function told(calendar: Calendar, day: LegalDate, kind: DayKind, unit: LimitUnit): DayOfCount {
  const counted = counts(kind, unit);
  return { day, counted, provisional: isProvisional(kind, unit), ...whyOf(calendar, day, kind) };
}

const NOTICED: ReadonlySet<DayKind['why']> = new Set(['statutory', 'holiday', 'worked']);

/** Why the day is what it is, with the name of a holiday, and the statute and the notice that made it. */
export function whyOf(
  calendar: Calendar,
  day: LegalDate,
  { why, name, statute }: DayKind,
): Pick<DayOfCount, 'why' | 'name' | 'statute' | 'notice'> {
  const notice = NOTICED.has(why) ? noticeBehind(calendar, day) : undefined;
  return {
    why,
    ...(name !== undefined && { name }),
    ...(statute !== undefined && { statute }),
    ...(notice && { notice: noticeText(notice) }),
  };
}

/**
 * The same count day by day, for people: the first day, then every day up to and with the due day; where a suspension
 * without an end keeps it from ending, up to the day before that. @throws RangeError
 */
export function explain(
  calendar: Calendar,
  from: LegalDate,
  limit: DaysLimit,
  suspensions: readonly Suspension[] = [],
): readonly DayOfCount[] {
  const counted = countDaysOutside(calendar, from, limit, suspensions);
  const last = counted?.due ?? addDays(openSuspension(suspensions)?.from ?? from, -1);
  const kindOf = kindsOutside(calendar, suspensions);
  const following = Array.from({ length: Math.max(daysBetween(from, last), 0) }, (_, index) =>
    addDays(from, index + 1),
  );
  return [
    { day: from, counted: false, provisional: false, why: 'firstDay' },
    ...following.map((day) => told(calendar, day, kindOf(dayNumber(day)), limit.unit)),
  ];
}
