import { asked, DaysQuery, OneOf, Optional, questionParts, type Uuid } from '#libs/kernel';
import { reservation } from '#libs/law';

const { boundMoment, day, id, ids, is, present, text, textOf, where, whole, within, yesNo } = questionParts;

class OrdersQuery extends DaysQuery {
  @Optional() @OneOf('是否已处理', ['open', 'handled']) state?: 'open' | 'handled';
}

/** 逾期的督办: orders past their own due day, not handled yet or handled late, also of anomalies withdrawn since; by that day. */
export const overdueOrders = asked({
  name: 'overdue-orders',
  asks: '哪些督办已过办结期限而尚未处理，或者逾期才处理？按承办机关合计',
  restsOn: { checks: ['orderUntracked'] },
  query: OrdersQuery,
  columns: {
    case: 'text',
    key: 'text',
    anomaly: 'text',
    supervised_category: 'text',
    supervised_case: 'text',
    holder: 'text',
    rule: 'text',
    on_day: 'text',
    due_on: 'text',
    provisional: 'integer',
    stopped_on: 'text',
    stopped_by: 'text',
    days_late: 'integer',
  },
  rows: ({ organ, state, from, to }, moment, sql) => {
    const at = boundMoment(moment, sql);
    const stopped = `(o.stopped_on <= ${at.today})`;
    const stoppedOn = `CASE WHEN ${stopped} THEN o.stopped_on END`;
    return `SELECT o."case", o."order" AS key, o.anomaly, o.supervised_category, o.supervised_case, o.holder, o.rule, o.on_day,
        o.due_on, o.provisional, ${stoppedOn} AS stopped_on, CASE WHEN ${stopped} THEN o.stopped_by END AS stopped_by,
        COALESCE(${stoppedOn}, ${at.today})::date - o.due_on::date AS days_late
      FROM ${sql.table('supervision_order')} o ${where([
        `o.late_from <= COALESCE(CASE WHEN ${stopped} THEN o.stopped_from END, ${at.instant})`,
        is('o.holder', organ, sql),
        state && `${state === 'open' ? 'NOT ' : ''}COALESCE(${stopped}, FALSE)`,
        within('o.due_on', { from, to }, sql),
      ])}`;
  },
  told: ({ key, anomaly, holder, rule, stopped_by: by, ...row }, _moment, names) => {
    const [due, days] = [textOf(row.due_on), Number(row.days_late)];
    const what = by === null ? `至今逾期${days}天，尚未处理` : `${textOf(row.stopped_on)}处理，逾期${days}天`;
    return present({
      order: key,
      anomaly,
      supervised: { category: row.supervised_category, case: row.supervised_case },
      holder,
      rule,
      on: row.on_day,
      due,
      provisional: row.provisional === 1,
      stopped: row.stopped_on,
      daysLate: days,
      events: [key, by].filter((event) => event !== null),
      says: `${names.organ(holder as Uuid)}承办的督办于${due}届满${reservation(row.provisional === 1)}，${what}。`,
    });
  },
  answers: {
    properties: {
      order: id,
      anomaly: id,
      supervised: { type: 'object', description: '被监察的案件：系统和案件' },
      holder: { ...id, description: '承办机关' },
      rule: text,
      on: { ...day, description: '督办之日' },
      due: day,
      provisional: { ...yesNo, description: '届满日跨入尚未公布节假日安排的年份，为暂定' },
      stopped: { ...day, description: '处理之日' },
      daysLate: whole,
      events: ids,
    },
    required: ['order', 'anomaly', 'supervised', 'holder', 'rule', 'on', 'due', 'provisional', 'daysLate', 'events'],
  },
  totals: { by: ['holder'], sums: ['days_late', 'provisional'] },
});
