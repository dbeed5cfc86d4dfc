import { asked, Code, Optional, DaysQuery, type Uuid } from '#libs/kernel';
import { taskName } from '../custody-texts.js';
import { day, id, ids, is, present, text, textOf, TURNS, where, whole, yesNo } from './parts.js';

class HeldQuery extends DaysQuery {
  @Optional() @Code('该做的事') task?: string;
}

/** 由谁承办多久: the turns that touch the days asked for, with the days each lasted of them; a turn's last day is the next one's. */
export const held = asked({
  name: 'held',
  asks: '一段期间内，案件在各机关手中多少天，为了什么事？',
  restsOn: { clocks: ['provide', 'request'] },
  query: HeldQuery,
  columns: {
    case: 'text',
    key: 'text',
    holder: 'text',
    task: 'text',
    clock: 'text',
    suspended: 'integer',
    from_on: 'text',
    to_on: 'text',
    since: 'text',
    ended_by: 'text',
    days: 'integer',
  },
  rows: ({ organ, task, from, to }, { today }, sql) => {
    const { table, bound } = sql;
    const now = bound(today);
    // The first day after those asked for; a turn that goes on has lasted until today.
    const end = to === undefined ? now : `LEAST(${now}, to_char(${bound(to)}::date + 1, 'YYYY-MM-DD'))`;
    const until = `LEAST(COALESCE(t.to_on, ${now}), ${end})`;
    const since = from === undefined ? 't.from_on' : `GREATEST(t.from_on, ${bound(from)})`;
    return `SELECT t."case", t.turn || ' ' || t.holder AS key, t.holder, t.task, t.clock, t.suspended, t.from_on, t.to_on, t.since,
        t.ended_by, (${until}::date - ${since}::date) AS days
      FROM ${table(TURNS)} t ${where([`${since} < ${until}`, is('t.holder', organ, sql), is('t.task', task, sql)])}`;
  },
  told: ({ holder, task, clock, suspended, from_on: from, to_on: to, since, ended_by: ended, days }, _moment, names) =>
    present({
      holder,
      task,
      clock,
      suspended: suspended === 1,
      from,
      to,
      days,
      events: [since, ended].filter((event) => event !== null),
      says: `${names.organ(holder as Uuid)}自${textOf(from)}起${taskName(textOf(task))}，其中${Number(days)}天在所问期间。`,
    }),
  answers: {
    properties: {
      holder: id,
      task: text,
      clock: text,
      suspended: yesNo,
      from: day,
      to: day,
      days: { ...whole, description: '在所问期间的天数' },
      events: ids,
    },
    required: ['holder', 'task', 'suspended', 'from', 'days', 'events'],
  },
  totals: { by: ['holder', 'task'], sums: ['days'] },
});
