import fc from 'fast-check';
import { addDays, daysBetween, isLegalDate, legalDate, weekday, yearOf } from './legal-date.js';

const anyDate = fc
  .date({ min: new Date('1992-01-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => legalDate(date.toISOString().slice(0, 10)));

describe('a legal date', () => {
  it.each(['1992-01-01', '2024-02-29', '2000-02-29', '2026-12-31', '9999-12-31'])('%s is one', (text) => {
    expect(isLegalDate(text)).toBe(true);
    expect(legalDate(text)).toBe(text);
  });

  it.each([
    '1991-12-31',
    '2025-02-29',
    '2100-02-29',
    '2026-00-10',
    '2026-13-10',
    '2026-04-31',
    '2026-01-00',
    '2026-1-1',
    '2026/01/01',
    ' 2026-01-01',
    '2026-01-01\n',
    '10000-01-01',
    '２０２６-01-01',
    '',
    20260101,
    null,
    undefined,
    new Date(),
  ])('%p is none', (text) => {
    expect(isLegalDate(text)).toBe(false);
    expect(() => legalDate(String(text))).toThrow(RangeError);
  });
});

describe('counting', () => {
  it.each([
    ['2026-09-30', 1, '2026-10-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2026-05-05', 0, '2026-05-05'],
    ['1992-01-02', -1, '1992-01-01'],
  ])('%s and %i days are %s', (from, days, to) => {
    expect(addDays(legalDate(from), days)).toBe(to);
    expect(daysBetween(legalDate(from), legalDate(to))).toBe(days);
  });

  it('does not leave the range', () => {
    expect(() => addDays(legalDate('1992-01-01'), -1)).toThrow(RangeError);
    expect(() => addDays(legalDate('9999-12-31'), 1)).toThrow(RangeError);
  });

  it('comes back, and agrees with the order of the texts', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 300 }), (date, days) => {
        const later = addDays(date, days);
        expect(addDays(later, -days)).toBe(date);
        expect(daysBetween(date, later)).toBe(days);
        expect(later >= date).toBe(true);
        expect(weekday(later)).toBe((weekday(date) + days) % 7);
      }),
    );
  });

  it.each([
    ['2026-11-22', 0],
    ['2026-11-23', 1],
    ['2000-01-01', 6],
  ])('%s is day %i of its week', (date, day) => expect(weekday(legalDate(date))).toBe(day));

  it('reads the year', () => expect(yearOf(legalDate('2026-11-22'))).toBe(2026));
});
