import { Transform } from 'class-transformer';
import { BEYOND_CALENDAR_TEXT, check, field, isNotTooEarly, isObject, NO_DAY_TEXT, TOO_EARLY_TEXT } from './fields.js';
import { instantIn } from './instant.js';
import { isCalendarDay, isLegalDate } from './legal-date.js';
import type { Occurrence } from './occurrence.js';

const TITLE = '发生时间';
const ON = { below: '/on' };
const AT = { below: '/at' };

/** 发生时间: exactly one of a day and a moment; a moment is brought to its canonical form. */
export const OccurredAt = (): PropertyDecorator =>
  field(
    {
      title: '行为发生时间',
      oneOf: [
        {
          type: 'object',
          properties: { on: { type: 'string', format: 'date' } },
          required: ['on'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: { at: { type: 'string', format: 'date-time' } },
          required: ['at'],
          additionalProperties: false,
        },
      ],
    },
    Transform(({ value }: { value: unknown }) => occurrenceFrom(value) ?? value),
    // Of these, one at most does not hold of any value.
    check(
      'occurredAt',
      (value) => claimed(value) !== undefined,
      `${TITLE}须为 {"on": 日期} 或 {"at": 带时区的时间} 之一`,
    ),
    check('day', ofDay(isCalendarDay), `${TITLE}中的 on ${NO_DAY_TEXT}`, ON),
    check('dayTooEarly', ofDay(isNotTooEarly), `${TITLE}${TOO_EARLY_TEXT}`, ON),
    check(
      'moment',
      ofMoment((moment) => moment !== undefined),
      `${TITLE}中的 at 须为存在的、带时区的时间（RFC 3339），例如 2026-09-18T09:30:00+08:00`,
      AT,
    ),
    check(
      'momentBeyondCalendar',
      ofMoment((moment) => moment !== 'beyond'),
      `${TITLE}${BEYOND_CALENDAR_TEXT}`,
      AT,
    ),
  );

/** The occurrence `value` claims, in canonical form, or undefined when it is none. */
export function occurrenceFrom(value: unknown): Occurrence | undefined {
  const { on, at } = claimed(value) ?? {};
  if (on !== undefined) return isLegalDate(on) ? { on } : undefined;
  const moment = instantIn(at);
  return moment === undefined || moment === 'beyond' ? undefined : { at: moment };
}

/** What is said of when; undefined when it is neither a day alone nor a moment alone. */
function claimed(value: unknown): { readonly on?: unknown; readonly at?: unknown } | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  return 'on' in value || 'at' in value ? value : undefined;
}

/** A check of the day alone: what says no day passes. */
function ofDay(holds: (day: unknown) => boolean): (value: unknown) => boolean {
  return (value) => {
    const { on } = claimed(value) ?? {};
    return on === undefined || holds(on);
  };
}

/** A check of the moment alone: what says no moment passes. */
function ofMoment(holds: (moment: ReturnType<typeof instantIn>) => boolean): (value: unknown) => boolean {
  return (value) => {
    const { at } = claimed(value) ?? {};
    return at === undefined || holds(instantIn(at));
  };
}
