import { Code, Optional, DaysQuery, type Flag, type Names, type Question, type Row } from '#libs/kernel';
import { flagText } from '../flag-texts.js';
import { CASES, day, FLAGS, ids, is, present, text, where, within } from './parts.js';

export class FlagsQuery extends DaysQuery {
  @Optional() @Code('疑点') flagCode?: string;
}

/** What every question about flags shows of one. */
const COLUMNS = {
  case: 'text',
  key: 'text',
  rule: 'text',
  code: 'text',
  about: 'json',
  values: 'json',
  on_day: 'text',
} as const satisfies Question['columns'];

/** Flags that nobody has decided on yet, of some codes or of all; by the day of the last act each is about. */
export const flagRows = (
  codes: readonly string[] | undefined,
): Pick<Question<FlagsQuery>, 'query' | 'columns' | 'rows' | 'told' | 'answers' | 'totals'> => ({
  query: FlagsQuery,
  columns: COLUMNS,
  rows: ({ organ, from, to, flagCode }, _moment, sql) =>
    `SELECT g."case", g.flag AS key, g.rule, g.code, g.about, g."values", g.on_day FROM ${sql.table(FLAGS)} g
      ${organ === undefined ? '' : `JOIN ${sql.table(CASES)} o ON o."case" = g."case"`} ${where([
        'g.finding = 0',
        'g.assessed = 0',
        codes && `g.code = ANY(${sql.bound(codes)}::text[])`,
        is('g.code', flagCode, sql),
        organ && `(o.requesting = ${sql.bound(organ)} OR o.requested = ${sql.bound(organ)})`,
        within('g.on_day', { from, to }, sql),
      ])}`,
  told: flagTold,
  answers: {
    properties: { rule: text, code: text, values: { type: 'object' }, on: day, events: ids },
    required: ['rule', 'code', 'values', 'events'],
  },
  totals: { by: ['code', 'rule'], sums: [] },
});

function flagTold({ rule, code, about, values, on_day: on }: Row, _moment: unknown, names: Names) {
  // What the view put there is of a flag, as JSON.
  const flag = { code, values } as unknown as Pick<Flag, 'code' | 'values'>;
  return present({ rule, code, values, on, events: about, says: flagText(flag, names) });
}
