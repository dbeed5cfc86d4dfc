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
  type Names,
  type Row,
  type Uuid,
} from '#libs/kernel';
import { reservation } from '#libs/law';
import { CASES, day, FLAGS, ids, present, textOf, whole, wordsOf, yesNo } from './parts.js';
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
  columns: {
    ...{ case: 'text', key: 'text', on_day: 'text', events: 'text', days: 'integer', provisional: 'integer' },
    ...{ figure: 'text', requesting: 'text', requested: 'text', document_number: 'text', rule: 'text' },
  },
  rows: ({ organ, quarter, figure = 'held' }, moment, sql) => {
    const counted = FIGURES[figure][1]({ organ, ...daysOf(quarter, moment.today) }, moment, sql);
    return `SELECT c.*, '${figure}' AS figure, o.requesting, o.requested, o.document_number, g.rule FROM (${counted}) c
      JOIN ${sql.table(CASES)} o ON o."case" = c."case"
      LEFT JOIN ${sql.table(FLAGS)} g ON g."case" = c."case" AND g.flag = c.key`;
  },
  told: (row, _moment, names) =>
    present({
      on: row.on_day,
      days: row.days,
      provisional: row.provisional === 1,
      events: wordsOf(row.events),
      says: rowText(row, names),
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
        sums: ['provisional'],
        asking: (query: QuarterQuery, moment: AnswerMoment) => foundIn(query, moment, more),
      },
    })),
  ],
});

/** Whose case, and what of it is counted. */
function rowText(row: Row, names: Names): string {
  const { figure, requesting, requested, document_number: number, provisional } = row;
  // A figure is one of those that may be asked for, and what is named are organs.
  const what = FIGURES[figure as FigureCode][2]({
    on: textOf(row.on_day),
    days: Number(row.days),
    rule: textOf(row.rule),
  });
  const asking = names.organ(requesting as Uuid);
  const whose = requested === null ? `${asking}的案件` : `${asking}请求${names.organ(requested as Uuid)}协助一案`;
  return `${whose}${textOf(number) === '' ? '' : `（${textOf(number)}）`}：${what}${reservation(provisional === 1)}。`;
}

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
