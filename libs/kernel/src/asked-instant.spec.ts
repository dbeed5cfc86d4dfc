import { askedInstant, isSettled, judgedAt, occurredBy } from './asked-instant.js';
import { instant, lastInstantOf, nextInstant, endOfDay } from './instant.js';
import { legalDate } from './legal-date.js';
import type { Occurrence } from './occurrence.js';

const day = legalDate('2026-09-18');

it('takes a bare date for the last instant of that day in Shanghai', () => {
  expect(askedInstant('2026-09-18')).toBe('2026-09-18T15:59:59.999999Z');
  expect(nextInstant(lastInstantOf(day))).toBe(endOfDay(day));
});

it.each([
  ['2026-09-18T09:30:00+08:00', '2026-09-18T01:30:00.000000Z'],
  ['2026-09-18T01:30:00.1Z', '2026-09-18T01:30:00.100000Z'],
  ['2026-02-30', undefined],
  ['2026-09-18T09:30:00', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('%j is the instant %s', (text, expected) => expect(askedInstant(text)).toBe(expected));

describe('an act had taken place by an instant', () => {
  const onDay: Occurrence = { on: day };
  const atNine: Occurrence = { at: instant('2026-09-18T09:00:00+08:00') };
  it.each([
    [onDay, '2026-09-18', true],
    [onDay, '2026-09-17', false],
    [onDay, '2026-09-18T23:59:59.999998+08:00', false],
    [onDay, '2026-09-19T00:00:00+08:00', true],
    [atNine, '2026-09-18T09:00:00+08:00', true],
    [atNine, '2026-09-18T08:59:59.999999+08:00', false],
    [{ at: endOfDay(day) }, '2026-09-18', false],
  ] as const)('%j by %s: %s', (occurrence, by, expected) =>
    expect(occurredBy(occurrence, askedInstant(by)!)).toBe(expected),
  );
});

describe('the instant of judgement', () => {
  const now = instant('2026-11-01T00:00:00Z');
  const [early, middle, late] = ['2026-09-01', '2026-10-01', '2026-12-01'].map((on) => askedInstant(on)!);
  it.each([
    [{}, now],
    [{ known: middle }, middle],
    [{ known: late }, late],
    [{ occurred: middle }, middle],
    [{ occurred: late }, now],
    [{ known: middle, occurred: early }, early],
    [{ known: early, occurred: middle }, early],
    [{ known: middle, occurred: early, asOf: late }, late],
  ])('of %j', (asked, expected) => expect(judgedAt(asked, now)).toBe(expected));
});

it.each([
  ['2026-09-18T00:00:00Z', '2026-09-18T00:00:15Z', false],
  ['2026-09-18T00:00:00Z', '2026-09-18T00:00:15.001Z', true],
  ['2026-09-18T00:00:00Z', '2026-09-17T00:00:00Z', false],
])('what was known at %s is settled at %s: %s', (asOf, now, expected) =>
  expect(isSettled(instant(asOf), instant(now))).toBe(expected),
);
