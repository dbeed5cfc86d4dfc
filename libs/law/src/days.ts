import { addDays, daysBetween, type LegalDate } from '#libs/kernel';
import { dayKind, dayNumber, kindsOf, type Calendar, type DayKind } from './calendar.js';
import type { LimitUnit } from './rule-pack.js';

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
}

/**
 * 期限届满日: the `days`-th day after `from`. The day the limit starts is not counted, whatever kind of day it is. In
 * working days only those of the calendar count; calendar days count every day, and the last one is not moved when it
 * falls on a holiday.
 * @throws RangeError when `days` is no integer from 1 to {@link LIMIT_DAYS_MAX}.
 */
export function countDays(calendar: Calendar, from: LegalDate, days: number, unit: LimitUnit): CountedDays {
  if (!Number.isSafeInteger(days) || days < 1 || days > LIMIT_DAYS_MAX) throw new RangeError(`not a limit: ${days}`);
  if (unit === 'calendarDay') return { due: addDays(from, days), provisional: false };
  const kindOf = kindsOf(calendar);
  const start = dayNumber(from);
  let number = start;
  let provisional = false;
  for (let left = days; left > 0;) {
    number += 1;
    const kind = kindOf(number);
    if (kind.working) left -= 1;
    provisional ||= kind.provisional;
  }
  return { due: addDays(from, number - start), provisional };
}

/** The same count day by day, for people: the first day, then every day up to and with the due day. @throws RangeError */
export function explain(calendar: Calendar, from: LegalDate, days: number, unit: LimitUnit): readonly DayOfCount[] {
  const { due } = countDays(calendar, from, days, unit);
  const following = Array.from({ length: daysBetween(from, due) }, (_, index) => addDays(from, index + 1));
  return [
    { day: from, counted: false, provisional: false, why: 'firstDay' },
    ...following.map((day) => {
      const { working, provisional, ...kind } = dayKind(calendar, day);
      return unit === 'calendarDay'
        ? { day, counted: true, provisional: false, ...kind }
        : { day, counted: working, provisional, ...kind };
    }),
  ];
}
