import fc from 'fast-check';
import {
  dayOf,
  endOfDay,
  fromMilliseconds,
  instant,
  isInstant,
  latest,
  nextInstant,
  startOfDay,
  toMilliseconds,
} from './instant.js';
import { legalDate } from './legal-date.js';

const anyMilliseconds = fc.integer({ min: Date.UTC(1993, 0, 1), max: Date.UTC(9998, 0, 1) });

it.each([
  ['2026-09-18T01:02:03Z', '2026-09-18T01:02:03.000000Z'],
  ['2026-09-18t01:02:03z', '2026-09-18T01:02:03.000000Z'],
  ['2026-09-18T01:02:03.5Z', '2026-09-18T01:02:03.500000Z'],
  ['2026-09-18T01:02:03.000001Z', '2026-09-18T01:02:03.000001Z'],
  ['2026-09-18T09:02:03+08:00', '2026-09-18T01:02:03.000000Z'],
  ['2026-09-18T00:30:00+08:00', '2026-09-17T16:30:00.000000Z'],
  ['2026-09-17T20:30:00.123456-04:30', '2026-09-18T01:00:00.123456Z'],
  ['2026-12-31T23:59:59.999999-00:01', '2027-01-01T00:00:59.999999Z'],
])('%s is %s', (text, canonical) => {
  expect(instant(text)).toBe(canonical);
  expect(isInstant(canonical)).toBe(true);
});

it.each([
  '2026-09-18',
  '2026-09-18T01:02:03',
  '2026-09-18 01:02:03Z',
  '2026-09-18T24:00:00Z',
  '2026-09-18T01:60:00Z',
  '2026-06-30T23:59:60Z',
  '2026-02-29T00:00:00Z',
  '2026-09-18T01:02:03.1234567Z',
  '2026-09-18T01:02:03.Z',
  '2026-09-18T01:02:03+24:00',
  '2026-09-18T01:02:03+08:60',
  '2026-09-18T01:02:03+0800',
  '2026-09-18T01:02Z',
  '1991-12-31T00:00:00Z',
  '',
])('%p is no instant', (text) => {
  expect(() => instant(text)).toThrow(RangeError);
  expect(isInstant(text)).toBe(false);
});

it('has one canonical text: others of the same moment are not it', () => {
  expect(isInstant('2026-09-18T01:02:03Z')).toBe(false);
  expect(isInstant('2026-09-18T09:02:03.000000+08:00')).toBe(false);
  expect(isInstant(1)).toBe(false);
});

it('orders as text, and steps by a microsecond', () => {
  fc.assert(
    fc.property(anyMilliseconds, anyMilliseconds, (a, b) => {
      const [left, right] = [fromMilliseconds(a), fromMilliseconds(b)];
      expect(left < right).toBe(a < b);
      expect(toMilliseconds(left)).toBe(a);
      expect(latest(left, right)).toBe(a > b ? left : right);
      expect(nextInstant(left) > left).toBe(true);
      expect(isInstant(nextInstant(left))).toBe(true);
      expect(instant(left)).toBe(left);
    }),
  );
});

it.each([
  ['2026-09-18T01:02:03.000000Z', '2026-09-18T01:02:03.000001Z'],
  ['2026-09-18T01:02:03.999999Z', '2026-09-18T01:02:04.000000Z'],
  ['2026-12-31T23:59:59.999999Z', '2027-01-01T00:00:00.000000Z'],
])('after %s comes %s', (at, next) => expect(nextInstant(instant(at))).toBe(next));

it.each([
  ['2026-09-17T15:59:59.999999Z', '2026-09-17'],
  ['2026-09-17T16:00:00.000000Z', '2026-09-18'],
  ['2026-12-31T16:00:00.000000Z', '2027-01-01'],
])('%s is on %s in Shanghai', (at, day) => expect(dayOf(instant(at))).toBe(day));

it('puts a day between its first instant and the first after it', () => {
  const day = legalDate('2026-09-18');
  expect(startOfDay(day)).toBe('2026-09-17T16:00:00.000000Z');
  expect(endOfDay(day)).toBe('2026-09-18T16:00:00.000000Z');
  expect(dayOf(startOfDay(day))).toBe(day);
  expect(dayOf(endOfDay(day))).toBe('2026-09-19');
});
