import { countAfter, dayAfter, dayAt } from '../simulation/naive/days.js';

/** What took place in a case, by the days of the acts; when each was recorded does not matter to what holds in the end. */
export interface Story {
  readonly delivered: string;
  /** 批准延长, by a head of the requested organ. */
  readonly extended?: string;
  readonly provided?: string;
  /** The day on which that was entered. */
  readonly known?: string;
}

export type Stage = 'warning' | 'yellow' | 'red';

/** A stage that may stand, by the day its limit ends, and whether it must. */
export interface Awaited {
  readonly stage: Stage;
  readonly due: string;
  readonly must: boolean;
}

const LIMIT_DAYS = 10;
const RED_DAYS = 5;

const last = (from: string, days: number): string => countAfter(from, days, () => false, undefined)?.last ?? '';

/** The working day before: that from which the next one is `day`. */
function workingDayBefore(day: string): string {
  let at = day;
  do at = dayAfter(at, -1);
  while (last(dayAfter(at, -1), 1) !== at);
  return at;
}

/**
 * What stands of a case at a moment, counted over a wall calendar: one working day before the last day, the day after
 * it, and five working days on; unless help was given before that day. A warning must only where somebody looked between its
 * day and the last one, and nobody had entered help by then: afterwards none is given.
 * @param looks the days on which everything was looked at.
 */
export function awaitedOf(
  { delivered, extended, provided, known }: Story,
  now: string,
  looks: readonly string[],
): readonly Awaited[] {
  const first = last(delivered, LIMIT_DAYS);
  const due = extended !== undefined && extended <= first ? last(first, LIMIT_DAYS) : first;
  const begins: Readonly<Record<Stage, string>> = {
    warning: workingDayBefore(due),
    yellow: dayAfter(due),
    red: dayAfter(last(due, RED_DAYS)),
  };
  const today = dayAt(now);
  const isInTime = (look: string): boolean =>
    begins.warning <= look && look <= due && (known === undefined || look < known);
  return (Object.keys(begins) as readonly Stage[])
    .filter((stage) => begins[stage] <= today && (provided === undefined || provided >= begins[stage]))
    .map((stage) => ({ stage, due, must: stage !== 'warning' || looks.some(isInTime) }));
}
