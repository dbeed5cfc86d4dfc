import { endOfDay } from '#libs/kernel';
import type { SameDayClockLimit } from '../clock-rule.js';
import { countDays } from '../days.js';
import { cannotTell, type ClockRun, type Timing } from './run.js';

/**
 * 当日: due on the day of the start, whatever kind of day it is. With `graceDays` it is late only after so many working days
 * more; an act in between is neither on time nor late: 之日起开始 may mean that day alone.
 */
export function sameDayTiming({ graceDays }: SameDayClockLimit, { calendar, marks: { started } }: ClockRun): Timing {
  if (!started) return cannotTell();
  const due = started.on;
  if (graceDays === undefined) return { from: started, due, lateFrom: endOfDay(due), provisional: false };
  const grace = countDays(calendar, due, { days: graceDays, unit: 'workingDay' });
  return { from: started, due, lateFrom: endOfDay(grace.due), provisional: grace.provisional };
}
