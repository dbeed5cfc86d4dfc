import { first, has, type Act } from './acts.js';
import { clocksAt } from './clocks.js';
import { turnsOf } from './custody.js';
import { dayAfter, dayAt, daysFromTo } from './days.js';

/** What a case adds to the answer of each question about all cases, counted by hand, a line each. */
export const COUNTED: Readonly<Record<string, (acts: readonly Act[], now: string) => readonly string[]>> = {
  overdue: (acts, now) =>
    clocksAt(acts, now)
      .filter(({ verdict }) => verdict === 'late')
      .map(({ clock, holder, due = '', daysLate = 0 }) => `${clock} ${holder} ${due} ${daysLate}`),
  'missing-formalities': (acts, now) => {
    const request = first(acts, 'request');
    const owed = request?.said.emergency && !has(acts, 'formalities');
    return request && owed ? [`${request.organ} ${daysFromTo(request.day, dayAt(now))}`] : [];
  },
  held: (acts, now) => {
    const turns = turnsOf(acts);
    const days = new Map<number, number>();
    for (let day = turns[0]?.day ?? dayAt(now); day < dayAt(now); day = dayAfter(day)) {
      const holds = turns.findLastIndex((turn) => turn.day <= day);
      days.set(holds, (days.get(holds) ?? 0) + 1);
    }
    return [...days].flatMap(([at, count]) =>
      (turns[at]?.organs ?? []).map((organ) => `${turns[at]?.task ?? ''} ${organ} ${count}`),
    );
  },
};
