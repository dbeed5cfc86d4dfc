import { daysBetween, isLegalDate, weekday, yearOf, type LegalDate } from '#libs/kernel';
import { REACHED_BACK_FROM, type Calendar, type CalendarYear } from './calendar.js';
import { day, fields, integer, list, memberOf, oneOf, text, type Fault } from './data-check.js';
import { statutoryFaults, type DayAt } from './statutory-check.js';
import type { HolidayStatute } from './statutory-days.js';

/** 星期, as a notice writes it, Sunday first. */
export const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;
export type WeekdayName = (typeof WEEKDAYS)[number];

/**
 * 放假通知: what a notice of the State Council's general office says of one year, day by day. It may reach back over New
 * Year's Day into the last week of the year before. One that replaces an earlier notice of the year (延长春节假期) restates
 * the whole year.
 */
export interface CalendarNotice {
  /** 发文机关. */
  readonly source: string;
  readonly title: string;
  /** 文号. */
  readonly documentNumber: string;
  /** 成文日期. */
  readonly date: LegalDate;
  readonly year: number;
  /** `weekday` as the notice writes it, where it does. */
  readonly holidays: readonly { readonly on: LegalDate; readonly name: string; readonly weekday?: WeekdayName }[];
  /** 调休上班. */
  readonly worked: readonly { readonly on: LegalDate; readonly weekday: WeekdayName }[];
  /** 文号 of the notice of the same year that it takes the place of. */
  readonly replaces?: string;
}

const yearShape = integer(1993, 2200);
const shape = fields(
  {
    source: text(100),
    title: text(200),
    documentNumber: text(100),
    date: day,
    year: yearShape,
    holidays: list(fields({ on: day, name: text(100) }, { weekday: oneOf(WEEKDAYS) }), {
      min: 1,
      key: (holiday) => memberOf(holiday, 'on'),
    }),
    worked: list(fields({ on: day, weekday: oneOf(WEEKDAYS) }), { key: (worked) => memberOf(worked, 'on') }),
  },
  { replaces: text(100) },
);

/**
 * Every fault of a notice, whatever else is wrong with it: fields missing, unknown or malformed, days given twice, days both
 * off and worked, days of another year, weekdays that are not those of the day, worked days that are no weekend, and against
 * `statute`, days it has off that the notice does not.
 */
export function noticeFaults(value: unknown, statute?: HolidayStatute): readonly Fault[] {
  const year = memberOf(value, 'year');
  const holidays = daysIn(value, 'holidays');
  const worked = daysIn(value, 'worked');
  const off = new Set(holidays.map(({ on }) => on));
  return [
    ...shape(value, ''),
    ...holidays.flatMap((one) => [...ofOtherYear(one, year), ...wrongWeekday(one)]),
    ...worked.flatMap((one) => [
      ...ofOtherYear(one, year),
      ...wrongWeekday(one),
      ...(off.has(one.on) ? [{ at: `${one.at}/on`, says: `${one.on} 又列为放假` }] : []),
      ...([0, 6].includes(weekday(one.on)) ? [] : [{ at: `${one.at}/on`, says: `${one.on} 不是周末，无须调休` }]),
    ]),
    ...(statute && isYear(year) && Array.isArray(memberOf(value, 'holidays'))
      ? statutoryFaults(statute, year, {
          at: '/holidays',
          holidays,
          worked: worked.map(({ at, on }) => ({ at: `${at}/on`, on })),
        })
      : []),
  ];
}

const isYear = (year: unknown): year is number => yearShape(year, '').length === 0;

interface Entry extends DayAt {
  readonly weekday: unknown;
}

/** The entries of a list that name a day, however sound the rest is. */
function daysIn(value: unknown, name: 'holidays' | 'worked'): readonly Entry[] {
  const entries = memberOf(value, name);
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, index) => {
    const on = memberOf(entry, 'on');
    return isLegalDate(on) ? [{ at: `/${name}/${index}`, on, weekday: memberOf(entry, 'weekday') }] : [];
  });
}

function ofOtherYear({ at, on }: Entry, year: unknown): readonly Fault[] {
  if (typeof year !== 'number' || yearOf(on) === year || isReachedBack(on, year)) return [];
  return [{ at: `${at}/on`, says: `${on} 不在 ${year} 年，也不是上一年 12 月 25 日以后` }];
}

const wrongWeekday = ({ at, on, weekday: said }: Entry): readonly Fault[] => {
  const name = WEEKDAYS[weekday(on)];
  const isWrong = typeof said === 'string' && WEEKDAYS.some((known) => known === said) && said !== name;
  return isWrong ? [{ at: `${at}/weekday`, says: `${on} 是${name}，不是${said}` }] : [];
};

const isReachedBack = (on: LegalDate, year: number): boolean =>
  on >= `${year - 1}-${REACHED_BACK_FROM}` && yearOf(on) < year;

/** Whether the notice changes days of the year before its own. */
export const reachesBack = ({ year, holidays, worked }: CalendarNotice): boolean =>
  [...holidays, ...worked].some(({ on }) => yearOf(on) < year);

/**
 * The calendar with the notice in it: its year as the notice says it, and the days of the year before that it reaches back
 * to, where that year is listed. Taken in twice, it changes nothing.
 */
export function withNotice(calendar: Calendar, notice: CalendarNotice): Calendar {
  const { year, source, title, documentNumber, date } = notice;
  const own: CalendarYear = {
    ...daysOf(notice, (on) => yearOf(on) === year),
    year,
    notice: { source, title, documentNumber, date },
  };
  const back = daysOf(notice, (on) => yearOf(on) < year);
  const others = calendar.years
    .filter((listed) => listed.year !== year)
    .map((listed) => (listed.year === year - 1 ? overlaid(listed, back) : listed));
  return { ...calendar, years: [...others, own].toSorted((a, b) => a.year - b.year) };
}

type Days = Pick<CalendarYear, 'holidays' | 'worked'>;

const daysOf = ({ holidays, worked }: CalendarNotice, taken: (on: LegalDate) => boolean): Days => ({
  holidays: holidays
    .filter(({ on }) => taken(on))
    .map(({ on, name }) => ({ on, name }))
    .toSorted((a, b) => daysBetween(b.on, a.on)),
  worked: worked
    .map(({ on }) => on)
    .filter(taken)
    .toSorted(),
});

function overlaid(year: CalendarYear, { holidays, worked }: Days): CalendarYear {
  const said = new Set([...holidays.map(({ on }) => on), ...worked]);
  if (said.size === 0) return year;
  const kept = year.holidays.filter(({ on }) => !said.has(on));
  return {
    ...year,
    holidays: [...kept, ...holidays].toSorted((a, b) => daysBetween(b.on, a.on)),
    worked: [...year.worked.filter((on) => !said.has(on)), ...worked].toSorted(),
  };
}
