import { asked, OneOf, Optional, questionParts } from '#libs/kernel';
import { isOpen, ANOMALY_STATUSES, type AnomalyStatus } from '../file-state.js';
import {
  ANOMALIES,
  ANOMALY_ANSWERS,
  ANOMALY_COLUMNS,
  anomalyCells,
  AnomalyQuery,
  anomalyShown,
  asAsked,
} from './anomaly-rows.js';

const { is, where, whole, within } = questionParts;

class OpenQuery extends AnomalyQuery {
  @Optional() @OneOf('状态', ANOMALY_STATUSES.filter(isOpen)) status?: AnomalyStatus;
}

/** 未了结的异常: what stands and nobody has assessed or dismissed; by the day it was found. */
export const openAnomalies = asked({
  name: 'open-anomalies',
  asks: '哪些异常（时效、流程、完整性）尚未了结，至今多少天？按机关、种类和规则合计',
  restsOn: { checks: ['anomalyOpen', 'anomalyUnnoticed'] },
  query: OpenQuery,
  columns: { ...ANOMALY_COLUMNS, age_days: 'integer' },
  rows: (query, { today }, sql) => {
    const now = sql.bound(today);
    return `SELECT ${anomalyCells}, (${now}::date - a.since::date) AS age_days FROM ${sql.table(ANOMALIES)} a ${where([
      'a.open = 1',
      `a.since <= ${now}`,
      ...asAsked(query, sql),
      is('a.status', query.status, sql),
      within('a.since', query, sql),
    ])}`;
  },
  told: (row, _moment, names) => ({ ...anomalyShown(row, names), ageDays: Number(row.age_days) }),
  answers: {
    properties: { ...ANOMALY_ANSWERS.properties, ageDays: { ...whole, description: '发现至今的天数' } },
    required: [...ANOMALY_ANSWERS.required, 'ageDays'],
  },
  totals: { by: ['organ', 'kind', 'rule'], sums: ['age_days'] },
});
