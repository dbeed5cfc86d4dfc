import { derivedId, type FactTypes, type Marked, type Uuid } from '#libs/kernel';
import type { CalendarNotice } from './calendar-notice.js';
import type { Calendar } from './calendar.js';
import type { RulePack } from './rule-pack.js';

/** The one calendar of a ledger: the category and the id of its stream. */
export const CALENDAR_CATEGORY = 'calendar';
export const CALENDAR_ID: Uuid = derivedId(['calendar']);
/** Each pack has a stream of its own, by its code. */
export const PACK_CATEGORY = 'rulePack';
export const packId = (code: string): Uuid => derivedId(['rule pack', code]);

/** 规则包版本发布: the whole content, so that a later reader judges by what this ledger had in hand. */
export interface RulePackPublished {
  readonly type: 'RulePackPublished';
  readonly data: { readonly pack: RulePack; readonly digest: string };
}

/** 工作日历发布, as a program ships it. */
export interface CalendarPublished {
  readonly type: 'CalendarPublished';
  readonly data: { readonly calendar: Calendar; readonly digest: string };
}

/** 申请将放假通知入账. It has no effect. */
export interface CalendarNoticeRequested {
  readonly type: 'CalendarNoticeRequested';
  readonly data: { readonly notice: CalendarNotice; readonly reason?: Marked };
}
/** 准予入账, by another person: from here on the days of the notice hold. */
export interface CalendarNoticeApproved {
  readonly type: 'CalendarNoticeApproved';
  readonly data: { readonly request: Uuid };
}
/** 不予入账. */
export interface CalendarNoticeRefused {
  readonly type: 'CalendarNoticeRefused';
  readonly data: { readonly request: Uuid; readonly reason: Marked };
}

/** 申请发布规则包版次. It has no effect. */
export interface RulePackEditionRequested {
  readonly type: 'RulePackEditionRequested';
  readonly data: { readonly pack: RulePack; readonly digest: string; readonly reason?: Marked };
}
/** 准予发布, by another person: from here on the edition applies. */
export interface RulePackEditionApproved {
  readonly type: 'RulePackEditionApproved';
  readonly data: { readonly request: Uuid };
}
/** 不予发布. */
export interface RulePackEditionRefused {
  readonly type: 'RulePackEditionRefused';
  readonly data: { readonly request: Uuid; readonly reason: Marked };
}

/** What stands in the calendar's stream. */
export type CalendarFact = CalendarPublished | CalendarNoticeRequested | CalendarNoticeApproved | CalendarNoticeRefused;
/** What stands in the stream of one pack. */
export type EditionFact =
  RulePackPublished | RulePackEditionRequested | RulePackEditionApproved | RulePackEditionRefused;
export type LawFact = CalendarFact | EditionFact;

export const calendarFacts: FactTypes<CalendarFact> = {
  CalendarPublished: { version: 1 },
  CalendarNoticeRequested: { version: 1, marks: { '/reason': 'text' } },
  CalendarNoticeApproved: { version: 1 },
  CalendarNoticeRefused: { version: 1, marks: { '/reason': 'text' } },
};

export const editionFacts: FactTypes<EditionFact> = {
  RulePackPublished: { version: 1 },
  RulePackEditionRequested: { version: 1, marks: { '/reason': 'text' } },
  RulePackEditionApproved: { version: 1 },
  RulePackEditionRefused: { version: 1, marks: { '/reason': 'text' } },
};

export const lawFacts: FactTypes<LawFact> = { ...calendarFacts, ...editionFacts };
