import type { PolicyRow, Relation, Viewer } from '#libs/kernel';
import { APPOINTMENT_ROLES, type LawBook, type OrganRegister, type RegisterFact } from '#libs/law';
import type { RegisterState } from './register-state.js';

/** Entries are recorded by the service, when the register begins, and by nobody else. */
const byNobody: PolicyRow = { record: { relations: [], roles: [] }, read: 'parties' };
const byRegistrars: PolicyRow = { record: { relations: ['keeping'], roles: ['registrar'] }, read: 'parties' };
/** Whoever holds an appointment may let somebody else act under it, if a registrar approves. */
const byHolders: PolicyRow = {
  record: { relations: ['keeping', 'registered'], roles: APPOINTMENT_ROLES },
  read: 'parties',
};

/** Who may record what. Whether the change is in the registrar's area, and by another person, the decider looks at. */
export const policy: Readonly<Record<RegisterFact['type'], PolicyRow>> = {
  OrganRegistered: byNobody,
  OrganChanged: byNobody,
  OrganAbolished: byNobody,
  PersonRegistered: byNobody,
  PersonRenamed: byNobody,
  AccountLinked: byNobody,
  AccountUnlinked: byNobody,
  AppointmentMade: byNobody,
  AppointmentEnded: byNobody,
  DelegationMade: byNobody,
  DelegationEnded: byNobody,
  RegisterChangeRequested: byRegistrars,
  DelegationChangeRequested: byHolders,
  RegisterChangeApproved: byRegistrars,
  RegisterChangeRefused: byRegistrars,
};

/** A registrar of a staffing office keeps the register; whoever else is let in is in it. */
export function relation(_state: RegisterState, { organ, roles }: Viewer, { organs }: LawBook): Relation {
  const office = organs.organs.get(organ)?.kind === 'staffingOffice';
  return office && roles.includes('registrar') ? 'keeping' : 'registered';
}

/**
 * Whether the viewer may see every change that was asked for: who keeps the register, auditors, and the supervisors of a
 * staffing office. Others see their own and what concerns them.
 */
export const seesAllChanges = (relation: Relation, { organ, roles }: Viewer, { organs }: OrganRegister): boolean =>
  relation === 'keeping' ||
  roles.includes('auditor') ||
  (roles.includes('supervisor') && organs.get(organ)?.kind === 'staffingOffice');
