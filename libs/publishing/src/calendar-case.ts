import { on, type Context, type Decider, type Decision } from '#libs/kernel';
import {
  CALENDAR_CATEGORY,
  calendarFacts,
  calendarShelfAfter,
  emptyCalendarShelf,
  noticeFaults,
  noticeOf,
  reachesBack,
  type CalendarFact,
  type CalendarNotice,
  type CalendarShelf,
  type LawBook,
} from '#libs/law';
import * as commands from './commands.js';
import { reasonIn, undecided } from './four-eyes.js';
import { faulty, refusal } from './refusals.js';

/*
 * A notice is taken down by one person and approved by another, who compares it with the paper; only the approval has
 * effect. It is checked as a whole when it is asked for, and against the calendar as it stands once more when approved.
 */

function propose(command: commands.ProposeCalendarNotice, shelf: CalendarShelf) {
  const faults = noticeFaults(command.notice, shelf.calendar.statute);
  if (faults.length > 0) throw faulty('NOTICE_FAULTY', '/notice', faults);
  // The check above admits nothing that is not a notice.
  const notice = command.notice as CalendarNotice;
  assertFits(notice, shelf, { replaces: '/notice/replaces', year: '/notice/year' });
  return [{ type: 'CalendarNoticeRequested' as const, data: { notice, ...reasonIn(command) } }];
}

function approve({ request }: commands.ApproveCalendarNotice, shelf: CalendarShelf, context: Context<LawBook>) {
  const { what } = undecided(shelf.requests, request, context);
  assertFits(what, shelf, { replaces: '/request', year: '/request' });
  return [{ type: 'CalendarNoticeApproved' as const, data: { request } }];
}

function refuse({ request, reason }: commands.RefuseCalendarNotice, shelf: CalendarShelf, context: Context<LawBook>) {
  undecided(shelf.requests, request, context);
  return [{ type: 'CalendarNoticeRefused' as const, data: { request, reason } }];
}

/** A year that has a notice is changed only by one that says which it replaces. @throws Refusal */
function assertFits(
  notice: CalendarNotice,
  shelf: CalendarShelf,
  at: Readonly<Record<'replaces' | 'year', string>>,
): void {
  const { year, replaces } = notice;
  const standing = noticeOf(shelf, year);
  if (standing && replaces !== standing.documentNumber)
    throw refusal('NOTICE_NOT_LATEST', {
      kind: 'impossible',
      pointer: at.replaces,
      values: { number: standing.documentNumber },
    });
  const before = shelf.calendar.years.some((listed) => listed.year === year - 1);
  if (reachesBack(notice) && !before)
    throw refusal('NOTICE_REACHES_BACK', { kind: 'impossible', pointer: at.year, values: { year: year - 1 } });
}

const decisions: readonly Decision<CalendarShelf, CalendarFact, LawBook>[] = [
  on({ command: commands.ProposeCalendarNotice, records: 'CalendarNoticeRequested', decide: propose }),
  on({ command: commands.ApproveCalendarNotice, records: 'CalendarNoticeApproved', seen: true, decide: approve }),
  on({ command: commands.RefuseCalendarNotice, records: 'CalendarNoticeRefused', seen: true, decide: refuse }),
];

/** 工作日历 as a case with a fixed id. What its facts do to it is said where everybody reads it: law/calendar-shelf.ts. */
export const calendarCase: Decider<CalendarShelf, CalendarFact, LawBook> = {
  category: CALENDAR_CATEGORY,
  facts: calendarFacts,
  initial: emptyCalendarShelf,
  evolve: {
    CalendarPublished: calendarShelfAfter,
    CalendarNoticeRequested: calendarShelfAfter,
    CalendarNoticeApproved: calendarShelfAfter,
    CalendarNoticeRefused: calendarShelfAfter,
  },
  decisions,
};
