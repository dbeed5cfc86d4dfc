import { dayOf, endOfDay, type Instant } from './instant.js';
import type { LegalDate } from './legal-date.js';

/**
 * 发生时间: when the act a fact names took place, as a person claims it: a day, or a moment when the hour is known.
 * An unknown hour is never midnight.
 */
export type Occurrence = { readonly on: LegalDate } | { readonly at: Instant };

/** The day the act took place. */
export function dayOfOccurrence(occurrence: Occurrence): LegalDate {
  return 'on' in occurrence ? occurrence.on : dayOf(occurrence.at);
}

/** The first instant by which the act has certainly taken place: itself, or the end of its day. */
export function certainBy(occurrence: Occurrence): Instant {
  return 'at' in occurrence ? occurrence.at : endOfDay(occurrence.on);
}

/** Whether `a` took place before `b` for certain: on an earlier day, or, where both hours are known, at an earlier moment. */
export const isCertainlyBefore = (a: Occurrence, b: Occurrence): boolean =>
  'at' in a && 'at' in b ? a.at < b.at : dayOfOccurrence(a) < dayOfOccurrence(b);

/** Earlier day first; within a day a known hour before an unknown one, so that the order is total and stable. */
export function compareOccurrences(a: Occurrence, b: Occurrence): number {
  const keyOf = (o: Occurrence): string => `${dayOfOccurrence(o)} ${'at' in o ? o.at : '~'}`;
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
