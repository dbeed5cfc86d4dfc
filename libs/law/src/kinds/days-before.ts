import { endOfDay, type LegalDate } from '#libs/kernel';
import type { Calendar } from '../calendar.js';
import type { DaysBeforeClockLimit } from '../clock-rule.js';
import { countDaysBack, explainBack, type CountedDays } from '../days.js';
import { cannotTell, type ClockRun, type Timing, type ToldDay } from './run.js';

/**
 * 召开前5个工作日: the day of the meeting is not counted, and the fifth working day before it is the last day in time (notes
 * 7.18). Read as clear days, so many whole working days lie between.
 */
export function daysBeforeTiming(limit: DaysBeforeClockLimit, { calendar, marks: { started } }: ClockRun): Timing {
  if (!started) return cannotTell();
  const { due, provisional } = lastDay(calendar, started.on, limit);
  return { from: started, due, lateFrom: endOfDay(due), provisional };
}

const daysOf = ({ days, clearDays }: DaysBeforeClockLimit): number => (clearDays ? days + 1 : days);

const lastDay = (calendar: Calendar, from: LegalDate, limit: DaysBeforeClockLimit): CountedDays =>
  countDaysBack(calendar, from, { days: daysOf(limit), unit: 'workingDay' });

export const daysBeforeTold = (limit: DaysBeforeClockLimit, calendar: Calendar, from: LegalDate): readonly ToldDay[] =>
  explainBack(calendar, from, { days: daysOf(limit), unit: 'workingDay' }).map((day) => ({ ...day, part: 0 }));
