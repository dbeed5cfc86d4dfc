import {
  addDays,
  asked,
  Id,
  isLegalDate,
  LAST_LEGAL_DATE,
  legalDate,
  Matching,
  OneOf,
  Optional,
  QuestionQuery,
  type AnswerMoment,
  type LegalDate,
  type Uuid,
} from '#libs/kernel';
import { day, ids, present, textOf, whole, wordsOf, yesNo } from './parts.js';
import { FIGURE_CODES, FIGURES, FOUND, type FigureCode } from './quarter-figures.js';

class QuarterQuery extends QuestionQuery {
  @Id('机关') organ!: Uuid;
  @Matching('季度', /^(199[2-9]|[2-9]\d{3})Q[1-4]$/, '须写作 2026Q3 的形式') quarter!: string;
  @Optional() @OneOf('数字', FIGURE_CODES) figure?: FigureCode;
}

/** 某机关本季度的情况, figure by figure; each opens to the cases it counts, and each of those names its facts. */
export const organQuarter = asked({
  name: 'organ-quarter',
  asks: '某机关在某季度办得怎样？每个数字都可以展开到案件和事实',
  restsOn: { clocks: ['provide', 'request'], checks: ['extensionFiled', 'feedbackProvesProvision'] },
  query: QuarterQuery,
  columns: { case: 'text', key: 'text', on_day: 'text', events: 'text', days: 'integer', provisional: 'integer' },
  rows: ({ organ, quarter, figure = 'held' }, moment, sql) =>
    FIGURES[figure][1]({ organ, ...daysOf(quarter, moment.today) }, moment, sql),
  told: ({ on_day: on, events, days, provisional }) =>
    present({
      on,
      days,
      provisional: provisional === 1,
      events: wordsOf(events),
      says: `${textOf(on)}${typeof days === 'number' ? `，${days}天` : ''}`,
    }),
  answers: {
    properties: { on: day, days: whole, provisional: yesNo, events: ids },
    required: ['provisional', 'events'],
  },
  totals: { by: [], sums: ['days', 'provisional'] },
  figures: [
    ...FIGURE_CODES.map((code) => ({
      code,
      says: FIGURES[code][0],
      ...(code === 'answered' && { averaged: true as const }),
    })),
    ...Object.entries(FOUND).map(([code, [says, more]]) => ({
      code,
      says,
      elsewhere: {
        question: 'found-anomalies',
        asking: (query: QuarterQuery, moment: AnswerMoment) => foundIn(query, moment, more),
      },
    })),
  ],
});

/** What `found-anomalies` is asked for a figure. */
function foundIn(
  { organ, quarter, asOf }: QuarterQuery,
  { today }: AnswerMoment,
  more: Readonly<Record<string, string>>,
) {
  const { from, to } = daysOf(quarter, today);
  // A quarter to come has no last day yet.
  return { organ, from, to: to < from ? from : to, ...more, ...(asOf && { asOf }) };
}

/** The first and the last day of a quarter written `2026Q3`, as far as it has come. */
function daysOf(quarter: string, today: LegalDate) {
  const [year = '', number = ''] = quarter.split('Q');
  const first = (of: number): string =>
    of > 4 ? `${Number(year) + 1}-01-01` : `${year}-${String(of * 3 - 2).padStart(2, '0')}-01`;
  const next = first(Number(number) + 1);
  const last = isLegalDate(next) ? addDays(next, -1) : LAST_LEGAL_DATE;
  return { from: legalDate(first(Number(number))), to: last < today ? last : today };
}
