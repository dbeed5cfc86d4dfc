import { Transform } from 'class-transformer';
import { askedInstant } from './asked-instant.js';
import { BEYOND_CALENDAR_TEXT, check, field, Integer, isNotTooEarly } from './fields.js';
import { isInstant, instantIn } from './instant.js';
import { WORDS_MAX, WORDS_MIN, wordsFrom } from './words.js';

/** Fields of a query: its values are texts, and each is brought to what it stands for. */

/** 时刻: an RFC 3339 date-time or a bare date, which stands for the end of that day in Asia/Shanghai. */
export const AskedInstant = (title: string, means?: string): PropertyDecorator =>
  field(
    {
      type: 'string',
      title,
      description: [
        ...(means === undefined ? [] : [means]),
        '带时区的时间（RFC 3339），或日期：当日终了，北京时间',
      ].join('。'),
      anyOf: [{ format: 'date-time' }, { format: 'date' }],
    },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (askedInstant(value) ?? value) : value)),
    check(
      'askedInstant',
      (value) => isInstant(value) || isBeyond(value),
      `${title}须为带时区的时间（其中的 + 在地址中写作 %2B）或存在的日期 YYYY-MM-DD`,
    ),
    check('askedInstantBeyondCalendar', (value) => !isBeyond(value), `${title}${BEYOND_CALENDAR_TEXT}`),
  );

/** 以何时判断: what comes of it is `verdict`'s to say. */
export const JudgedAsOf = (title: string): PropertyDecorator =>
  AskedInstant(
    title,
    '此时尚未发生的行为，还没有使期限起算或截止，没有使待办开始或了结，也没有移转责任；期限的延长、事项类别和疑点以所知为准。' +
      '完全不计其后的行为，用 occurredBy（查一个案件时）',
  );

/** 日志位置, as an answer gave it. Whether the log has it is not checked here. */
export const LogPosition = (title: string): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: POSITION.source },
    check('position', (value) => typeof value === 'string' && POSITION.test(value), `${title}须为应答中给出的日志位置`),
  );

/** A whole number written with digits. */
export const IntegerText = (title: string, min: number, max: number): PropertyDecorator => {
  const integer = Integer(title, min, max);
  const digits = Transform(({ value }: { value: unknown }) => (isDigits(value) ? Number(value) : value));
  return (target, name) => {
    digits(target, name);
    integer(target, name);
  };
};

/** 检索文字: every character is literal. */
export const Words = (title: string): PropertyDecorator =>
  field(
    { type: 'string', title, minLength: WORDS_MIN, maxLength: WORDS_MAX },
    check(
      'words',
      (value) => typeof value === 'string' && wordsFrom(value) !== undefined,
      `${title}须为 ${WORDS_MIN} 至 ${WORDS_MAX} 个字（空格不计）`,
    ),
  );

const isBeyond = (value: unknown): boolean => instantIn(value) === 'beyond' || !isNotTooEarly(value);
const POSITION = /^\d{1,20}(-\d{1,20})?$/;
const isDigits = (value: unknown): boolean => typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value);
