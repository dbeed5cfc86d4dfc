import { addDays, legalDate, yearOf, type LegalDate } from '#libs/kernel';
import { LAST_LUNAR_YEAR, lunarDay, pureBrightness } from './lunar-days.js';

/** 全国年节及纪念日放假办法: which days are off for all citizens without any notice. */
export interface HolidayStatute {
  readonly title: string;
  /** In the order they took effect; each holds until the next one does. */
  readonly editions: readonly StatuteEdition[];
}

export interface StatuteEdition {
  /** 施行日期. */
  readonly from: LegalDate;
  readonly documentNumber: string;
  /** 公布日期. */
  readonly date: LegalDate;
  readonly holidays: readonly StatutoryHoliday[];
}

export interface StatutoryHoliday {
  readonly name: string;
  /** 第二条第二项. */
  readonly provision: string;
  /** `10-01`, `农历01-01`, `农历除夕`, `清明`. */
  readonly days: readonly string[];
}

/** What a day of the statute is off for, and by which provision of which edition. */
export interface StatutoryDay {
  readonly name: string;
  readonly statute: string;
}

/** How {@link StatutoryHoliday.days} are written. Lunar days of the statute lie in the first eight months, so in `year`. */
export const STATUTORY_DAY = /^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|农历(?:除夕|0[1-8]-(?:0[1-9]|[12]\d))|清明)$/;

/** 《全国年节及纪念日放假办法》（国务院令第795号）. */
export const statuteText = ({ title }: HolidayStatute, { documentNumber }: StatuteEdition): string =>
  `《${title}》（${documentNumber}）`;

/**
 * 法定节假日 of a year: the days off for all citizens that article 2 names. Article 6 (适逢周六、周日，应当在工作日补假) names no
 * day, so nothing is moved for it: which working day it is, a notice tells. After {@link LAST_LUNAR_YEAR} the days of the
 * lunar calendar and 清明 are not known and left out.
 */
export function statutoryDays(statute: HolidayStatute, year: number): ReadonlyMap<LegalDate, StatutoryDay> {
  const days = new Map<LegalDate, StatutoryDay>();
  for (const edition of inForceIn(statute, year))
    for (const { name, provision, days: said } of edition.holidays)
      for (const day of said.flatMap((one) => dayIn(year, one) ?? [])) {
        if (statute.editions.findLast(({ from }) => from <= day) !== edition) continue;
        const other = days.get(day);
        days.set(day, {
          name: other ? `${other.name}、${name}` : name,
          statute: other ? `${other.statute}、${provision}` : `${statuteText(statute, edition)}${provision}`,
        });
      }
  return days;
}

/** Of a year in which an edition took effect, the one before it too. */
const inForceIn = ({ editions }: HolidayStatute, year: number): readonly StatuteEdition[] =>
  editions.filter(
    ({ from }, index) => yearOf(from) <= year && !((editions[index + 1]?.from ?? '9') <= `${year}-01-01`),
  );

function dayIn(year: number, said: string): LegalDate | undefined {
  if (/^\d/.test(said)) return legalDate(`${year}-${said}`);
  if (year > LAST_LUNAR_YEAR) return undefined;
  if (said === '清明') return pureBrightness(year);
  if (said === '农历除夕') return addDays(lunarDay(year, 1, 1), -1);
  return lunarDay(year, Number(said.slice(2, 4)), Number(said.slice(5)));
}
