import { addDays, legalDate, yearOf } from '#libs/kernel';
import { chineseCalendar, dayKind, emptyCalendar, type Calendar } from './index.js';

const calendar = chineseCalendar();
const kindOf = (day: string) => dayKind(calendar, legalDate(day));
const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, ordinal) => addDays(legalDate(first), ordinal));

describe('the shipped calendar', () => {
  it('lists 2004 to 2026 without a gap, each year with its own days only', () => {
    expect(calendar.years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    for (const { year, holidays, worked } of calendar.years)
      expect([...holidays.map(({ on }) => on), ...worked].every((day) => yearOf(day) === year)).toBe(true);
  });

  it('says where it comes from', () => {
    expect(calendar.version).toBe('chinese-days 1.5.7');
    expect(calendar.source).toContain('国务院办公厅');
    expect(calendar.source).toContain('chinese-days 1.5.7');
  });

  it.each([
    ['Mid-Autumn 2026', daysFrom('2026-09-25', 3), '中秋'],
    ['National Day 2026', daysFrom('2026-10-01', 7), '国庆节'],
    ['Labour Day 2020', daysFrom('2020-05-01', 5), '劳动节'],
    ['the eve of New Year 2019', ['2018-12-31'], '元旦'],
  ])('has the holidays of %s', (_name, days, name) => {
    for (const day of days) expect(kindOf(day)).toEqual({ working: false, provisional: false, why: 'holiday', name });
  });

  it.each(['2026-09-20', '2026-10-10', '2020-04-26', '2020-05-09', '2018-12-29'])('has people work on %s', (day) => {
    expect(kindOf(day)).toEqual({ working: true, provisional: false, why: 'worked' });
  });

  it.each([
    ['2026-09-19', 'weekend'],
    ['2026-09-28', 'weekday'],
    ['2026-10-08', 'weekday'],
    ['2026-10-11', 'weekend'],
  ])('takes %s as a plain %s', (day, why) => {
    expect(kindOf(day)).toEqual({ working: why === 'weekday', provisional: false, why });
  });
});

describe('a day without a notice', () => {
  it.each([
    ['2027-01-01', true, 'weekday'],
    ['2027-01-02', false, 'weekend'],
    ['2003-12-31', true, 'weekday'],
  ])('is provisional: %s', (day, working, why) => {
    expect(kindOf(day)).toEqual({ working, provisional: true, why });
  });

  it('includes the last week of a listed year before one that is not listed', () => {
    expect(kindOf('2026-12-24').provisional).toBe(false);
    expect(kindOf('2026-12-25').provisional).toBe(true);
    expect(kindOf('2025-12-31').provisional).toBe(false);
  });

  it('may stand between listed years', () => {
    const gapped: Calendar = { ...calendar, years: calendar.years.filter(({ year }) => year !== 2025) };
    const provisional = (day: string): boolean => dayKind(gapped, legalDate(day)).provisional;
    expect(['2024-12-24', '2024-12-25', '2025-01-01', '2025-12-31', '2026-01-01'].map(provisional)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is every day when no calendar is in hand', () => {
    expect(dayKind(emptyCalendar, legalDate('2026-10-01'))).toEqual({
      working: true,
      provisional: true,
      why: 'weekday',
    });
  });

  it('becomes settled when a calendar lists the year', () => {
    const later: Calendar = {
      ...calendar,
      version: 'later',
      years: [...calendar.years, { year: 2027, holidays: [{ on: legalDate('2027-01-01'), name: '元旦' }], worked: [] }],
    };
    expect(dayKind(later, legalDate('2026-12-25'))).toEqual({ working: true, provisional: false, why: 'weekday' });
    expect(dayKind(later, legalDate('2027-01-01')).why).toBe('holiday');
    expect(kindOf('2027-01-01').why).toBe('weekday');
  });
});
