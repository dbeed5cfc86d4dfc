import { instant, isLegalDate, type Instant, type LegalDate } from '#libs/kernel';
import { LIMIT_DAYS_MAX, type DaysLimit } from './days.js';
import { LIMIT_HOURS_MAX, type AskedLimit } from './reckoning.js';

/** What a person wrote cannot be counted; the message is for them. */
export class LimitRefused extends Error {
  override readonly name = 'LimitRefused';
  constructor(
    /** Which of `from`, `limit`, `extend` is at fault. */
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
  try {
    return instant(text);
  } catch {
    throw new LimitRefused('from', `须为存在的日期（YYYY-MM-DD）或带时区的时间，现为“${text}”`);
  }
}
