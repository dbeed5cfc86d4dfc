import { yearOf, type LegalDate } from '#libs/kernel';
import { LAST_LUNAR_YEAR } from './lunar-days.js';
import { statuteText, type HolidayStatute } from './statutory-days.js';

/** 工作日历: which days the State Council's notices made holidays and which weekend days they made working days (调休). */
export interface Calendar {
  /** Counts the editions of this data, for people. */
  readonly version: string;
  readonly source: string;
  /** Years in ascending order. A year that is not listed has no published notice: counting in it is provisional. */
  readonly years: readonly CalendarYear[];
  /** By which a year that is not listed is counted. A calendar recorded by an early program has none. */
  readonly statute?: HolidayStatute | undefined;
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
export function yearSource({ years, source, statute }: Calendar, year: number): string {
  const listed = years.find((one) => one.year === year);
  if (!listed) return `${year}年未录有放假通知，${withoutNotice(statute, year)}`;
  const { notice } = listed;
  return notice
    ? `${year}年依《${notice.title}》（${notice.documentNumber}，${notice.date}）`
    : `${year}年未录有放假通知的文号，依${source}`;
}

function withoutNotice(statute: HolidayStatute | undefined, year: number): string {
  const edition = statute?.editions.findLast(({ from }) => yearOf(from) <= year);
  if (!statute || !edition) return '暂按周一至周五为工作日推算';
  const text = `暂按周末和${statuteText(statute, edition)}第二条的法定节假日推算，未计补假（第六条）和调休`;
  return year > LAST_LUNAR_YEAR ? `${text}；农历的节日和清明只推算至${LAST_LUNAR_YEAR}年，也未计入` : text;
}

export const emptyCalendar: Calendar = { version: '0', source: '尚无工作日历', years: [] };

/** The last days of a year that a notice for the next one may still change. */
export const REACHED_BACK_FROM = '12-25';
