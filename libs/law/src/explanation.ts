import type { ScheduledClock } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import type { ClockRule } from './clock-rule.js';
import { limitOf, scheduledClock } from './clock-rules.js';
import { explanationText } from './clock-sentences.js';
import { daysBeforeTold } from './kinds/days-before.js';
import { daysTold } from './kinds/days.js';
import type { ClockMarks, ToldDay, ToldPart } from './kinds/run.js';
import { windowTold } from './kinds/window.js';
import { noticesBehind } from './notice-behind.js';
import type { CitedRule } from './rule.js';
import { rule as ruleOf } from './rules.js';

/** What is asked to explain itself: a clock of a pack, over what a case tells of it. */
export interface ExplainedClock {
  readonly rule: ClockRule;
  readonly marks: ClockMarks;
}

/** 期限说明: how a clock came to its day, for a program and for a person who checks it by hand. */
export interface Explanation {
  readonly clock: ScheduledClock;
  /** Every day that was looked at, in the order of the count; empty where no day was counted. */
  readonly days: readonly ToldDay[];
  /** The limit (part 0) and each extension in force, from where to where. */
  readonly parts: readonly ToldPart[];
  readonly cites: readonly CitedRule[];
  /** What the days of the count rest on, year by year: see `noticesBehind`. */
  readonly notices: readonly string[];
  /** The same in Chinese, a line each. */
  readonly text: readonly string[];
}

/**
 * 逐日说明: the clock as {@link scheduledClock} schedules it, with every day counted or skipped and why, the article of each
 * limit and extension, and the notice behind each holiday and worked weekend day. Undefined where the case has no such
 * clock. It knows no now: a clock that is still open is explained up to its due day.
 */
export function explanation(
  { rule, marks }: ExplainedClock,
  { calendar }: { readonly calendar: Calendar },
): Explanation | undefined {
  const clock = scheduledClock(rule, calendar, marks);
  if (!clock) return undefined;
  const { days: counted, parts } = clock.notApplicable === undefined ? countOf(rule, calendar, marks) : NOTHING;
  const { suspensions = [], suspendedBy } = marks;
  const suspending = suspensions.length > 0 ? suspendedBy?.rule : undefined;
  const days = counted.map((day) =>
    suspending !== undefined && day.why === 'suspended' ? { ...day, suspendedBy: suspending } : day,
  );
  const limiting = limitOf(rule, marks.holds)?.rule ?? clock.rule;
  const cites = [...new Set([limiting, clock.rule, ...(suspending === undefined ? [] : [suspending])])].map(citedRule);
  const notices = noticesBehind(calendar, days);
  return {
    clock,
    days,
    parts,
    cites,
    notices,
    text: explanationText({ rule, marks, clock, days, parts, cites, notices }),
  };
}

interface Count {
  readonly days: readonly ToldDay[];
  readonly parts: readonly ToldPart[];
}

const NOTHING: Count = { days: [], parts: [] };

function countOf(rule: ClockRule, calendar: Calendar, marks: ClockMarks): Count {
  const limit = limitOf(rule, marks.holds);
  const from = marks.started?.on;
  if (!limit || from === undefined) return NOTHING;
  switch (limit.unit) {
    case 'workingDay':
    case 'calendarDay':
      return daysTold(limit, { rule, calendar, marks });
    case 'workingDaysBefore':
      return { days: daysBeforeTold(limit, calendar, from), parts: [] };
    case 'window':
      return { days: windowTold(limit, calendar, from), parts: [] };
    case 'sameDay':
    case 'hour':
    case 'immediate':
    case 'promptly':
    case 'taskDate':
    case 'countPerYear':
      return NOTHING;
  }
}

function citedRule(id: string): CitedRule {
  const { article = '', instrument = '' } = ruleOf(id) ?? {};
  return { rule: id, article, instrument };
}
