import { readFileSync } from 'node:fs';

/*
 * A second, naive counting of days that shares no code with the product: a plain table of days off and days worked, and a
 * walk over it one day at a time with the language's own dates.
 */
interface Table {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

const table = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as Table;

const isAtWork = (day: string, date: Date): boolean => {
  if (table.workdays[day] !== undefined) return true;
  if (table.holidays[day] !== undefined) return false;
  return date.getUTCDay() !== 0 && date.getUTCDay() !== 6;
};

/** The `count`-th day after (or before) `from`, which itself does not count; only days at work count where asked. */
export function naiveDay(from: string, count: number, workingDays: boolean, back: boolean): string {
  const date = new Date(`${from}T12:00:00Z`);
  let day = from;
  let left = count;
  while (left > 0) {
    date.setUTCDate(date.getUTCDate() + (back ? -1 : 1));
    day = date.toISOString().slice(0, 10);
    if (!workingDays || isAtWork(day, date)) left = left - 1;
  }
  return day;
}

/** So many hours after a minute of a day in Shanghai, as the product writes an instant. */
export function naiveHours(day: string, minute: number, hours: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMinutes(minute + 60 * (hours - 8));
  return date.toISOString().replace('Z', '000Z');
}

/** A window before a day: the first day of so many at work before it, and the day before it. */
export function naiveWindow(day: string, count: number): string {
  return `${naiveDay(day, count, true, true)} ${naiveDay(day, 1, false, true)}`;
}
