import type { FieldSchema } from './fields.js';
import type { LegalDate } from './legal-date.js';
import type { AnswerMoment, QuestionSql } from './question.js';

/*
 * What the statements and answers of questions are put together from, whatever the system: `questionParts` outside.
 */

/** What must hold of a row; those that are undefined were not asked for. */
export const where = (conditions: readonly (string | undefined)[]): string => {
  const asked = conditions.filter((condition) => condition !== undefined);
  return asked.length === 0 ? '' : `WHERE ${asked.join(' AND ')}`;
};

/** A column that has one value, where one is asked for. */
export const is = (column: string, value: string | undefined, { bound }: QuestionSql): string | undefined =>
  value === undefined ? undefined : `${column} = ${bound(value)}`;

/** A day within the days asked for, both included. */
export const within = (
  column: string,
  { from, to }: { readonly from?: LegalDate | undefined; readonly to?: LegalDate | undefined },
  { bound }: QuestionSql,
): string | undefined => {
  const bounds = [
    ...(from === undefined ? [] : [`${column} >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`${column} <= ${bound(to)}`]),
  ];
  return bounds.length === 0 ? undefined : bounds.join(' AND ');
};

/** One of several codes that stand in a column with a space between. */
export const has = (column: string, code: string | undefined, { bound }: QuestionSql): string | undefined =>
  code === undefined ? undefined : `strpos(' ' || ${column} || ' ', ' ' || ${bound(code)} || ' ') > 0`;

/** Where the moment of judgement and its day are bound in a statement. */
export interface BoundMoment {
  readonly instant: string;
  readonly today: string;
}

/** Each use binds it once more, and nothing that is not used is bound. */
export const boundMoment = ({ asOf, today }: AnswerMoment, { bound }: QuestionSql): BoundMoment => ({
  get instant() {
    return bound(asOf);
  },
  get today() {
    return bound(today);
  },
});

export const text: FieldSchema = { type: 'string' };
export const id: FieldSchema = { type: 'string', format: 'uuid' };
export const day: FieldSchema = { type: 'string', format: 'date' };
export const whole: FieldSchema = { type: 'integer' };
export const yesNo: FieldSchema = { type: 'boolean' };
export const ids: FieldSchema = { type: 'array', items: id, description: '据以得出的事实' };

/** Without the cells that are empty: a JSON member that does not apply is left out. */
export const present = <T extends object>(members: T): T => {
  const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  // The same members but for those without a value, which are optional in every answer.
  return Object.fromEntries(kept) as T;
};

/** A cell that holds a text; empty where it holds none. */
export const textOf = (cell: unknown): string => (typeof cell === 'string' ? cell : '');

/** Words that stand in a cell with a space between. */
export const wordsOf = (cell: unknown): readonly string[] =>
  textOf(cell)
    .split(' ')
    .filter((word) => word !== '');
