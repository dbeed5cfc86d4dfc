import { addDays, legalDate, weekday, type LegalDate } from '#libs/kernel';
import fc from 'fast-check';
import { chineseCalendar, countDays, explain, LIMIT_DAYS_MAX, workingDaysBetween, type Calendar } from './index.js';

const calendar = chineseCalendar();
const dueOf = (from: string, days: number) => countDays(calendar, legalDate(from), { days, unit: 'workingDay' });

describe('working days', () => {
  it.each([
    // Labour Day 2020: 1 to 5 May off, 26 April and 9 May worked.
    ['2020-04-10', 10, '2020-04-24'],
    ['2020-04-10', 20, '2020-05-11'],
    ['2020-04-24', 10, '2020-05-11'],
    ['2020-05-11', 10, '2020-05-25'],
    // Autumn 2026: 20 September worked, 25 to 27 off, 1 to 7 October off, 10 October worked.
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-09-18', 5, '2026-09-24'],
    ['2026-09-18', 6, '2026-09-28'],
    ['2026-09-18', 8, '2026-09-30'],
    ['2026-09-18', 10, '2026-10-09'],
    ['2026-09-18', 11, '2026-10-10'],
    ['2026-09-18', 20, '2026-10-22'],
    ['2026-10-09', 10, '2026-10-22'],
    ['2026-09-21', 10, '2026-10-12'],
    // From a holiday, from a plain weekend day, from a worked weekend day.
    ['2026-10-01', 10, '2026-10-20'],
    ['2026-10-07', 10, '2026-10-20'],
    ['2026-09-26', 3, '2026-09-30'],
    ['2026-09-26', 4, '2026-10-08'],
    ['2026-10-11', 1, '2026-10-12'],
    ['2026-09-20', 10, '2026-10-10'],
    ['2026-10-10', 1, '2026-10-12'],
    ['2026-10-10', 5, '2026-10-16'],
    // Spring Festival 2026: 14 February worked, 15 to 23 off, 28 worked.
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-13', 10, '2026-03-05'],
    // Up to the last day that no notice can still change.
    ['2026-12-18', 4, '2026-12-24'],
  ])('from %s, the %i. is %s', (from, days, due) => {
    expect(dueOf(from, days)).toEqual({ due, provisional: false });
  });

  it.each([
    ['2026-12-18', 5, '2026-12-25'],
    ['2026-12-18', 10, '2027-01-04'],
    ['2026-12-18', 20, '2027-01-18'],
    // 4 (Thu) February; Spring Festival 5 (Fri) to 8 (Mon), 9 (Tue) and on worked.
    ['2027-02-03', 2, '2027-02-09'],
    // Mid-Autumn, 15 September, is a Wednesday; of National Day, 1 October is a Friday.
    ['2027-09-13', 2, '2027-09-16'],
    ['2027-09-29', 2, '2027-10-04'],
    ['2027-02-01', 1, '2027-02-02'],
    ['2003-12-30', 1, '2003-12-31'],
  ])('from %s, the %i. is %s for the time being', (from, days, due) => {
    expect(dueOf(from, days)).toEqual({ due, provisional: true });
  });

  it('is settled when only the first day, which is not counted, lacks a notice', () => {
    expect(dueOf('2003-12-31', 1)).toEqual({ due: '2004-01-02', provisional: false });
  });
});

