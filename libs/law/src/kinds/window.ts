import { addDays, startOfDay, type LegalDate } from '#libs/kernel';
import type { Calendar } from '../calendar.js';
import type { WindowClockLimit } from '../clock-rule.js';
import { countDaysBack, explainBack } from '../days.js';
import { cannotTell, type ClockRun, type Timing, type ToldDay } from './run.js';

/**
 * 生效前15个工作日内: a window with three bands. Before it opens an act is no finding (early is never late); inside it is in
 * time; from the day of effect on it is late (notes D1).
 */
export function windowTiming({ days }: WindowClockLimit, { calendar, marks: { started } }: ClockRun): Timing {
  if (!started) return cannotTell();
  const { due: opens, provisional } = countDaysBack(calendar, started.on, { days, unit: 'workingDay' });
  return { from: started, opens, due: addDays(started.on, -1), lateFrom: startOfDay(started.on), provisional };
}

export const windowTold = ({ days }: WindowClockLimit, calendar: Calendar, from: LegalDate): readonly ToldDay[] =>
  explainBack(calendar, from, { days, unit: 'workingDay' }).map((day) => ({ ...day, part: 0 }));
