import type { ScheduledClock } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import type { ClockLimit, ClockRule } from './clock-rule.js';
import type { ClockMarks, Holds } from './kinds/run.js';
import { timingOf } from './kinds/timing.js';

export { extendedDue, type Counting } from './kinds/days.js';
export type { ClockMarks, ClockRun, EffectiveExtension, Holds } from './kinds/run.js';

/** The limit that applies: the first whose condition holds. Undefined when none does: then no clock runs. */
export const limitOf = (rule: ClockRule, holds: Holds): ClockLimit | undefined =>
  rule.limits.find(({ when }) => when === 'always' || holds(when));

/**
 * The clock as the law schedules it; `rule` is the one that set its due day, the extension's once extended. It is late
 * from the first instant after the due day. Without `started`, or while a suspension that has not ended holds it, it has
 * no due day; without a limit that applies there is no clock.
 */
export function scheduledClock(rule: ClockRule, calendar: Calendar, marks: ClockMarks): ScheduledClock | undefined {
  const limit = limitOf(rule, marks.holds);
  if (!limit) return undefined;
  const { holder, stopped, notApplicable } = marks;
  const known = { clock: rule.clock, rule: limit.rule, holder, ...(stopped ? { stopped } : {}) };
  if (notApplicable !== undefined) return { ...known, notApplicable, provisional: false };
  return { ...known, ...timingOf(limit, { rule, calendar, marks }) };
}
