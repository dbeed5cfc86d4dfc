import type { LegalDate } from '#libs/kernel';

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
