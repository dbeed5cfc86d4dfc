/*
 * The days of 2026 as the notice of the State Council has them (国务院办公厅关于2026年部分节假日安排的通知), and those of 2027 and
 * 2028, which have none yet, as the statute has them (全国年节及纪念日放假办法第二条), all copied by hand, and a count that looks
 * at one day after the other. It shares nothing with the calendar of the product.
 */
const OFF: readonly (readonly [first: string, last: string])[] = [
  ['2026-01-01', '2026-01-03'], // 元旦
  ['2026-02-15', '2026-02-23'], // 春节
  ['2026-04-04', '2026-04-06'], // 清明
  ['2026-05-01', '2026-05-05'], // 劳动节
  ['2026-06-19', '2026-06-21'], // 端午
  ['2026-09-25', '2026-09-27'], // 中秋
  ['2026-10-01', '2026-10-07'], // 国庆
  ['2027-01-01', '2027-01-01'],
  ['2027-02-05', '2027-02-08'], // 除夕 to 正月初三
  ['2027-04-05', '2027-04-05'],
  ['2027-05-01', '2027-05-02'],
  ['2027-06-09', '2027-06-09'],
  ['2027-09-15', '2027-09-15'],
  ['2027-10-01', '2027-10-03'],
  ['2028-01-01', '2028-01-01'],
  ['2028-01-25', '2028-01-28'],
  ['2028-04-04', '2028-04-04'],
  ['2028-05-01', '2028-05-02'],
  ['2028-05-28', '2028-05-28'],
  ['2028-10-01', '2028-10-03'], // with 中秋, the third of them
];
/** 调休上班. */
const WORKED = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
/** From here on a notice may still change a day: the one for 2027 is not out, and such a notice reaches back a week. */
const UNTOLD_FROM = '2026-12-25';
const FIRST = Date.parse('2026-01-01T12:00:00Z');
const DAY = 86_400_000;
const DAYS = 3 * 365 + 1;

interface Day {
  readonly day: string;
  readonly working: boolean;
  readonly untold: boolean;
}

/** One line a day, from 2026 to 2028. */
const WALL: readonly Day[] = Array.from({ length: DAYS }, (_none, n) => {
  const noon = new Date(FIRST + n * DAY);
  const day = noon.toISOString().slice(0, 10);
  const isWeekend = noon.getUTCDay() === 0 || noon.getUTCDay() === 6;
  const isOff = OFF.some(([first, last]) => first <= day && day <= last) || (isWeekend && !WORKED.includes(day));
  return { day, working: !isOff, untold: day >= UNTOLD_FROM };
});
const place = new Map(WALL.map(({ day }, n) => [day, n]));

/** @throws RangeError for a day that is not on the wall. */
function placeOf(day: string): number {
  const found = place.get(day);
  if (found === undefined) throw new RangeError(`the table is of 2026 to 2028: ${day}`);
  return found;
}

function onWall(n: number): Day {
  const found = WALL[n];
  if (!found) throw new RangeError('the table is of 2026 to 2028');
  return found;
}

export const dayAfter = (day: string, days = 1): string => onWall(placeOf(day) + days).day;

export const daysFromTo = (from: string, to: string): number => placeOf(to) - placeOf(from);

/** The day in Shanghai, eight hours ahead of UTC, at a moment written in UTC. */
export const dayAt = (moment: string): string =>
  moment.slice(11, 13) < '16' ? moment.slice(0, 10) : dayAfter(moment.slice(0, 10));

export interface Count {
  readonly last: string;
  readonly untold: boolean;
}

/**
 * The last of `days` working days after `from`, which is not counted. Days on which `stands` holds are not counted either.
 * Undefined when the clock stands for ever from `forEver` on and the count is not over by then.
 */
export function countAfter(
  from: string,
  days: number,
  stands: (day: string) => boolean,
  forEver: string | undefined,
): Count | undefined {
  let at = placeOf(from);
  let counted = 0;
  let untold = false;
  while (counted < days) {
    at += 1;
    const today = onWall(at);
    if (forEver !== undefined && today.day >= forEver) return undefined;
    if (stands(today.day)) continue;
    if (today.working) counted += 1;
    if (today.untold) untold = true;
  }
  return { last: onWall(at).day, untold };
}
