import { weekday, yearOf, type LegalDate } from '#libs/kernel';

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
}

export const emptyCalendar: Calendar = { version: '0', source: '尚无工作日历', years: [] };

export interface DayKind {
  readonly working: boolean;
  /** True when a notice that may still come could change this day. */
  readonly provisional: boolean;
  /** `worked`: a weekend day on which the notice has people work. */
  readonly why: 'weekday' | 'weekend' | 'holiday' | 'worked';
  /** Name of the holiday. */
  readonly name?: string;
}

/**
 * What kind of day `day` is. A listed year follows its notice. A year that is not listed is taken as Monday to Friday
 * and is provisional; so are the last seven days of a listed year before one that is not, because a notice reaches
 * back over New Year's Day (the one for 2019 made 29 December 2018 a working Saturday and 31 December a holiday).
 */
export function dayKind(calendar: Calendar, day: LegalDate): DayKind {
  const { listed, holidays, worked } = tableOf(calendar);
  const year = yearOf(day);
  const provisional = !listed.has(year) || (day.slice(5) >= REACHED_BACK_FROM && !listed.has(year + 1));
  const name = holidays.get(day);
  if (name !== undefined) return { working: false, provisional, why: 'holiday', name };
  if (worked.has(day)) return { working: true, provisional, why: 'worked' };
  return [0, 6].includes(weekday(day))
    ? { working: false, provisional, why: 'weekend' }
    : { working: true, provisional, why: 'weekday' };
}

const REACHED_BACK_FROM = '12-25';

interface Table {
  readonly listed: ReadonlySet<number>;
  readonly holidays: ReadonlyMap<LegalDate, string>;
  readonly worked: ReadonlySet<LegalDate>;
}

/** A calendar never changes, so its table is made once. */
const tables = new WeakMap<Calendar, Table>();

function tableOf(calendar: Calendar): Table {
  const known = tables.get(calendar);
  if (known) return known;
  const table: Table = {
    listed: new Set(calendar.years.map(({ year }) => year)),
    holidays: new Map(calendar.years.flatMap(({ holidays }) => holidays.map(({ on, name }) => [on, name] as const))),
    worked: new Set(calendar.years.flatMap(({ worked }) => worked)),
  };
  tables.set(calendar, table);
  return table;
}
