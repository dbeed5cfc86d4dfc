import {
  asked,
  dayOf,
  daysBetween,
  OneOf,
  Optional,
  DaysQuery,
  isInstant,
  isLegalDate,
  type LegalDate,
  type Row,
} from '#libs/kernel';
import { CLOCK_ANSWERS, CLOCK_COLUMNS, clockCells, clockTold } from './clock-rows.js';
import {
  ACTS,
  boundMoment,
  CLOCKS,
  day,
  hasBegun,
  is,
  isInTime,
  isLate,
  isStopped,
  TIMELINE,
  where,
  within,
} from './parts.js';

const VERDICTS = ['onTime', 'late', 'running', 'cannotJudge', 'notApplicable'] as const;

class TimelinessQuery extends DaysQuery {
  @Optional() @OneOf('结论', VERDICTS) verdict?: (typeof VERDICTS)[number];
}

/**
 * 是否及时提出请求: the clock from the obstacle to the request, of cases whose first obstacle was met on the days asked for. It
 * counts from a day that its holder records, so the day on which that was put on record is told beside it.
 */
export const requestTimeliness = asked({
  name: 'request-timeliness',
  asks: '请求是否在遇到障碍后的期限内提出，还是期限不适用，障碍是何时遇到、何时记录的？',
  restsOn: { clocks: ['request'] },
  query: TimelinessQuery,
  columns: { ...CLOCK_COLUMNS, met_on: 'text', met_recorded_at: 'text' },
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
    const met = `SELECT a.on_day AS met_on, t.recorded_at AS met_recorded_at FROM ${table(ACTS)} a
      JOIN ${table(TIMELINE)} t ON t."case" = a."case" AND t.event = a.event
      WHERE a."case" = k."case" AND a.act = 'obstacle' ORDER BY a.on_day, t.revision LIMIT 1`;
    return `SELECT * FROM (SELECT ${clockCells(at)}, met.met_on, met.met_recorded_at
      FROM ${table(CLOCKS)} k LEFT JOIN LATERAL (${met}) met ON true ${where([
        `k.clock = 'request'`,
        is('k.holder', organ, sql),
        verdict && `(${holds[verdict]()})`,
      ])}) k ${where([within('k.met_on', { from, to }, sql)])}`;
  },
  told: (row, moment, names) => {
    const told = clockTold(row, moment, names);
    const met = metIn(row);
    return met ? { ...told, ...met, says: `${told.says}${recordedLater(met)}` } : told;
  },
  answers: {
    properties: {
      ...CLOCK_ANSWERS.properties,
      metOn: { ...day, description: '记录的遇到障碍之日，最早的一次' },
      recordedOn: { ...day, description: '这一次遇到障碍是在哪一日记入账本的' },
    },
    required: CLOCK_ANSWERS.required,
  },
  totals: { by: ['holder'], sums: ['provisional'] },
});

interface Met {
  readonly metOn: LegalDate;
  readonly recordedOn: LegalDate;
}

function metIn({ met_on: on, met_recorded_at: at }: Row): Met | undefined {
  return isLegalDate(on) && isInstant(at) ? { metOn: on, recordedOn: dayOf(at) } : undefined;
}

function recordedLater({ metOn, recordedOn }: Met): string {
  const days = daysBetween(metOn, recordedOn);
  return days > 0 ? `遇到障碍之日记为${metOn}，于${recordedOn}才记入账本，相隔${days}天。` : '';
}
