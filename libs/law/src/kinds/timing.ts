import type { ClockLimit } from '../clock-rule.js';
import { countTiming } from './count-per-year.js';
import { daysBeforeTiming } from './days-before.js';
import { daysTiming } from './days.js';
import { hoursTiming } from './hours.js';
import type { ClockRun, Timing } from './run.js';
import { sameDayTiming } from './same-day.js';
import { taskDateTiming } from './task-date.js';
import { unnumberedTiming } from './unnumbered.js';
import { windowTiming } from './window.js';

/** The limit over the run, by its kind. */
export function timingOf(limit: ClockLimit, run: ClockRun): Timing {
  switch (limit.unit) {
    case 'workingDay':
    case 'calendarDay':
      return daysTiming(limit, run);
    case 'hour':
      return hoursTiming(limit, run);
    case 'immediate':
    case 'promptly':
      return unnumberedTiming(run);
    case 'sameDay':
      return sameDayTiming(limit, run);
    case 'workingDaysBefore':
      return daysBeforeTiming(limit, run);
    case 'taskDate':
      return taskDateTiming(run);
    case 'window':
      return windowTiming(limit, run);
    case 'countPerYear':
      return countTiming(limit, run);
  }
}
