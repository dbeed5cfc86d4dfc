import { addDays, daysBetween, legalDate, weekday, yearOf, type LegalDate } from '#libs/kernel';
import { REACHED_BACK_FROM, type Calendar } from './calendar.js';
import { statutoryDays, type HolidayStatute, type StatutoryDay } from './statutory-days.js';

export interface DayKind {
  readonly working: boolean;
  /** True when a notice that may still come could change this day. */
  readonly provisional: boolean;
  /**
   * `statutory`: 法定节假日, off by the statute itself, also where a notice says so. `holiday`: 放假调休, off only because a
   * notice says so. `worked`: a weekend day on which the notice has people work. `suspended`: no limit runs on it.
   */
  readonly why: 'weekday' | 'weekend' | 'statutory' | 'holiday' | 'worked' | 'suspended';
  /** Name of the holiday. */
  readonly name?: string;
  /** The provision by which a statutory day is off. */
  readonly statute?: string;
}

/**
 * What kind of day `day` is. A listed year follows its notice, and nothing else. A year that is not listed is counted by the
 * statute alone: weekends and {@link statutoryDays} are off, no weekend day is worked, and nothing is moved for a holiday on
 * a weekend (第六条 asks for a day in its stead and names none). It is provisional; so are the last seven days of a listed
 * year before one that is not, because a notice reaches back over New Year's Day (the one for 2019 made 29 December 2018 a
 * working Saturday and 31 December a holiday).
 */
export const dayKind = (calendar: Calendar, day: LegalDate): DayKind => kindsOf(calendar)(dayNumber(day));

/** Days since the first legal date, so that a long count compares numbers and not texts. */
export const dayNumber = (day: LegalDate): number => daysBetween(FIRST_DAY, day);

/** {@link dayKind} by day number. A calendar never changes, so what is looked up in it is prepared once. */
export function kindsOf(calendar: Calendar): (number: number) => DayKind {
  const known = kindsOfCalendars.get(calendar);
  if (known) return known;
  const kinds = prepared(calendar);
  kindsOfCalendars.set(calendar, kinds);
  return kinds;
}

/** From here on whoever asks what days there are in `calendar` is answered by `kindOf`. */
export const answerFor = (calendar: Calendar, kindOf: (number: number) => DayKind): void =>
  void kindsOfCalendars.set(calendar, kindOf);

/** Days by their numbers, both included. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

const FIRST_DAY = legalDate('1992-01-01');
const FIRST_WEEKDAY = weekday(FIRST_DAY);

const kindsOfCalendars = new WeakMap<Calendar, (number: number) => DayKind>();

function prepared({ years, statute }: Calendar): (number: number) => DayKind {
  const stretches = settledStretches(years.map(({ year }) => year));
  const isProvisional = (number: number): boolean =>
    !stretches.some(({ first, last }) => first <= number && number <= last);
  const byNotice = new Map<number, DayKind>();
  const enter = (on: LegalDate, kind: Omit<DayKind, 'provisional'>): unknown =>
    byNotice.set(dayNumber(on), { ...kind, provisional: isProvisional(dayNumber(on)) });
  for (const { year, holidays, worked } of years) {
    const statutory = statute && statutoryDays(statute, year);
    holidays.forEach(({ on, name }) => enter(on, { ...offBy(statutory?.get(on)), name }));
    worked.forEach((on) => enter(on, { working: true, why: 'worked' }));
  }
  const statutoryOn = statute ? statutoryKinds(statute) : () => undefined;
  return (number) => {
    const noticed = byNotice.get(number);
    if (noticed) return noticed;
    const provisional = isProvisional(number);
    // The last week of a listed year is provisional too; no day of any statute lies in it.
    const statutory = provisional ? statutoryOn(number) : undefined;
    if (statutory) return statutory;
    const weekdayNumber = (FIRST_WEEKDAY + number) % 7;
    const plain = weekdayNumber === 0 || weekdayNumber === 6 ? WEEKEND : WEEKDAY;
    return provisional ? plain.provisional : plain.settled;
  };
}

/** A day off by a notice: 法定节假日 where the statute names it too, 放假调休 where it does not. */
const offBy = (statutory: StatutoryDay | undefined): Pick<DayKind, 'working' | 'why' | 'statute'> => ({
  working: false,
  ...(statutory ? { why: 'statutory', statute: statutory.statute } : { why: 'holiday' }),
});

/** The statutory days of years without a notice. Each year is made out once, and who goes on in it finds it in hand. */
function statutoryKinds(statute: HolidayStatute): (number: number) => DayKind | undefined {
  const known = new Map<number, StatutoryYear>();
  let inHand: StatutoryYear = { first: 0, last: -1, kinds: new Map() };
  return (number) => {
    if (number < inHand.first || number > inHand.last) {
      const year = yearOf(addDays(FIRST_DAY, number));
      inHand = known.get(year) ?? statutoryYear(statute, year);
      known.set(year, inHand);
    }
    return inHand.kinds.get(number);
  };
}

interface StatutoryYear extends DaySpan {
  readonly kinds: ReadonlyMap<number, DayKind>;
}

function statutoryYear(statute: HolidayStatute, year: number): StatutoryYear {
  const kinds = new Map<number, DayKind>();
  for (const [on, day] of statutoryDays(statute, year))
    kinds.set(dayNumber(on), { working: false, provisional: true, why: 'statutory', ...day });
  return { first: dayNumber(legalDate(`${year}-01-01`)), last: dayNumber(legalDate(`${year}-12-31`)), kinds };
}

/** The days no notice to come can change: one stretch per run of listed years. */
function settledStretches(years: readonly number[]): readonly DaySpan[] {
  const listed = new Set(years);
  const beginnings = [...listed].filter((year) => !listed.has(year - 1));
  return beginnings.map((year) => {
    let end = year;
    while (listed.has(end + 1)) end += 1;
    return {
      first: dayNumber(legalDate(`${year}-01-01`)),
      last: dayNumber(legalDate(`${end}-${REACHED_BACK_FROM}`)) - 1,
    };
  });
}

const plain = (working: boolean, why: 'weekday' | 'weekend'): Record<'settled' | 'provisional', DayKind> => ({
  settled: { working, why, provisional: false },
  provisional: { working, why, provisional: true },
});
const WEEKDAY = plain(true, 'weekday');
const WEEKEND = plain(false, 'weekend');
