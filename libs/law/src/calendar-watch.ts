import { canonicalJson, legalDate } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { answerFor, dayNumber, kindsOf, type DayKind, type DaySpan } from './day-kinds.js';

/** The last day of a span that is all there is to know of a calendar, its source and version among it. */
export const EVERY_DAY = 999_999_999;

/**
 * The same calendar, which notes the days that are looked up in it: whoever asks it about none of the days by which another
 * calendar differs gets the same from both.
 */
export function watchedCalendar(calendar: Calendar): {
  readonly calendar: Calendar;
  readonly looked: () => DaySpan | undefined;
} {
  const kindOf = kindsOf(calendar);
  let [first, last] = [Infinity, -Infinity];
  const whole = <T>(value: T): T => {
    [first, last] = [0, EVERY_DAY];
    return value;
  };
  const own: Calendar = {
    get version() {
      return whole(calendar.version);
    },
    get source() {
      return whole(calendar.source);
    },
    get years() {
      return whole(calendar.years);
    },
    get statute() {
      return whole(calendar.statute);
    },
  };
  answerFor(own, (number) => {
    if (number < first) first = number;
    if (number > last) last = number;
    return kindOf(number);
  });
  return { calendar: own, looked: () => (first <= last ? { first, last } : undefined) };
}

/** From the first to the last day that the two calendars tell otherwise; undefined where they tell the same of every day. */
export function changedDays(one: Calendar, other: Calendar): DaySpan | undefined {
  if (one === other) return undefined;
  if (statuteOf(one) !== statuteOf(other)) return { first: 0, last: EVERY_DAY };
  const years = [...one.years, ...other.years].map(({ year }) => year);
  if (years.length === 0) return undefined;
  const [kindIn, kindInOther] = [kindsOf(one), kindsOf(other)];
  const from = Math.max(dayNumber(legalDate(`${Math.max(Math.min(...years) - 1, 1992)}-01-01`)), 0);
  const to = dayNumber(legalDate(`${Math.max(...years) + 1}-12-31`));
  const changed: number[] = [];
  for (let number = from; number <= to; number += 1)
    if (!isSameKind(kindIn(number), kindInOther(number))) changed.push(number);
  const [first, last] = [changed[0], changed.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

const statuteOf = ({ statute }: Calendar): string => canonicalJson(statute ?? null);

const isSameKind = (a: DayKind, b: DayKind): boolean =>
  a.working === b.working && a.provisional === b.provisional && a.why === b.why && a.name === b.name;
