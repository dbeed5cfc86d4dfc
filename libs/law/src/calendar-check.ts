import { weekday, yearOf } from '#libs/kernel';
import type { Calendar, CalendarYear } from './calendar.js';
import {
  assertSound,
  day,
  fields,
  integer,
  list,
  matching,
  memberOf,
  text,
  then,
  type Check,
  type Fault,
} from './data-check.js';
import { STATUTORY_DAY, type HolidayStatute } from './statutory-days.js';

const cited = { source: text(100), title: text(200), documentNumber: text(100) };
const yearShape = fields(
  {
    year: integer(1992, 9999),
    holidays: list(fields({ on: day, name: text(100) }), { key: (holiday) => memberOf(holiday, 'on') }),
    worked: list(day, { key: (on) => on }),
  },
  {
    notice: fields({ ...cited, date: day }),
    changes: list(fields({ ...cited, from: day, to: day }), { min: 1 }),
  },
);

const statutoryDay = matching(STATUTORY_DAY, '须为 MM-DD、农历MM-DD、农历除夕或者清明');
const statuteShape = fields({
  title: text(100),
  editions: list(
    fields({
      from: day,
      documentNumber: text(100),
      date: day,
      holidays: list(fields({ name: text(100), provision: text(100), days: list(statutoryDay, { min: 1 }) }), {
        min: 1,
        key: (holiday) => memberOf(holiday, 'name'),
      }),
    }),
    { min: 1, key: (edition) => memberOf(edition, 'from') },
  ),
});

const calendarShape = fields(
  {
    version: text(100),
    source: text(500),
    years: list(then(yearShape, yearContent), { key: (entry) => memberOf(entry, 'year') }),
  },
  { statute: then(statuteShape, inForceInTurn) },
);

/** Every fault of a calendar: shape, years or editions of the statute out of order, days outside their year, worked days that need no shifting. */
export const calendarFaults = (calendar: unknown): readonly Fault[] => then(calendarShape, ascending)(calendar, '');

/** @throws DataFaulty naming every fault. */
export function calendarFrom(calendar: unknown): Calendar {
  assertSound('工作日历', calendarFaults(calendar));
  // The check above admits nothing that is not a calendar.
  return calendar as Calendar;
}

function yearContent(value: unknown, at: string): readonly Fault[] {
  const { year, holidays, worked } = value as CalendarYear;
  const off = new Set(holidays.map(({ on }) => on));
  const outside = (on: CalendarYear['worked'][number], place: string): Fault[] =>
    yearOf(on) === year ? [] : [{ at: place, says: `${on} 不在 ${year} 年` }];
  return [
    ...holidays.flatMap(({ on }, index) => outside(on, `${at}/holidays/${index}`)),
    ...worked.flatMap((on, index) => [
      ...outside(on, `${at}/worked/${index}`),
      ...(off.has(on) ? [{ at: `${at}/worked/${index}`, says: `${on} 又列为放假` }] : []),
      ...([0, 6].includes(weekday(on)) ? [] : [{ at: `${at}/worked/${index}`, says: `${on} 不是周末，无须调休` }]),
    ]),
  ];
}

function inForceInTurn(value: unknown, at: string): readonly Fault[] {
  return (value as HolidayStatute).editions.flatMap(({ from }, index, editions) => {
    const before = editions[index - 1]?.from;
    return before !== undefined && before > from
      ? [{ at: `${at}/editions/${index}`, says: '各版须按施行日期从早到晚排列' }]
      : [];
  });
}

const ascending: Check = (value, at) =>
  (value as Calendar).years.flatMap(({ year }, index, years) => {
    const before = years[index - 1]?.year;
    return before !== undefined && before > year ? [{ at: `${at}/years/${index}`, says: '年份须从小到大排列' }] : [];
  });
