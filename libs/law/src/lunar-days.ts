import { legalDate, type LegalDate } from '#libs/kernel';
import { getSolarDateFromLunar } from 'chinese-days';

/**
 * The last year whose 农历 days and 清明 are told here. The package has months of the lunar calendar up to 2100, and answers for
 * later years without saying that it knows nothing; the rule for 清明 holds from 2000 to 2099.
 */
export const LAST_LUNAR_YEAR = 2099;

/**
 * 农历: the day on which the `day` of the `month` of the lunar year falls that begins in `year`, never that of a leap month
 * (闰月). @throws RangeError after {@link LAST_LUNAR_YEAR}.
 */
export function lunarDay(year: number, month: number, day: number): LegalDate {
  assertKnown(year);
  // With hyphens the package takes the date for one of UTC and then reads it by the local clock: west of Greenwich a day early.
  return legalDate(getSolarDateFromLunar(`${year}/${month}/${day}`).date);
}

/**
 * 清明: the mean day of the sun's course in this century, less the leap days. The package has the same rule, but tells the
 * day by the local clock. @throws RangeError before 2000 and after {@link LAST_LUNAR_YEAR}.
 */
export function pureBrightness(year: number): LegalDate {
  assertKnown(year);
  if (year < 2000) throw new RangeError(`the rule for 清明 begins with 2000: ${year}`);
  const since = year - 2000;
  return legalDate(`${year}-04-0${Math.floor(since * 0.2422 + 4.81) - Math.floor(since / 4)}`);
}

function assertKnown(year: number): void {
  if (year > LAST_LUNAR_YEAR) throw new RangeError(`no lunar days are known of ${year}`);
}
