import type { AnswerMoment, LegalDate, QuestionSql, Uuid } from '#libs/kernel';
import {
  ACTS,
  boundMoment,
  CASES,
  CLOCKS,
  EXTENSIONS,
  FLAGS,
  hasBegun,
  isInTime,
  isLate,
  isStopped,
  TIMELINE,
  TURNS,
} from './parts.js';
import { ruleInWords } from '../words.js';

/** What is counted: of one organ, in one quarter as far as it has come. */
export interface Counted {
  readonly organ: Uuid;
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** The statement of one figure: the cases it counts, each with its day, and the facts behind it, one space between. */
type Statement = (of: Counted, moment: AnswerMoment, sql: QuestionSql) => string;

const acts =
  (act: string): Statement =>
  ({ organ, from, to }, _moment, { table, bound }) =>
    `SELECT a."case", a.event AS key, a.on_day, a.event AS events, NULL::int AS days, 0 AS provisional FROM ${table(ACTS)} a
     WHERE a.act = '${act}' AND a.organ = ${bound(organ)} AND a.on_day BETWEEN ${bound(from)} AND ${bound(to)}`;

const CLOSED = `COALESCE(k.stopped_by, '') = 'closed'`;

/** Clocks that a holder stopped in the quarter by what they ask for, or that a closure ended, which answers nothing. */
const stopped =
  (clock: string, late: boolean, closed = false): Statement =>
  ({ organ, from, to }, moment, sql) => {
    const at = boundMoment(moment, sql);
    const { table, bound } = sql;
    return `SELECT k."case", k.clock AS key, k.stopped_on AS on_day, (k.standing::json -> 'stopped') ->> 'event' AS events,
        ${late ? 'k.stopped_on::date - k.due_on::date' : 'NULL::int'} AS days, k.provisional
      FROM ${table(CLOCKS)} k WHERE k.clock = '${clock}' AND k.holder = ${bound(organ)}
        AND k.stopped_on BETWEEN ${bound(from)} AND ${bound(to)} AND ${closed ? '' : 'NOT '}${CLOSED}
        AND ${isStopped(at)} AND ${late ? isLate(at) : isInTime(at)}`;
  };

/** Requests answered in the quarter, with the working days from receipt to answer. */
const answered: Statement = ({ organ, from, to }, moment, sql) => {
  const { table, bound } = sql;
  return `SELECT k."case", k.clock AS key, k.stopped_on AS on_day,
      concat_ws(' ', (k.standing::json -> 'from') ->> 'event', (k.standing::json -> 'stopped') ->> 'event') AS events,
      k.working_days::int AS days, k.provisional
   FROM ${table(CLOCKS)} k WHERE k.clock = 'provide' AND k.holder = ${bound(organ)} AND k.from_on IS NOT NULL
     AND k.not_applicable IS NULL AND NOT ${CLOSED} AND ${isStopped(boundMoment(moment, sql))}
     AND k.stopped_on BETWEEN ${bound(from)} AND ${bound(to)}`;
};

/** Clocks that were late and not stopped when the quarter ended, or are now, if it has not ended. */
const stillLate: Statement = ({ organ, to }, moment, sql) => {
  const { table, bound } = sql;
  return `SELECT k."case", k.clock AS key, k.due_on AS on_day, (k.standing::json -> 'from') ->> 'event' AS events,
     ${bound(to)}::date - k.due_on::date AS days, k.provisional
   FROM ${table(CLOCKS)} k WHERE k.holder = ${bound(organ)} AND k.not_applicable IS NULL AND k.due_on < ${bound(to)}
     AND (k.stopped_on > ${bound(to)} OR NOT ${isStopped(boundMoment(moment, sql))})`;
};

/** Requests of the quarter without a receipt on record: nobody can say whether they were answered in time. */
const unjudged: Statement = ({ organ, from, to }, moment, sql) => {
  const { table, bound } = sql;
  return `SELECT a."case", a.event AS key, a.on_day, a.event AS events, NULL::int AS days, 0 AS provisional FROM ${table(ACTS)} a
   JOIN ${table(CASES)} o ON o."case" = a."case" AND o.requested = ${bound(organ)}
   JOIN ${table(CLOCKS)} k ON k."case" = a."case" AND k.clock = 'provide' AND k.holder = ${bound(organ)}
   WHERE a.act = 'request' AND a.on_day BETWEEN ${bound(from)} AND ${bound(to)}
     AND k.not_applicable IS NULL AND (k.from_on IS NULL OR NOT ${hasBegun(boundMoment(moment, sql))})`;
};

const extended =
  (condition: string): Statement =>
  ({ organ, from, to }, _moment, { table, bound }) =>
    `SELECT e."case", e.event AS key, e.on_day, e.event AS events, e.days::int AS days, 0 AS provisional FROM ${table(EXTENSIONS)} e
     WHERE e.organ = ${bound(organ)} AND e.on_day BETWEEN ${bound(from)} AND ${bound(to)} AND ${condition}`;

/**
 * Flags, or findings, held against the organ: those that name it; of those that name none, what rests on its records alone,
 * and what rests on records of both sides, which concerns both. So supervision counts anomalies.
 */
const flagged =
  (finding: 0 | 1): Statement =>
  ({ organ, from, to }, _moment, { table, bound }) =>
    `SELECT g."case", g.flag AS key, g.on_day, translate(g.about, '[]",', '    ') AS events, NULL::int AS days, 0 AS provisional
     FROM ${table(FLAGS)} g JOIN ${table(CASES)} o ON o."case" = g."case"
     LEFT JOIN LATERAL (
       SELECT MIN(t.recorder_of) AS organ FROM (
         SELECT COALESCE(f.recorder::json ->> 'organ', '') AS recorder_of FROM ${table(TIMELINE)} f
         WHERE f."case" = g."case" AND strpos(g.about, f.event) > 0
       ) t HAVING COUNT(DISTINCT t.recorder_of) = 1
     ) r ON r.organ IN (o.requesting, o.requested)
     WHERE g.finding = ${finding} AND g.informs = 0 AND g.on_day BETWEEN ${bound(from)} AND ${bound(to)}
       AND (COALESCE(g.holder, r.organ) = ${bound(organ)}
         OR (COALESCE(g.holder, r.organ) IS NULL AND ${bound(organ)} IN (o.requesting, o.requested)))`;

/** Cases whose turn was the organ's in the quarter, each with the days of all its turns. */
const held: Statement = ({ organ, from, to }, { today }, { table, bound }) => {
  const end = `LEAST(${bound(today)}, to_char(${bound(to)}::date + 1, 'YYYY-MM-DD'))`;
  const [since, until] = [`GREATEST(t.from_on, ${bound(from)})`, `LEAST(COALESCE(t.to_on, ${bound(today)}), ${end})`];
  return `SELECT t."case", t.holder AS key, MIN(t.from_on) AS on_day, string_agg(t.since, ' ' ORDER BY t.turn) AS events,
      SUM(${until}::date - ${since}::date)::int AS days, 0 AS provisional
    FROM ${table(TURNS)} t WHERE t.holder = ${bound(organ)} AND ${since} < ${until} GROUP BY t."case", t.holder`;
};

/** A row of a figure, as its sentence is made. */
interface Counting {
  readonly on: string;
  readonly days: number;
  /** Of a flag. */
  readonly rule: string;
}

const naturalDays = ({ days }: Counting): string => `${days}个自然日`;

/** What is told of an organ's quarter: of each figure what it counts, and what one of its rows is. */
export const FIGURES = {
  requested: ['提出协助请求（件）', acts('request'), ({ on }) => `${on}提出协助请求`],
  requestedInTime: ['遇到障碍后按期提出请求（件）', stopped('request', false), ({ on }) => `${on}提出请求，按期`],
  requestedLate: [
    '遇到障碍后逾期提出请求（件，天数为逾期的自然日）',
    stopped('request', true),
    (row) => `${row.on}提出请求，逾期${naturalDays(row)}`,
  ],
  received: ['收到协助请求（件）', acts('receipt'), ({ on }) => `${on}收到请求`],
  answered: [
    '提供协助或者告知不能提供（件，天数为自收到至答复的工作日）',
    answered,
    ({ on, days }) => `${on}提供协助或者告知不能提供，自收到起${days}个工作日`,
  ],
  answeredInTime: [
    '按期提供协助或者告知不能提供（件）',
    stopped('provide', false),
    ({ on }) => `${on}提供协助或者告知不能提供，按期`,
  ],
  answeredLate: [
    '逾期提供协助或者告知不能提供（件，天数为逾期的自然日）',
    stopped('provide', true),
    (row) => `${row.on}提供协助或者告知不能提供，逾期${naturalDays(row)}`,
  ],
  closedLate: [
    '期限届满后，未提供协助即已办结（件，天数为逾期的自然日）',
    stopped('provide', true, true),
    (row) => `${row.on}未提供协助即已办结，逾期${naturalDays(row)}`,
  ],
  stillLate: [
    '期末（本季度未结束的，至判断之时）逾期未办的期限（项，天数为逾期的自然日）',
    stillLate,
    (row) => `期限于${row.on}届满，期末逾期${naturalDays(row)}未办`,
  ],
  notJudged: ['收到的日期未登记，不能判断是否按期（件）', unjudged, ({ on }) => `${on}提出请求，收到的日期未登记`],
  refused: ['告知不能提供协助（次）', acts('refusal'), ({ on }) => `${on}告知不能提供协助`],
  fedBack: ['书面反馈（次）', acts('feedback'), ({ on }) => `${on}书面反馈`],
  closed: ['提出的请求已办结（件）', acts('closure'), ({ on }) => `${on}办结`],
  extended: [
    '批准延长并计入期限（次，天数为批准的天数；未写天数的，为规则包的天数）',
    extended('e.effective = 1'),
    ({ on, days }) => `${on}批准延长${days}天，计入期限`,
  ],
  extendedWrongly: [
    '批准延长但不计入期限（次，天数为批准的天数；未写天数的，为规则包的天数）',
    extended('e.effective = 0'),
    ({ on, days }) => `${on}批准延长${days}天，不计入期限`,
  ],
  flagged: [
    '记录显示的疑点：指向本机关；未指明机关的，所依据的记录为本机关或者双方所登记（项）',
    flagged(0),
    ({ on, rule }) => `疑点，涉及${ruleInWords(rule)}，所依据的行为最近在${on}`,
  ],
  found: [
    '有权人员作出的认定：指向本机关；未指明机关的，所依据的记录为本机关或者双方所登记（项）',
    flagged(1),
    ({ on, rule }) => `认定，涉及${ruleInWords(rule)}，所依据的行为最近在${on}`,
  ],
  held: [
    '期内曾由本机关承办的案件（件，天数为在本机关手中的自然日）',
    held,
    (row) => `自${row.on}起由本机关承办，期内${naturalDays(row)}`,
  ],
} as const satisfies Readonly<
  Record<string, readonly [says: string, statement: Statement, row: (row: Counting) => string]>
>;

/** What supervision found, counted by its own question. */
export const FOUND = {
  cards: ['期内亮牌的期限（项；同一期限的黄牌、红牌计一项，已撤回的不计）', { origin: 'card' }],
  redCards: ['其中亮红牌的（项）', { origin: 'card', colour: 'red' }],
  anomalies: ['期内发现的其他异常（项；已撤回的不计）', { origin: 'flag' }],
} as const satisfies Readonly<Record<string, readonly [says: string, asked: Readonly<Record<string, string>>]>>;

export type FigureCode = keyof typeof FIGURES;
export const FIGURE_CODES = Object.keys(FIGURES) as readonly FigureCode[];
