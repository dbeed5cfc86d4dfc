import { asked, daysBetween, DaysQuery, type LegalDate, type Uuid } from '#libs/kernel';
import { dutyText } from '../flag-texts.js';
import { day, DUTIES, id, ids, is, text, where, whole, within } from './parts.js';

/** 手续未补办的紧急请求, with their age; by the day of the request. */
export const missingFormalities = asked({
  name: 'missing-formalities',
  asks: '哪些紧急请求尚未补办手续，已经多少天？',
  restsOn: { checks: ['formalitiesMadeUp'] },
  query: class FormalitiesQuery extends DaysQuery {},
  columns: { case: 'text', key: 'text', holder: 'text', rule: 'text', since_on: 'text', age_days: 'integer' },
  rows: ({ organ, from, to }, { asOf, today }, sql) => {
    const [now, instant] = [sql.bound(today), sql.bound(asOf)];
    return `SELECT d."case", d.since_event AS key, d.holder, d.rule, d.since_on, ${now}::date - d.since_on::date AS age_days
      FROM ${sql.table(DUTIES)} d ${where([
        `d.code = 'formalities'`,
        `(d.ended_from IS NULL OR d.ended_from > ${instant})`,
        `d.since_from <= ${instant}`,
        is('d.holder', organ, sql),
        within('d.since_on', { from, to }, sql),
      ])}`;
  },
  told: (row, { today }, names) => {
    const since = row.since_on as LegalDate;
    const holder = row.holder as Uuid;
    const event = row.key as Uuid;
    const ageDays = daysBetween(since, today);
    return {
      rule: row.rule,
      holder,
      since,
      ageDays,
      events: [event],
      says: `${names.organ(holder)}：${dutyText({ code: 'formalities', since: { on: since, event }, holder, ageDays }, names)}`,
    };
  },
  answers: {
    properties: { rule: text, holder: id, since: day, ageDays: whole, events: ids },
    required: ['rule', 'holder', 'since', 'ageDays', 'events'],
  },
  totals: { by: ['holder'], sums: ['age_days'] },
});
