import {
  BEYOND_CALENDAR_TEXT,
  instantIn,
  isCalendarDay,
  isLegalDate,
  TOO_EARLY_TEXT,
  type Instant,
  type LegalDate,
} from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { LIMIT_DAYS_MAX, type DaysLimit } from './days.js';
import { LIMIT_HOURS_MAX, reckon, type AskedLimit, type Reckoned } from './reckoning.js';

/** What a person wrote cannot be counted; the message is for them. */
export class LimitRefused extends Error {
  override readonly name = 'LimitRefused';
  constructor(
    /** Which of `from`, `limit`, `extend`, `before` is at fault. */
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

const WRITTEN = /^(\d{1,6})(wd|cd|h)$/;

/** `20wd`, `10cd`, `48h`. @throws LimitRefused */
export function limitFrom(field: string, text: string): AskedLimit {
  const [, digits = '', unit] = WRITTEN.exec(text) ?? [];
  const count = Number(digits);
  const max = unit === 'h' ? LIMIT_HOURS_MAX : LIMIT_DAYS_MAX;
  if (unit === undefined || count < 1 || count > max)
    throw new LimitRefused(
      field,
      `须为 1 至 ${max} 的数字加单位：wd（工作日）、cd（自然日）或 h（小时），例如 20wd，现为“${text}”`,
    );
  return unit === 'h' ? { hours: count } : { days: count, unit: unit === 'wd' ? 'workingDay' : 'calendarDay' };
}

/** As {@link limitFrom}, days only. @throws LimitRefused */
export function daysFrom(field: string, text: string): DaysLimit {
  const limit = limitFrom(field, text);
  if ('hours' in limit) throw new LimitRefused(field, `须以 wd（工作日）或 cd（自然日）计，现为“${text}”`);
  return limit;
}

/** A day, or a moment with its offset. @throws LimitRefused */
export function beginningFrom(text: string): LegalDate | Instant {
  if (isLegalDate(text)) return text;
  const isDay: boolean = isCalendarDay(text);
  if (isDay) throw new LimitRefused('from', `${TOO_EARLY_TEXT}，现为“${text}”`);
  const moment = instantIn(text);
  if (moment === 'beyond') throw new LimitRefused('from', `${BEYOND_CALENDAR_TEXT}，现为“${text}”`);
  if (moment === undefined) throw new LimitRefused('from', `须为存在的日期（YYYY-MM-DD）或带时区的时间，现为“${text}”`);
  return moment;
}

/** A reckoning as a person writes it. */
export interface AskedReckoning {
  readonly from: string;
  readonly limit: string;
  readonly extend: readonly string[];
  readonly before: boolean;
}

/** 期限计算 of what a person wrote. @throws LimitRefused, naming what cannot be counted so, and why. */
export function reckonAsked(calendar: Calendar, asked: AskedReckoning): Reckoned {
  const { before } = asked;
  const from = beginningFrom(asked.from);
  const limit = limitFrom('limit', asked.limit);
  const extensions = asked.extend.map((text) => daysFrom('extend', text));
  if ('hours' in limit) {
    if (isLegalDate(from)) throw new LimitRefused('limit', '以小时计的期限须自带时区的时间起算，不能自日期起算');
    if (before) throw new LimitRefused('before', '以小时计的期限不能倒数');
    if (extensions.length > 0) throw new LimitRefused('extend', '以小时计的期限不能延长');
  }
  if (before && extensions.length > 0) throw new LimitRefused('extend', '倒数的期限不能延长');
  try {
    return reckon(calendar, { from, limit, extensions, before });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LimitRefused('limit', `照此计算超出日历的范围：届满日${BEYOND_CALENDAR_TEXT}`);
  }
}
