/**
 * 日（法定日期）: a calendar day in Asia/Shanghai, `YYYY-MM-DD`. It is not an instant: 期限 are counted in days, and a
 * day has no hour. The range is 1992-01-01 to 9999-12-31, because since 1992 Shanghai has been at UTC+8 all year.
 */
export type LegalDate = string & { readonly LegalDate: unique symbol };

/** The first day there is: none comes before it. */
export const FIRST_LEGAL_DATE = '1992-01-01' as LegalDate;

/** The last day there is: none comes after it. */
export const LAST_LEGAL_DATE = '9999-12-31' as LegalDate;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_MS = 86_400_000;

/** Whether `text` names an existing day of the range. */
export const isLegalDate = (text: unknown): text is LegalDate => isCalendarDay(text) && text >= FIRST_LEGAL_DATE;

/** Whether `text` names an existing day, of the range or before it. */
export function isCalendarDay(text: unknown): text is string {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeapDay || (day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0));
}

/** @throws RangeError when `text` names no existing day of the range. */
export function legalDate(text: string): LegalDate {
  if (!isLegalDate(text)) throw new RangeError(`not a legal date: ${text}`);
  return text;
}

/** The day `days` after `date` (before it when negative). @throws RangeError when the result leaves the range. */
export function addDays(date: LegalDate, days: number): LegalDate {
  const day = dayNumber(date) + days;
  if (!(day >= FIRST_DAY && day <= LAST_DAY)) throw new RangeError(`${days} days after ${date} is no legal date`);
  return textOf(day) as LegalDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: LegalDate): number {
  return new Date(dayNumber(date) * DAY_MS).getUTCDay();
}

export function yearOf(date: LegalDate): number {
  return Number(date.slice(0, 4));
}

function dayNumber(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8))) / DAY_MS;
}

function textOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const FIRST_DAY = dayNumber(FIRST_LEGAL_DATE);
const LAST_DAY = dayNumber(LAST_LEGAL_DATE);
