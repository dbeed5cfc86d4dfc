import { asked, questionParts } from '#libs/kernel';
import { clause } from '../texts.js';
import {
  ANOMALIES,
  ANOMALY_ANSWERS,
  ANOMALY_COLUMNS,
  anomalyCells,
  anomalyIn,
  AnomalyQuery,
  anomalyShown,
  asAsked,
} from './anomaly-rows.js';

const { day, present, text, where, within } = questionParts;

/** 已销号的异常: dismissed with a reason, or by an appeal that was upheld; by the day of the dismissal. They stay visible. */
export const dismissedAnomalies = asked({
  name: 'dismissed-anomalies',
  asks: '哪些异常已经销号，理由是什么？按机关、种类和规则合计',
  restsOn: {},
  query: AnomalyQuery,
  columns: { ...ANOMALY_COLUMNS, dismissed_on: 'text' },
  rows: (query, { today }, sql) =>
    `SELECT ${anomalyCells}, a.dismissed_on FROM ${sql.table(ANOMALIES)} a ${where([
      `a.status = 'dismissed'`,
      `a.dismissed_on <= ${sql.bound(today)}`,
      ...asAsked(query, sql),
      within('a.dismissed_on', query, sql),
    ])}`,
  told: (row, _moment, names) => {
    const reason = clause(anomalyIn(row)?.dismissal?.reason ?? '');
    const { says, ...told } = anomalyShown(row, names);
    return present({ ...told, dismissedOn: row.dismissed_on, reason, says: `${says}销号理由：${reason}。` });
  },
  answers: {
    properties: { ...ANOMALY_ANSWERS.properties, dismissedOn: { ...day, description: '销号之日' }, reason: text },
    required: [...ANOMALY_ANSWERS.required, 'dismissedOn', 'reason'],
  },
  totals: { by: ['organ', 'kind', 'rule'], sums: ['provisional'] },
});
