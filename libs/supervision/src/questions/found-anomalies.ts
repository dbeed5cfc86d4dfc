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

const { where, within } = questionParts;

class FoundQuery extends AnomalyQuery {
  @Optional() @OneOf('由来', ['card', 'flag']) origin?: 'card' | 'flag';
}

/** 发现的异常: what was found on the days asked for, done with or not; of one limit, its yellow and its red card are one. What was taken back does not count. */
export const foundAnomalies = asked({
  name: 'found-anomalies',
  asks: '一段期间内亮了哪些牌、发现了哪些异常（已撤回的不计）？按机关、种类和规则合计',
  restsOn: { checks: ['anomalyOpen', 'anomalyUnnoticed'] },
  query: FoundQuery,
  columns: ANOMALY_COLUMNS,
  rows: (query, { today }, sql) =>
    `SELECT ${anomalyCells} FROM ${sql.table(ANOMALIES)} a ${where([
      `a.status <> 'withdrawn'`,
      `a.since <= ${sql.bound(today)}`,
      query.origin && `a.kind ${query.origin === 'card' ? '=' : '<>'} 'lateness'`,
      ...asAsked(query, sql),
      within('a.since', query, sql),
    ])}`,
  told: (row, _moment, names) => anomalyShown(row, names),
  answers: ANOMALY_ANSWERS,
  totals: { by: ['organ', 'kind', 'rule'], sums: ['provisional'] },
});
