import { dayOf, fromMilliseconds, nextInstant, toMilliseconds } from '#libs/kernel';
import type { HoursClockLimit } from '../clock-rule.js';
import { cannotTell, type ClockRun, type Timing } from './run.js';

const HOUR_MS = 3_600_000;

/**
 * 若干小时: by the clock, day and night, from the moment of the start. Where only its day is known it cannot be judged; nor
 * where a suspension meets it, because no text says how hours stand still.
 */
export function hoursTiming({ hours }: HoursClockLimit, { marks: { started, suspensions = [] } }: ClockRun): Timing {
  if (started?.at === undefined) return cannotTell(started);
  const dueAt = fromMilliseconds(toMilliseconds(started.at) + hours * HOUR_MS);
  const due = dayOf(dueAt);
  const meets = suspensions.some(({ from, to }) => from <= due && (to === undefined || to > started.on));
  if (meets) return cannotTell(started);
  return { from: started, due, dueAt, lateFrom: nextInstant(dueAt), provisional: false };
}
