import type { PolicyRow, Relation, Viewer } from '#libs/kernel';
import type { CalendarFact, EditionFact, LawBook } from '#libs/law';

/** Recorded by the service, when a program brings its data, and by nobody else. */
const byNobody: PolicyRow = { record: { relations: [], roles: [] }, read: 'parties' };
const byKeepers: PolicyRow = { record: { relations: ['keeping'], roles: ['lawKeeper'] }, read: 'parties' };

/** Who may record what. That another person decides, the decider looks at. */
export const calendarPolicy: Readonly<Record<CalendarFact['type'], PolicyRow>> = {
  CalendarPublished: byNobody,
  CalendarNoticeRequested: byKeepers,
  CalendarNoticeApproved: byKeepers,
  CalendarNoticeRefused: byKeepers,
};

export const editionPolicy: Readonly<Record<EditionFact['type'], PolicyRow>> = {
  RulePackPublished: byNobody,
  RulePackEditionRequested: byKeepers,
  RulePackEditionApproved: byKeepers,
  RulePackEditionRefused: byKeepers,
};

/** Law is for everybody in the register to read; a keeper of law data of a staffing office keeps it. */
export function relation(_state: unknown, { organ, roles }: Viewer, { organs }: LawBook): Relation {
  const office = organs.organs.get(organ)?.kind === 'staffingOffice';
  return office && roles.includes('lawKeeper') ? 'keeping' : 'registered';
}
