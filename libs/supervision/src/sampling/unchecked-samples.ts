import { asked, DaysQuery, questionParts, type Question, type Uuid } from '#libs/kernel';
import { SUPERVISION } from '#libs/law';

const { day, id, ids, is, text, textOf, where, whole, within } = questionParts;

class UncheckedQuery extends DaysQuery {}

/** 待检查的抽中案件: drawn, and nobody has said how it was found; by the day of the draw. */
const uncheckedSamples = asked({
  name: 'unchecked-samples',
  asks: '哪些抽中的案件尚无人检查，抽取至今多少天？按抽查机关合计',
  restsOn: { part: SUPERVISION, checks: ['sampleUnchecked'] },
  query: UncheckedQuery,
  columns: {
    case: 'text',
    key: 'text',
    category: 'text',
    office: 'text',
    drawn_on: 'text',
    drawn_by: 'text',
    age_days: 'integer',
  },
  rows: ({ organ, from, to }, { today }, sql) => {
    const now = sql.bound(today);
    return `SELECT s."case", s.sampled AS key, s.category, s.office, s.drawn_on, s.drawn_by,
        (${now}::date - s.drawn_on::date) AS age_days
      FROM ${sql.table('sample_sampled_case')} s ${where([
        's.outcome IS NULL',
        `s.drawn_on <= ${now}`,
        is('s.office', organ, sql),
        within('s.drawn_on', { from, to }, sql),
      ])}`;
  },
  told: ({ key, category, office, drawn_on: on, drawn_by: event, age_days: age }, _moment, names) => ({
    sampled: key,
    category,
    office,
    on,
    ageDays: Number(age),
    events: [event],
    says: `${names.organ(office as Uuid)}于${textOf(on)}抽中的案件${textOf(key)}已${Number(age)}天，尚未检查。`,
  }),
  answers: {
    properties: {
      sampled: { ...id, description: '抽中的案件' },
      category: { ...text, description: '其所属的系统' },
      office: { ...id, description: '抽查机关' },
      on: { ...day, description: '抽取之日' },
      ageDays: whole,
      events: ids,
    },
    required: ['sampled', 'category', 'office', 'on', 'ageDays', 'events'],
  },
  totals: { by: ['office'], sums: ['age_days'] },
});

export const questions: readonly Question[] = [uncheckedSamples];