describe('calendar days', () => {
  it.each([
    ['2026-09-25', 10, '2026-10-05'],
    ['2026-12-25', 10, '2027-01-04'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('from %s, the %i. is %s, whatever the calendar holds', (from, days, due) => {
    expect(countDays(calendar, legalDate(from), { days, unit: 'calendarDay' })).toEqual({ due, provisional: false });
  });
});

describe('a count, explained', () => {
  const notice = '《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）';
  const off = { counted: false, provisional: false, notice };
  const by = (provision: string) => ({
    why: 'statutory',
    statute: `《全国年节及纪念日放假办法》（国务院令第795号）${provision}`,
  });

  it('names every day, whether it counts and why', () => {
    expect(explain(calendar, legalDate('2026-09-24'), { days: 4, unit: 'workingDay' })).toEqual([
      { day: '2026-09-24', counted: false, provisional: false, why: 'firstDay' },
      { ...off, day: '2026-09-25', ...by('第二条第六项'), name: '中秋' },
      { ...off, day: '2026-09-26', why: 'holiday', name: '中秋' },
      { ...off, day: '2026-09-27', why: 'holiday', name: '中秋' },
      { day: '2026-09-28', counted: true, provisional: false, why: 'weekday' },
      { day: '2026-09-29', counted: true, provisional: false, why: 'weekday' },
      { day: '2026-09-30', counted: true, provisional: false, why: 'weekday' },
      ...['01', '02', '03'].map((on) => ({ ...off, day: `2026-10-${on}`, ...by('第二条第七项'), name: '国庆节' })),
      ...['04', '05', '06', '07'].map((on) => ({ ...off, day: `2026-10-${on}`, why: 'holiday', name: '国庆节' })),
      { day: '2026-10-08', counted: true, provisional: false, why: 'weekday' },
    ]);
  });

  it('names the statute alone, where there is no notice', () => {
    expect(explain(calendar, legalDate('2027-06-08'), { days: 1, unit: 'workingDay' }).slice(1)).toEqual([
      { day: '2027-06-09', counted: false, provisional: true, ...by('第二条第五项'), name: '端午节' },
      { day: '2027-06-10', counted: true, provisional: true, why: 'weekday' },
    ]);
  });

  it('names a worked weekend day and the days that are provisional', () => {
    expect(explain(calendar, legalDate('2026-10-09'), { days: 1, unit: 'workingDay' }).at(-1)?.why).toBe('worked');
    expect(
      explain(calendar, legalDate('2027-05-31'), { days: 1, unit: 'workingDay' }).map((day) => day.provisional),
    ).toEqual([false, true]);
  });
});

it.each([0, -1, 1.5, LIMIT_DAYS_MAX + 1, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses a limit of %p days',
  (days) => {
    expect(() => dueOf('2026-01-05', days)).toThrow(RangeError);
    expect(() => explain(calendar, legalDate('2026-01-05'), { days, unit: 'calendarDay' })).toThrow(RangeError);
  },
);

it('counts the longest limit', () => {
  expect(countDays(calendar, legalDate('2000-01-01'), { days: LIMIT_DAYS_MAX, unit: 'calendarDay' }).due).toBe(
    '2027-05-19',
  );
});

describe('against a naive walk over a plain table', () => {
  const first = legalDate('2025-01-01');
  const dayAt = fc.integer({ min: 0, max: 729 }).map((ordinal) => addDays(first, ordinal));
  const isWeekend = (day: LegalDate): boolean => weekday(day) === 0 || weekday(day) === 6;
  const table = fc.record({
    off: fc.uniqueArray(dayAt, { maxLength: 80 }),
    shifted: fc.uniqueArray(dayAt.filter(isWeekend), { maxLength: 30 }),
  });

  /** Plain text dates and the engine's own calendar; nothing of the code under test. */
  function naiveDue(off: ReadonlySet<string>, shifted: ReadonlySet<string>, from: string, days: number): string {
    const at = new Date(`${from}T12:00:00Z`);
    let left = days;
    while (left > 0) {
      at.setUTCDate(at.getUTCDate() + 1);
      const text = at.toISOString().slice(0, 10);
      const plain = at.getUTCDay() >= 1 && at.getUTCDay() <= 5;
      if (!off.has(text) && (plain || shifted.has(text))) left -= 1;
    }
    return at.toISOString().slice(0, 10);
  }

  it('agrees for every table, start and limit', () => {
    fc.assert(
      fc.property(table, dayAt, fc.integer({ min: 1, max: 120 }), ({ off, shifted }, from, days) => {
        const worked = shifted.filter((day) => !off.includes(day));
        const made: Calendar = {
          version: 'made',
          source: 'made',
          years: [2025, 2026].map((year) => ({
            year,
            holidays: off.filter((on) => on.startsWith(`${year}`)).map((on) => ({ on, name: 'off' })),
            worked: worked.filter((on) => on.startsWith(`${year}`)),
          })),
        };
        const { due, provisional } = countDays(made, from, { days, unit: 'workingDay' });
        expect(due).toBe(naiveDue(new Set(off), new Set(worked), from, days));
        expect(provisional).toBe(due >= '2026-12-25');
        const told = explain(made, from, { days, unit: 'workingDay' });
        expect(told.filter(({ counted }) => counted)).toHaveLength(days);
        expect(told.at(-1)).toMatchObject({ day: due, counted: true });
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  ['2026-09-18', '2026-10-13', 13],
  ['2026-09-18', '2026-09-20', 1],
  ['2026-09-18', '2026-09-18', 0],
  ['2026-09-18', '2026-09-01', 0],
])('from %s to %s there are %i working days, the first not among them', (from, to, days) => {
  expect(workingDaysBetween(calendar, legalDate(from), legalDate(to))).toBe(days);
});
