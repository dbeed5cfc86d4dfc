import fc from 'fast-check';
import { endOfDay, instant, startOfDay } from './instant.js';
import { addDays, daysBetween, isLegalDate, legalDate } from './legal-date.js';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(1992, 0, 1) / DAY_MS;
const LAST = Date.UTC(9999, 11, 31) / DAY_MS;
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const days = fc.integer({ min: FIRST, max: LAST });

describe('a legal date', () => {
  it('is every day there is from 1992 to 9999', () => {
    fc.assert(fc.property(days, (day) => isLegalDate(textOf(day))));
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1991-12-31',
    '2026-1-1',
  ])('is not %s', (text) => {
    expect(isLegalDate(text)).toBe(false);
    expect(() => legalDate(text)).toThrow(RangeError);
  });

  it.each(['2024-02-29', '2000-02-29', '1992-01-01', '9999-12-31'])('is %s', (text) => {
    expect(isLegalDate(text)).toBe(true);
  });

  it('is counted on from and back to', () => {
    fc.assert(
      fc.property(days, days, (from, to) => {
        expect(addDays(legalDate(textOf(from)), to - from)).toBe(textOf(to));
        expect(daysBetween(legalDate(textOf(from)), legalDate(textOf(to)))).toBe(to - from);
      }),
    );
  });

  it('is never left by counting', () => {
    expect(() => addDays(legalDate('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(legalDate('1992-01-01'), -1)).toThrow(RangeError);
    expect(() => addDays(legalDate('2026-01-01'), NaN)).toThrow(RangeError);
  });

  it('ends in Shanghai where the next one begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST - 1 }), (day) => {
        expect(endOfDay(legalDate(textOf(day)))).toBe(startOfDay(legalDate(textOf(day + 1))));
      }),
    );
    expect(endOfDay(legalDate('2026-09-30'))).toBe(instant('2026-10-01T00:00:00+08:00'));
  });
});
