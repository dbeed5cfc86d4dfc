import { legalDate, yearOf } from '#libs/kernel';
import days from 'chinese-days/dist/chinese-days.json';
import edition from 'chinese-days/package.json';
import cited from '../data/notices.json';
import statutory from '../data/statutory-holidays.json';
import type { Calendar, CalendarYear } from './calendar.js';
import type { HolidayStatute } from './statutory-days.js';

/**
 * Counts what this product puts beside the package's data under one version of it. It is the last number of the calendar's
 * version, so that of two programs the one with less of it takes nothing back: 1 the statute.
 */
const OWN_EDITION = 1;

/**
 * The calendar this product ships: the State Council's yearly notices as the package chinese-days tells them, and the
 * statute by which other years are counted. The package itself answers for years it has no data for as if they had no
 * holidays; only its data is used here.
 */
export function chineseCalendar(): Calendar {
  const holidays = Object.entries(days.holidays).map(([on, text]) => ({ on: legalDate(on), name: nameIn(text) }));
  const worked = Object.keys(days.workdays).map(legalDate);
  const listed = [...new Set(holidays.map(({ on }) => yearOf(on)))].toSorted((a, b) => a - b);
  const years = listed.map((year): CalendarYear => ({
    year,
    holidays: holidays.filter(({ on }) => yearOf(on) === year).toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    worked: worked.filter((on) => yearOf(on) === year).toSorted(),
    ...noticesOf(year),
  }));
  return {
    version: `chinese-days ${edition.version}.${OWN_EDITION}`,
    source: `国务院办公厅历年部分节假日安排通知（${listed.at(0)}—${listed.at(-1)}年），数据取自 npm 包 chinese-days ${edition.version}（MIT 许可）`,
    years,
    statute: holidayStatute(),
  };
}

const holidayStatute = (): HolidayStatute => ({
  ...statutory,
  editions: statutory.editions.map(({ from, date, ...edition }) => ({
    ...edition,
    from: legalDate(from),
    date: legalDate(date),
  })),
});

/** 文号 of the notices, where they are known: the package does not tell them. */
function noticesOf(year: number): Pick<CalendarYear, 'notice' | 'changes'> {
  const own = cited.notices.find((notice) => notice.year === year);
  const changes = cited.changes
    .filter((change) => change.year === year)
    .map(({ year: _year, from, to, ...rest }) => ({ ...rest, from: legalDate(from), to: legalDate(to) }));
  const { year: _own, ...notice } = own ?? { year };
  return {
    ...('date' in notice && { notice: { ...notice, date: legalDate(notice.date) } }),
    ...(changes.length > 0 && { changes }),
  };
}

/** The package writes `english,chinese,days`. */
const nameIn = (text: string): string => text.split(',')[1] ?? text;
