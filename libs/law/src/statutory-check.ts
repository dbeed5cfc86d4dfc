import { weekday, type LegalDate } from '#libs/kernel';
import type { Fault } from './data-check.js';
import { statutoryDays, type HolidayStatute } from './statutory-days.js';

/** A day that a list names, and where it stands. */
export interface DayAt {
  readonly at: string;
  readonly on: LegalDate;
}

/**
 * 全国年节及纪念日放假办法第二条: no notice takes a day off from all citizens. Faults are the statutory days of `year` that fall on
 * a weekday and are not among `holidays`, at `at`, and those that are to be worked. One on a weekend is off as it is, and need
 * not be listed.
 */
export function statutoryFaults(
  statute: HolidayStatute,
  year: number,
  {
    holidays,
    worked,
    at,
  }: { readonly holidays: readonly DayAt[]; readonly worked: readonly DayAt[]; readonly at: string },
): readonly Fault[] {
  const statutory = statutoryDays(statute, year);
  const off = new Set(holidays.map(({ on }) => on));
  return [
    ...[...statutory]
      .filter(([on]) => !off.has(on) && ![0, 6].includes(weekday(on)))
      .map(([on, { name, statute: by }]) => ({ at, says: `缺少 ${on}：${name}，依${by}放假，不能不列` })),
    ...worked.flatMap(({ at: place, on }) => {
      const day = statutory.get(on);
      return day ? [{ at: place, says: `${on} 是${day.name}，依${day.statute}放假，不能列为上班` }] : [];
    }),
  ];
}
