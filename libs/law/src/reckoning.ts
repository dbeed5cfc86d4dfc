import { dayOf, fromMilliseconds, isInstant, toMilliseconds, type Instant, type LegalDate } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { dayLines, dueLine, noticeLines } from './day-sentences.js';
import { explain, explainBack, type DaysLimit } from './days.js';
import type { ToldDay } from './kinds/run.js';
import { noticesBehind } from './notice-behind.js';

/** 期限计算: a day that was looked at. */
export type ReckonedDay = ToldDay;

/** 时限 as a person writes it: working days, calendar days or hours. */
export type AskedLimit = DaysLimit | { readonly hours: number };

/** What is asked of the calculator: from when, how long, extended by what, or counted back. */
export interface Reckoning {
  /** A day, or for hours a moment. */
  readonly from: LegalDate | Instant;
  readonly limit: AskedLimit;
  /** Each counted on from the due day before it. */
  readonly extensions?: readonly DaysLimit[];
  /** 之前若干日: counted back from `from`, which itself is not counted; the last day counted is the due day. */
  readonly before?: boolean;
}

export interface Reckoned {
  /** The last day in time; for hours, the moment. */
  readonly due: LegalDate | Instant;
  readonly provisional: boolean;
  /** In the order they were counted; empty for hours. */
  readonly days: readonly ReckonedDay[];
  /** What these days rest on, year by year: see `noticesBehind`. */
  readonly notices: readonly string[];
}

/** No limit of any text is counted in more hours. */
export const LIMIT_HOURS_MAX = 24 * 366;

const HOUR_MS = 3_600_000;

/**
 * 期限计算, as the clocks of cases are counted (first day not counted, 调休 included), with every day it looked at.
 * @throws RangeError when the limit or an extension is no integer from 1 to {@link LIMIT_DAYS_MAX}, or hours are asked of a
 * day, extended or counted back, or when the count leads beyond all days.
 */
export function reckon(calendar: Calendar, asked: Reckoning): Reckoned {
  const { from, limit, extensions = [], before = false } = asked;
  if ('hours' in limit) return hoursAfter(asked, limit.hours);
  if (before && extensions.length > 0) throw new RangeError('a count back is not extended');
  const start = from.length > 10 ? dayOf(from as Instant) : (from as LegalDate);
  if (before) return countedBack(calendar, start, limit);
  const parts: ReckonedDay[] = [];
  let due = start;
  [limit, ...extensions].forEach((each, part) => {
    const days = explain(calendar, due, each).map((day) => ({ ...day, part }));
    due = days.at(-1)?.day ?? due;
    // The day an extension is counted on from was told as the last of the part before it.
    parts.push(...(part === 0 ? days : days.slice(1)));
  });
  const provisional = parts.some((day) => day.provisional);
  return { due, provisional, days: parts, notices: noticesBehind(calendar, parts) };
}

function hoursAfter({ from, extensions = [], before }: Reckoning, hours: number): Reckoned {
  if (from.length === 10 || before || extensions.length > 0) throw new RangeError('hours run on from a moment');
  if (!Number.isSafeInteger(hours) || hours < 1 || hours > LIMIT_HOURS_MAX)
    throw new RangeError(`not a limit: ${hours}`);
  const due = fromMilliseconds(toMilliseconds(from as Instant) + hours * HOUR_MS);
  if (!isInstant(due)) throw new RangeError(`${hours} hours after ${from} is on no day`);
  return { due, provisional: false, days: [], notices: [] };
}

function countedBack(calendar: Calendar, start: LegalDate, limit: DaysLimit): Reckoned {
  const days = explainBack(calendar, start, limit).map((day) => ({ ...day, part: 0 }));
  const provisional = days.some((day) => day.provisional);
  return { due: days.at(-1)?.day ?? start, provisional, days, notices: noticesBehind(calendar, days) };
}

/** The count in words, a line a day: the number of each counted day, or why it is left out. */
export const reckonedText = ({ due, provisional, days, notices }: Reckoned): readonly string[] => [
  ...dayLines(days),
  dueLine(due, provisional),
  ...noticeLines(notices),
];
