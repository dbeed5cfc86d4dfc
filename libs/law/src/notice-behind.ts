import { yearOf, type LegalDate } from '#libs/kernel';
import { REACHED_BACK_FROM, type Calendar, type NoticeCited } from './calendar.js';

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
  const next = day.slice(5) >= REACHED_BACK_FROM ? listed(yearOf(day) + 1) : undefined;
  return (next ?? own)?.notice;
}

/** 《国务院办公厅关于…的通知》（国办发明电〔2025〕7号）. */
export const noticeText = ({ title, documentNumber }: Pick<NoticeCited, 'title' | 'documentNumber'>): string =>
  `《${title}》（${documentNumber}）`;
