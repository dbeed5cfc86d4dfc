import { UnknownFact, type Recorded } from '#libs/kernel';
import { stepOf, withDecision, withRequest, type Asked, type AskedLaw } from './asked-law.js';
import { withNotice, type CalendarNotice } from './calendar-notice.js';
import { emptyCalendar, type Calendar } from './calendar.js';
import type { CalendarFact } from './law-facts.js';

/** 工作日历 with what it is made of: the data of the newest program, and the notices that two persons recorded. */
export interface CalendarShelf {
  readonly shipped?: { readonly calendar: Calendar; readonly digest: string };
  readonly requests: AskedLaw<CalendarNotice>;
  /** In the order of approval. */
  readonly approved: readonly Asked<CalendarNotice>[];
  /** What holds: an approved notice stands before whatever a program ships for its year. */
  readonly calendar: Calendar;
}

export const emptyCalendarShelf: CalendarShelf = { requests: new Map(), approved: [], calendar: emptyCalendar };

/** The shelf after one more fact of the calendar's stream. @throws UnknownFact */
export function calendarShelfAfter(shelf: CalendarShelf, fact: Recorded<CalendarFact>): CalendarShelf {
  switch (fact.type) {
    case 'CalendarPublished': {
      const { shipped } = shelf;
      if (shipped && isOlder(fact.data.calendar, shipped.calendar)) return shelf;
      return composed({ ...shelf, shipped: fact.data });
    }
    case 'CalendarNoticeRequested':
      return { ...shelf, requests: withRequest(shelf.requests, stepOf(fact), fact.data.notice) };
    case 'CalendarNoticeApproved':
    case 'CalendarNoticeRefused': {
      const outcome = fact.type === 'CalendarNoticeApproved' ? 'approved' : 'refused';
      const { requests, decided } = withDecision(shelf.requests, fact.data.request, { ...stepOf(fact), outcome });
      if (!decided || outcome === 'refused') return { ...shelf, requests };
      return composed({ ...shelf, requests, approved: [...shelf.approved, decided] });
    }
    default: {
      const { type, version } = fact as Recorded;
      throw new UnknownFact(type, version);
    }
  }
}

/** The notice of a year that holds: of several, the one approved last. */
export const noticeOf = ({ approved }: Pick<CalendarShelf, 'approved'>, year: number): CalendarNotice | undefined =>
  approved.findLast(({ what }) => what.year === year)?.what;

function composed(shelf: CalendarShelf): CalendarShelf {
  const shipped = shelf.shipped?.calendar ?? emptyCalendar;
  const years = [...new Set(shelf.approved.map(({ what }) => what.year))].toSorted((a, b) => a - b);
  const notices = years.flatMap((year) => noticeOf(shelf, year) ?? []);
  if (notices.length === 0) return { ...shelf, calendar: shipped };
  const numbers = notices.map(({ documentNumber }) => documentNumber).join('、');
  const calendar = {
    ...notices.reduce(withNotice, shipped),
    version: `${shipped.version}；${numbers}`,
  };
  return { ...shelf, calendar };
}

const VERSIONED = /^(.*?)\s+(\d+(?:\.\d+)*)$/;

/**
 * Whether one shipped calendar is older than another, of the same data: by the number its version ends with. An older
 * program that starts beside a newer one takes nothing back.
 */
export function isOlder({ version: one }: Calendar, { version: other }: Calendar): boolean {
  const [, name, numbers = ''] = VERSIONED.exec(one) ?? [];
  const [, otherName, otherNumbers = ''] = VERSIONED.exec(other) ?? [];
  const isSameData = name !== undefined && name === otherName;
  return isSameData && numbers.localeCompare(otherNumbers, 'en', { numeric: true }) < 0;
}
