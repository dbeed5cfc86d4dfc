import { yearOf, type LegalDate } from '#libs/kernel';
import { REACHED_BACK_FROM, yearSource, type Calendar, type NoticeCited } from './calendar.js';

/**
 * The notice that makes `day` the holiday or the working day it is; undefined where the calendar names none. A later notice
 * that changed the day stands before that of the year; at the end of December that of the next year, where it is listed,
 * because it settles the days around New Year's Day.
 */
export function noticeBehind({ years }: Calendar, day: LegalDate): Omit<NoticeCited, 'date'> | undefined {
  const listed = (year: number) => years.find((one) => one.year === year);
  const own = listed(yearOf(day));
  const change = own?.changes?.findLast(({ from, to }) => from <= day && day <= to);
  if (change) return change;
  const next = isReached(day) ? listed(yearOf(day) + 1) : undefined;
  return (next ?? own)?.notice;
}

/** Whether a notice for the next year may tell of the day. */
const isReached = (day: LegalDate): boolean => day.slice(5) >= REACHED_BACK_FROM;

/** 《国务院办公厅关于…的通知》（国办发明电〔2025〕7号）. */
export const noticeText = ({ title, documentNumber }: Pick<NoticeCited, 'title' | 'documentNumber'>): string =>
  `《${title}》（${documentNumber}）`;

/**
 * 节假日安排: of each year that one of `days` was looked up in, the notice with its number, or that none is recorded; then each
 * later notice that changed one of them. The last days of December rest on the next year's notice too, and where that is still
 * to come, it is said why they are provisional.
 */
export function noticesBehind(
  calendar: Calendar,
  days: readonly { readonly day: LegalDate; readonly why: string }[],
): readonly string[] {
  const looked = days.flatMap(({ day, why }) => (why === 'firstDay' || why === 'suspended' ? [] : [day]));
  const years = looked.flatMap((day) => [yearOf(day), ...(isReached(day) ? [yearOf(day) + 1] : [])]);
  const changes = calendar.years
    .flatMap((year) => year.changes ?? [])
    .filter(({ from, to }) => looked.some((day) => from <= day && day <= to));
  const listed = new Set(calendar.years.map(({ year }) => year));
  const sorted = [...new Set(years)].sort((a, b) => a - b);
  const reachedBack = sorted.filter(
    (year) => listed.has(year) && !listed.has(year + 1) && looked.some((day) => yearOf(day) === year && isReached(day)),
  );
  return [
    ...sorted.map((year) => yearSource(calendar, year)),
    ...changes.map((change) => `其中${change.from}至${change.to}依${noticeText(change)}`),
    ...reachedBack.map(
      (year) => `${year}年12月25日起的日子，${year + 1}年的放假通知仍可能调整，暂按${year}年的安排计算`,
    ),
  ];
}
