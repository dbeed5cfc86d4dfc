import { instant } from './instant.js';
import { legalDate } from './legal-date.js';
import { certainBy, compareOccurrences, dayOfOccurrence, isCertainlyBefore, type Occurrence } from './occurrence.js';

const on = (day: string): Occurrence => ({ on: legalDate(day) });
const at = (text: string): Occurrence => ({ at: instant(text) });

it.each([
  [on('2026-09-18'), '2026-09-18', '2026-09-18T16:00:00.000000Z'],
  [at('2026-09-18T08:00:00+08:00'), '2026-09-18', '2026-09-18T00:00:00.000000Z'],
  [at('2026-09-17T16:00:00Z'), '2026-09-18', '2026-09-17T16:00:00.000000Z'],
  [at('2026-09-17T15:59:59Z'), '2026-09-17', '2026-09-17T15:59:59.000000Z'],
])('%j took place on %s, certainly by %s', (occurrence, day, by) => {
  expect(dayOfOccurrence(occurrence)).toBe(day);
  expect(certainBy(occurrence)).toBe(by);
});

it('has an order: by day, within it the known hours first and in their order', () => {
  const ordered = [
    on('2026-09-17'),
    at('2026-09-18T00:00:00+08:00'),
    at('2026-09-18T09:00:00+08:00'),
    at('2026-09-18T23:59:59+08:00'),
    on('2026-09-18'),
    at('2026-09-19T00:00:00+08:00'),
  ];
  for (const [i, a] of ordered.entries())
    for (const [j, b] of ordered.entries()) expect(compareOccurrences(a, b)).toBe(Math.sign(i - j));
});

it.each([
  [on('2026-09-17'), on('2026-09-18'), true],
  [on('2026-09-18'), on('2026-09-18'), false],
  [on('2026-09-18'), at('2026-09-18T09:00:00+08:00'), false],
  [at('2026-09-18T09:00:00+08:00'), on('2026-09-18'), false],
  [at('2026-09-18T09:00:00+08:00'), at('2026-09-18T09:00:01+08:00'), true],
  [at('2026-09-18T23:59:59+08:00'), on('2026-09-19'), true],
])('%j came before %j for certain: %j', (a, b, before) => {
  expect(isCertainlyBefore(a, b)).toBe(before);
});
