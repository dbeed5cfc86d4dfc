import { asked, OneOf, Optional, DaysQuery } from '#libs/kernel';
import { CLOCK_ANSWERS, CLOCK_COLUMNS, clockCells, clockTold } from './clock-rows.js';
import { ACTS, boundMoment, CLOCKS, day, hasBegun, is, isInTime, isLate, isStopped, where, within } from './parts.js';

const VERDICTS = ['onTime', 'late', 'running', 'cannotJudge', 'notApplicable'] as const;

class TimelinessQuery extends DaysQuery {
  @Optional() @OneOf('结论', VERDICTS) verdict?: (typeof VERDICTS)[number];
}

/** 是否及时提出请求: the clock from the obstacle to the request, of cases whose first obstacle was met on the days asked for. */
export const requestTimeliness = asked({
  name: 'request-timeliness',
  asks: '请求是否在遇到障碍后的期限内提出，还是期限不适用，障碍是何时遇到的？',
  restsOn: { clocks: ['request'] },
  query: TimelinessQuery,
  columns: { ...CLOCK_COLUMNS, met_on: 'text' },
  rows: ({ organ, from, to, verdict }, moment, sql) => {
    const { table } = sql;
    const at = boundMoment(moment, sql);
    const holds: Readonly<Record<(typeof VERDICTS)[number], () => string>> = {
      notApplicable: () => 'k.not_applicable IS NOT NULL',
      cannotJudge: () => `k.not_applicable IS NULL AND (k.due_on IS NULL OR NOT ${hasBegun(at)})`,
      late: () => isLate(at),
      onTime: () => isInTime(at),
      running: () =>
        `k.not_applicable IS NULL AND ${hasBegun(at)} AND NOT ${isStopped(at)} AND k.late_from > ${at.instant}`,
    };
    const met = `(SELECT min(a.on_day) FROM ${table(ACTS)} a WHERE a."case" = k."case" AND a.act = 'obstacle')`;
    return `SELECT * FROM (SELECT ${clockCells(at)}, ${met} AS met_on FROM ${table(CLOCKS)} k ${where([
      `k.clock = 'request'`,
      is('k.holder', organ, sql),
      verdict && `(${holds[verdict]()})`,
    ])}) k ${where([within('k.met_on', { from, to }, sql)])}`;
  },
  told: (row, moment, names) => {
    const told = clockTold(row, moment, names);
    return { ...told, ...(typeof row.met_on === 'string' ? { metOn: row.met_on } : {}) };
  },
  answers: {
    properties: { ...CLOCK_ANSWERS.properties, metOn: { ...day, description: '记录的遇到障碍之日，最早的一次' } },
    required: CLOCK_ANSWERS.required,
  },
  totals: { by: ['holder'], sums: ['provisional'] },
});
