import { addDays, asked, ClassedQuery, weekday } from '#libs/kernel';
import { CLOCK_ANSWERS, CLOCK_COLUMNS, clockCells, clockTold } from './clock-rows.js';
import { boundMoment, CLOCKS, has, hasBegun, is, where } from './parts.js';

/** 到期: clocks whose due day is one of the days asked for; of this week from Monday to Sunday, where none is named. */
export const due = asked({
  name: 'due',
  asks: '本周（或者指定的一段期间）届满的期限有哪些，各办得怎样？',
  restsOn: { clocks: ['provide', 'request'] },
  query: class DueWeekQuery extends ClassedQuery {},
  defaults: ({ from, to }, { today }) => {
    if (from !== undefined || to !== undefined) return {};
    const monday = addDays(today, -((weekday(today) + 6) % 7));
    return { from: monday, to: addDays(monday, 6) };
  },
  columns: CLOCK_COLUMNS,
  rows: ({ organ, matterClass, from, to }, moment, sql) =>
    `SELECT ${clockCells(boundMoment(moment, sql))} FROM ${sql.table(CLOCKS)} k ${where([
      'k.not_applicable IS NULL',
      hasBegun(boundMoment(moment, sql)),
      'k.due_on IS NOT NULL',
      is('k.holder', organ, sql),
      has('k.classes', matterClass, sql),
      from && `k.due_on >= ${sql.bound(from)}`,
      to && `k.due_on <= ${sql.bound(to)}`,
    ])}`,
  told: clockTold,
  answers: CLOCK_ANSWERS,
  totals: { by: ['holder'], sums: ['provisional'] },
});
