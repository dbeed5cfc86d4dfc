import { endOfDay, instant, lastInstantOf, nextInstant, toMilliseconds, type Instant } from './instant.js';
import { isLegalDate } from './legal-date.js';
import type { Occurrence } from './occurrence.js';

/** How long what was recorded by an instant may still be on its way into the log: a command takes no longer. */
export const SETTLING_MS = 15_000;

/**
 * 时刻 as a person gives it: an RFC 3339 date-time with an offset, or a bare date, which stands for the end of that day.
 * Undefined when it is neither.
 */
export function askedInstant(text: string): Instant | undefined {
  if (isLegalDate(text)) return lastInstantOf(text);
  try {
    return instant(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether an act had certainly taken place by `by`, itself included: at its moment, or, where only the day is known, by
 * the last instant of that day.
 */
export const occurredBy = (occurrence: Occurrence, by: Instant): boolean =>
  'at' in occurrence ? occurrence.at <= by : endOfDay(occurrence.on) <= nextInstant(by);

/** Whether nothing more can come to be known of what was recorded by `asOf`. Instants to come are never settled. */
export const isSettled = (asOf: Instant, now: Instant): boolean =>
  toMilliseconds(now) - toMilliseconds(asOf) > SETTLING_MS;

/** What fixes the instant a case is judged at. Each may be left out. */
export interface Judging {
  /** What the reader named. */
  readonly asOf?: Instant | undefined;
  /** By when what counts was known. */
  readonly known?: Instant | undefined;
  /** By when what counts had taken place. */
  readonly occurred?: Instant | undefined;
}

/**
 * The instant of judgement: the one named; else the last one of which the facts that count can tell. That is when they
 * were known (now, where nothing is said of it), or when they had taken place, if that is earlier: of a day before the
 * provision it is not said that the provision is late by all the days since.
 */
export function judgedAt({ asOf, known, occurred }: Judging, now: Instant): Instant {
  const horizon = known ?? now;
  return asOf ?? (occurred !== undefined && occurred < horizon ? occurred : horizon);
}
