import type { LegalDate } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { dayNumber, kindsOf, type DayKind } from './day-kinds.js';

/** Days on which no limit runs: from `from` to the day before `to`; without `to`, from then on. */
export interface Suspension {
  readonly from: LegalDate;
  readonly to?: LegalDate;
}

/** 中止计算: what no limit counts while it runs, whatever kind of day it is otherwise. */
const SUSPENDED: DayKind = { working: false, provisional: false, why: 'suspended' };

/**
 * What kind of day each is, by day number, once `suspensions` are taken out. It is asked through {@link kindsOf}'s own
 * numbering, so that a count is the same walk with or without them.
 */
export function kindsOutside(calendar: Calendar, suspensions: readonly Suspension[]): (number: number) => DayKind {
  const kindOf = kindsOf(calendar);
  if (suspensions.length === 0) return kindOf;
  const spans = suspensions.map(({ from, to }) => ({
    first: dayNumber(from),
    last: to === undefined ? Infinity : dayNumber(to) - 1,
  }));
  return (number) => (spans.some(({ first, last }) => first <= number && number <= last) ? SUSPENDED : kindOf(number));
}

/** The suspension that never ended, if there is one. */
export const openSuspension = (suspensions: readonly Suspension[]): Suspension | undefined =>
  suspensions.find(({ to }) => to === undefined);
