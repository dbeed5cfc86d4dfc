import { asked, OneOf, Optional, questionParts } from '#libs/kernel';
import {
  ANOMALIES,
  ANOMALY_ANSWERS,
  ANOMALY_COLUMNS,
  anomalyCells,
  AnomalyQuery,
  anomalyShown,
  asAsked,
} from './anomaly-rows.js';
import { isOpen, ANOMALY_STATUSES, type AnomalyStatus } from '../status.js';

const { day, is, present, where, whole, within } = questionParts;

/** An assessed or withdrawn anomaly is among them only while an appeal or an order waits. */
const STATUSES = ANOMALY_STATUSES.filter((status) => isOpen(status) || ['assessed', 'withdrawn'].includes(status));

class OpenQuery extends AnomalyQuery {
  @Optional() @OneOf('状态', STATUSES) status?: AnomalyStatus;
  @Optional() @OneOf('申诉', ['pending']) appeal?: 'pending';
}

/**
 * 未了结的异常: what stands and nobody has assessed or dismissed, and what was assessed or withdrawn while an appeal waits for its
 * decision or an order for its handling; by the day it was found.
 */
export const openAnomalies = asked({
  name: 'open-anomalies',
  asks: '哪些异常（时效、流程、完整性）尚未了结（已考核、已撤回而申诉待决定或者督办待处理的也在内），至今多少天？按机关、种类和规则合计',
  restsOn: { checks: ['anomalyOpen', 'anomalyUnnoticed'] },
  query: OpenQuery,
  columns: { ...ANOMALY_COLUMNS, appealed_on: 'text', age_days: 'integer' },
  rows: (query, { today }, sql) => {
    const now = sql.bound(today);
    return `SELECT ${anomalyCells}, a.appealed_on, (${now}::date - a.since::date) AS age_days
      FROM ${sql.table(ANOMALIES)} a ${where([
        'a.open = 1',
        `a.since <= ${now}`,
        ...asAsked(query, sql),
        is('a.status', query.status, sql),
        query.appeal && 'a.appealed_on IS NOT NULL',
        within('a.since', query, sql),
      ])}`;
  },
  told: (row, _moment, names) =>
    present({ ...anomalyShown(row, names), appealedOn: row.appealed_on, ageDays: Number(row.age_days) }),
  answers: {
    properties: {
      ...ANOMALY_ANSWERS.properties,
      appealedOn: { ...day, description: '申诉待决定的，申诉之日' },
      ageDays: { ...whole, description: '发现至今的天数' },
    },
    required: [...ANOMALY_ANSWERS.required, 'ageDays'],
  },
  totals: { by: ['organ', 'kind', 'rule'], sums: ['age_days', 'provisional'] },
});
