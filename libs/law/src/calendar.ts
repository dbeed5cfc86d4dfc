import { daysBetween, legalDate, weekday, type LegalDate } from '#libs/kernel';

/** 工作日历: which days the State Council's notices made holidays and which weekend days they made working days (调休). */
export interface Calendar {
  /** Counts the editions of this data, for people. */
  readonly version: string;
  readonly source: string;
  /** Years in ascending order. A year that is not listed has no published notice: counting in it is provisional. */
  readonly years: readonly CalendarYear[];
}

export interface CalendarYear {
  readonly year: number;
  readonly holidays: readonly { readonly on: LegalDate; readonly name: string }[];
  /** 调休上班: weekend days that are working days. */
  readonly worked: readonly LegalDate[];
  /** The notice of the year, where it is known; otherwise the year comes from {@link Calendar.source}. */
  readonly notice?: NoticeCited;
  /** Later notices that changed some of its days, in their order. */
  readonly changes?: readonly NoticeOfChange[];
}

/** 放假通知, as an explanation names it. */
export interface NoticeCited {
  readonly source: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly date: LegalDate;
}

/** 调整或者延长的通知: the days from `from` to `to` are what it says of them. */
export interface NoticeOfChange extends Omit<NoticeCited, 'date'> {
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** What the days of a year rest on, for people. */
export function yearSource({ years, source }: Calendar, year: number): string {
  const listed = years.find((one) => one.year === year);
  if (!listed) return `${year}年未录有放假通知，暂按周一至周五为工作日推算`;
  const { notice } = listed;
  return notice
    ? `${year}年依《${notice.title}》（${notice.documentNumber}，${notice.date}）`
    : `${year}年未录有放假通知的文号，依${source}`;
}

export const emptyCalendar: Calendar = { version: '0', source: '尚无工作日历', years: [] };

export interface DayKind {
  readonly working: boolean;
  /** True when a notice that may still come could change this day. */
  readonly provisional: boolean;
  /** `worked`: a weekend day on which the notice has people work. `suspended`: no limit runs on it. */
  readonly why: 'weekday' | 'weekend' | 'holiday' | 'worked' | 'suspended';
  /** Name of the holiday. */
  readonly name?: string;
}

/**
 * What kind of day `day` is. A listed year follows its notice. A year that is not listed is taken as Monday to Friday
 * and is provisional; so are the last seven days of a listed year before one that is not, because a notice reaches
 * back over New Year's Day (the one for 2019 made 29 December 2018 a working Saturday and 31 December a holiday).
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

/** The last days of a year that a notice for the next one may still change. */
export const REACHED_BACK_FROM = '12-25';

/** Days by their numbers, both included. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** The last day of a span that is all there is to know of a calendar, its source and version among it. */
export const EVERY_DAY = 999_999_999;

/**
 * The same calendar, which notes the days that are looked up in it: whoever asks it about none of the days by which another
 * calendar differs gets the same from both.
 */
export function watchedCalendar(calendar: Calendar): {
  readonly calendar: Calendar;
  readonly looked: () => DaySpan | undefined;
} {
  const kindOf = kindsOf(calendar);
  let [first, last] = [Infinity, -Infinity];
  const whole = <T>(value: T): T => {
    [first, last] = [0, EVERY_DAY];
    return value;
  };
  const own: Calendar = {
    get version() {
      return whole(calendar.version);
    },
    get source() {
      return whole(calendar.source);
    },
    get years() {
      return whole(calendar.years);
    },
  };
  kindsOfCalendars.set(own, (number) => {
    if (number < first) first = number;
    if (number > last) last = number;
    return kindOf(number);
  });
  return { calendar: own, looked: () => (first <= last ? { first, last } : undefined) };
}

/** From the first to the last day that the two calendars tell otherwise; undefined where they tell the same of every day. */
export function changedDays(one: Calendar, other: Calendar): DaySpan | undefined {
  if (one === other) return undefined;
  const years = [...one.years, ...other.years].map(({ year }) => year);
  if (years.length === 0) return undefined;
  const [kindIn, kindInOther] = [kindsOf(one), kindsOf(other)];
  const from = Math.max(dayNumber(legalDate(`${Math.max(Math.min(...years) - 1, 1992)}-01-01`)), 0);
  const to = dayNumber(legalDate(`${Math.max(...years) + 1}-12-31`));
  const changed: number[] = [];
  for (let number = from; number <= to; number += 1)
    if (!isSameKind(kindIn(number), kindInOther(number))) changed.push(number);
  const [first, last] = [changed[0], changed.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

const isSameKind = (a: DayKind, b: DayKind): boolean =>
  a.working === b.working && a.provisional === b.provisional && a.why === b.why && a.name === b.name;

const FIRST_DAY = legalDate('1992-01-01');
const FIRST_WEEKDAY = weekday(FIRST_DAY);

const kindsOfCalendars = new WeakMap<Calendar, (number: number) => DayKind>();

function prepared({ years }: Calendar): (number: number) => DayKind {
  const stretches = settledStretches(years.map(({ year }) => year));
  const isProvisional = (number: number): boolean =>
    !stretches.some(({ first, last }) => first <= number && number <= last);
  const byNotice = new Map<number, DayKind>();
  const enter = (on: LegalDate, kind: Omit<DayKind, 'provisional'>): unknown =>
    byNotice.set(dayNumber(on), { ...kind, provisional: isProvisional(dayNumber(on)) });
  for (const { holidays, worked } of years) {
    holidays.forEach(({ on, name }) => enter(on, { working: false, why: 'holiday', name }));
    worked.forEach((on) => enter(on, { working: true, why: 'worked' }));
  }
  return (number) => {
    const noticed = byNotice.get(number);
    if (noticed) return noticed;
    const weekdayNumber = (FIRST_WEEKDAY + number) % 7;
    const { settled, provisional } = weekdayNumber === 0 || weekdayNumber === 6 ? WEEKEND : WEEKDAY;
    return isProvisional(number) ? provisional : settled;
  };
}

interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The days no notice to come can change: one stretch per run of listed years. */
function settledStretches(years: readonly number[]): readonly Stretch[] {
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
