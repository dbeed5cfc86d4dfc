import { endOfDay } from '#libs/kernel';
import { cannotTell, type ClockRun, type Timing } from './run.js';

/** 按期: the day set for the task is the last in time. Whether the task has a day is the limit's condition. */
export function taskDateTiming({ marks: { started } }: ClockRun): Timing {
  if (!started) return cannotTell();
  return { from: started, due: started.on, lateFrom: endOfDay(started.on), provisional: false };
}
