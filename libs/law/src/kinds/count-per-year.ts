import { endOfDay, legalDate, yearOf, type Mark } from '#libs/kernel';
import type { CountClockLimit } from '../clock-rule.js';
import { cannotTell, type ClockRun, type Timing } from './run.js';

/**
 * 每年不少于若干次: judged by the calendar year in which the start lies, once it is over; the act that makes up the number
 * stops it. Acts of other years do not count. Whether the duty held for the whole year is for whoever gives the start.
 */
export function countTiming({ least }: CountClockLimit, { marks: { started, occasions = [] } }: ClockRun): Timing {
  if (!started) return cannotTell();
  const year = yearOf(started.on);
  const found = occasionsIn(year, occasions);
  const enough = found[least - 1];
  const due = legalDate(`${year}-12-31`);
  return {
    from: started,
    due,
    lateFrom: endOfDay(due),
    count: { least, found: found.length },
    ...(enough && { stopped: enough }),
    provisional: false,
  };
}

/** The acts of the year, the earliest first. */
export const occasionsIn = (year: number, occasions: readonly Mark[]): readonly Mark[] =>
  occasions.filter(({ on }) => yearOf(on) === year).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
