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
  TURNS,
} from './parts.js';

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

/** Clocks that a holder stopped in the quarter. */
const stopped =
  (clock: string, late: boolean): Statement =>
  ({ organ, from, to }, moment, sql) => {
    const at = boundMoment(moment, sql);
    const { table, bound } = sql;
    return `SELECT k."case", k.clock AS key, k.stopped_on AS on_day, (k.standing::json -> 'stopped') ->> 'event' AS events,
        ${late ? 'k.stopped_on::date - k.due_on::date' : 'NULL::int'} AS days, k.provisional
      FROM ${table(CLOCKS)} k WHERE k.clock = '${clock}' AND k.holder = ${bound(organ)}
        AND k.stopped_on BETWEEN ${bound(from)} AND ${bound(to)} AND ${isStopped(at)} AND ${late ? isLate(at) : isInTime(at)}`;
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

/** Flags, or findings, of cases the organ is a party to. */
const flagged =
  (finding: 0 | 1): Statement =>
  ({ organ, from, to }, _moment, { table, bound }) =>
    `SELECT g."case", g.flag AS key, g.on_day, translate(g.about, '[]",', '    ') AS events, NULL::int AS days, 0 AS provisional
     FROM ${table(FLAGS)} g JOIN ${table(CASES)} o ON o."case" = g."case"
     WHERE g.finding = ${finding} AND g.on_day BETWEEN ${bound(from)} AND ${bound(to)}
       AND (o.requesting = ${bound(organ)} OR o.requested = ${bound(organ)})`;

/** Days the organ held cases in the quarter. */
const held: Statement = ({ organ, from, to }, { today }, { table, bound }) => {
  const end = `LEAST(${bound(today)}, to_char(${bound(to)}::date + 1, 'YYYY-MM-DD'))`;
  const [since, until] = [`GREATEST(t.from_on, ${bound(from)})`, `LEAST(COALESCE(t.to_on, ${bound(today)}), ${end})`];
  return `SELECT t."case", t.turn || ' ' || t.holder AS key, t.from_on AS on_day, t.since AS events,
      ${until}::date - ${since}::date AS days, 0 AS provisional
    FROM ${table(TURNS)} t WHERE t.holder = ${bound(organ)} AND ${since} < ${until}`;
};

/** What is told of an organ's quarter. */
export const FIGURES = {
  requested: ['提出协助请求', acts('request')],
  requestedLate: ['遇到障碍后逾期提出请求', stopped('request', true)],
  received: ['收到协助请求', acts('receipt')],
  answeredInTime: ['按期提供协助或者告知不能提供', stopped('provide', false)],
  answeredLate: ['逾期提供协助或者告知不能提供', stopped('provide', true)],
  stillLate: ['期末（本季度未结束的，至判断之时）逾期未办', stillLate],
  notJudged: ['收到的日期未登记，不能判断是否按期', unjudged],
  refused: ['告知不能提供协助', acts('refusal')],
  fedBack: ['书面反馈', acts('feedback')],
  closed: ['提出的请求已办结', acts('closure')],
  extended: ['批准延长并计入期限', extended('e.effective = 1')],
  extendedWrongly: ['批准延长但不计入期限', extended('e.effective = 0')],
  flagged: ['作为当事机关的案件出现疑点', flagged(0)],
  found: ['作为当事机关的案件有认定', flagged(1)],
  held: ['承办案件（天数为各环节之和）', held],
} as const satisfies Readonly<Record<string, readonly [says: string, statement: Statement]>>;

export type FigureCode = keyof typeof FIGURES;
export const FIGURE_CODES = Object.keys(FIGURES) as readonly FigureCode[];
