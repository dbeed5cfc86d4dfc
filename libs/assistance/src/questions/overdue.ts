import { asked, ClassedQuery, Code, Optional } from '#libs/kernel';
import { CLOCK_ANSWERS, CLOCK_COLUMNS, clockCells, clockTold } from './clock-rows.js';
import { boundMoment, CLOCKS, has, is, isLate, lastDayOf, where } from './parts.js';

class OverdueQuery extends ClassedQuery {
  @Optional() @Code('期限') clock?: string;
}

/** 逾期: clocks that were late on at least one of the days asked for, by the due day that valid extensions have moved. */
export const overdue = asked({
  name: 'overdue',
  asks: '某机关在一段期间内逾期的期限有哪些？按机关和事项类别合计，有效的延长已计入',
  restsOn: { clocks: ['provide', 'request'] },
  query: OverdueQuery,
  columns: CLOCK_COLUMNS,
  rows: ({ organ, matterClass, clock, from, to }, moment, sql) => {
    const { table, bound } = sql;
    const at = boundMoment(moment, sql);
    return `SELECT ${clockCells(at)} FROM ${table(CLOCKS)} k ${where([
      isLate(at),
      is('k.holder', organ, sql),
      is('k.clock', clock, sql),
      has('k.classes', matterClass, sql),
      from && `${lastDayOf(at)} >= ${bound(from)}`,
      to && `k.due_on < ${bound(to)}`,
    ])}`;
  },
  told: clockTold,
  answers: CLOCK_ANSWERS,
  totals: { by: ['holder', 'classes'], sums: ['days_late', 'provisional'] },
});
