import {
  verdict,
  type AnswerMoment,
  type BoundMoment,
  type Names,
  type Question,
  type Row,
  type ScheduledClock,
} from '#libs/kernel';
import { clockText } from '../flag-texts.js';
import { day, id, ids, isLate, lastDayOf, present, text, whole, wordsOf, yesNo } from './parts.js';

/** What every question about clocks shows of one. */
export const CLOCK_COLUMNS = {
  case: 'text',
  key: 'text',
  holder: 'text',
  classes: 'text',
  standing: 'json',
  days_late: 'integer',
  provisional: 'integer',
} as const satisfies Question['columns'];

/** The columns of a clock `k`. */
export const clockCells = (at: BoundMoment): string =>
  `k."case", k.clock AS key, k.holder, k.classes, k.standing, k.provisional,
   CASE WHEN ${isLate(at)} THEN ${lastDayOf(at)}::date - k.due_on::date END AS days_late`;

/** A clock as it is judged at the moment. */
export function clockTold(row: Row, { asOf }: AnswerMoment, names: Names) {
  // What the view put there is a clock as it was scheduled, as JSON.
  const standing = row.standing as unknown as ScheduledClock;
  const [judged] = verdict({ clocks: [standing], flags: [], duties: [] }, asOf).clocks;
  const { clock, rule, holder, from, due, stopped, extendedBy, provisional } = judged ?? standing;
  return present({
    clock,
    rule,
    holder,
    classes: wordsOf(row.classes),
    verdict: judged?.verdict ?? 'cannotJudge',
    from: from?.on,
    due,
    stopped: stopped?.on,
    daysLate: judged?.daysLate,
    provisional,
    events: [from?.event, stopped?.event, extendedBy].filter((event) => event !== undefined),
    says: `${names.organ(holder)}：${judged ? clockText(judged) : ''}`,
  });
}

export const CLOCK_ANSWERS = {
  properties: {
    clock: text,
    rule: text,
    holder: { ...id, description: '承担该期限的机关' },
    classes: { type: 'array', items: text, description: '事项类别' },
    verdict: text,
    from: day,
    due: { ...day, description: '届满日，已计入有效的延长' },
    stopped: day,
    daysLate: whole,
    provisional: { ...yesNo, description: '跨入尚未公布节假日安排的年份，日期为暂定' },
    events: ids,
  },
  required: ['clock', 'rule', 'holder', 'classes', 'verdict', 'provisional', 'events'],
} as const satisfies Question['answers'];
