import { readFileSync } from 'node:fs';

/*
 * A second, naive counting of days that shares no code with the product: plain tables of days off and days worked, and a
 * walk over them one day at a time with the language's own dates.
 */
interface Table {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

const table = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8')) as Table;

/** Of 2027 and 2028 no notice is out: the days of 全国年节及纪念日放假办法第二条, each written down from a printed calendar. */
const STATUTORY = new Set([
  '2027-01-01', // 元旦
  ...['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'], // 除夕 to 正月初三
  '2027-04-05', // 清明
  ...['2027-05-01', '2027-05-02'], // 劳动节
  '2027-06-09', // 端午
  '2027-09-15', // 中秋
  ...['2027-10-01', '2027-10-02', '2027-10-03'], // 国庆
  '2028-01-01',
  ...['2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28'],
  '2028-04-04',
  ...['2028-05-01', '2028-05-02'],
  '2028-05-28',
  ...['2028-10-01', '2028-10-02', '2028-10-03'], // 中秋 is the third of them
]);

const isAtWork = (day: string, date: Date): boolean => {
  if (STATUTORY.has(day)) return false;
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
