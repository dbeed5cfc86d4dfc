import { legalDate } from '#libs/kernel';
import {
  changedDays,
  chineseCalendar,
  countDays,
  dayNumber,
  EVERY_DAY,
  watchedCalendar,
  withNotice,
  type Calendar,
} from './index.js';

const day = legalDate;
const shipped = chineseCalendar();
const noticed = withNotice(shipped, {
  ...{ source: '国务院办公厅', title: '示例', documentNumber: '示例〔2026〕1号', date: day('2026-11-05'), year: 2027 },
  holidays: [{ on: day('2027-01-01'), name: '元旦' }],
  worked: [],
});

it('a watched calendar notes the days that were looked up, from the first to the last', () => {
  const { calendar, looked } = watchedCalendar(shipped);
  expect(looked()).toBeUndefined();
  const limit = { days: 10, unit: 'workingDay' } as const;
  const { due } = countDays(calendar, day('2026-09-18'), limit);
  expect(due).toBe(countDays(shipped, day('2026-09-18'), limit).due);
  expect(looked()).toEqual({ first: dayNumber(day('2026-09-19')), last: dayNumber(due) });
});

it('whoever asks it for more than days has looked at everything', () => {
  const { calendar, looked } = watchedCalendar(shipped);
  expect(calendar.statute).toBe(shipped.statute);
  expect(looked()).toEqual({ first: 0, last: EVERY_DAY });
});

it('two calendars differ from the first to the last day that they tell otherwise', () => {
  expect(changedDays(shipped, shipped)).toBeUndefined();
  expect(changedDays(shipped, { ...shipped, version: 'other' })).toBeUndefined();
  const changed = { first: dayNumber(day('2026-12-25')), last: dayNumber(day('2027-12-24')) };
  expect(changedDays(shipped, noticed)).toEqual(changed);
  expect(changedDays(noticed, shipped)).toEqual(changed);
});

it('two calendars that know different statutes differ on every day', () => {
  const early = { version: shipped.version, source: shipped.source, years: shipped.years };
  const every = { first: 0, last: EVERY_DAY };
  expect(changedDays(early, shipped)).toEqual(every);
  expect(changedDays(shipped, JSON.parse(JSON.stringify(shipped)) as Calendar)).toBeUndefined();
});
