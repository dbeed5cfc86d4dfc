import type { CommonActs, Grant, PolicyRow, Relation, Uuid, Viewer } from '#libs/kernel';
import { supervisedBy, supervises, type AppointmentRole, type LawBook } from '#libs/law';
import { isAmong } from './concerned.js';
import type { SupervisionFactType } from './facts.js';
import type { SupervisionFile } from './file-state.js';

const LEADERS: readonly AppointmentRole[] = ['head', 'deputyHead'];
const OFFICERS: readonly AppointmentRole[] = [...LEADERS, 'handler'];
const OFFICERS_AND_REGISTRY: readonly AppointmentRole[] = [...OFFICERS, 'clerk'];

/** Recorded by the service, as time goes on, and by nobody else. */
const watched: PolicyRow = { record: { relations: ['service'], roles: ['service'] }, read: 'parties' };
/** By supervisors; both sides of the case read it. Auditors only read. */
const bySupervisors: PolicyRow = { record: { relations: ['supervising'], roles: ['supervisor'] }, read: 'parties' };
/** What an organ says of its own is read by itself and by supervision: no side's defence is the other side's business. */
const ownWord = (relations: readonly Relation[], roles: readonly AppointmentRole[]): PolicyRow => ({
  record: { relations, roles },
  read: 'ownUntilFeedback',
});

/** Who may record what. Which office goes first (本级优先), and which side an anomaly or an order is for, the decider looks at. */
export const policy: Readonly<Record<SupervisionFactType, PolicyRow>> = {
  SupervisionWarningIssued: watched,
  SupervisionWarningWithdrawn: watched,
  SupervisionCardIssued: watched,
  SupervisionCardWithdrawn: watched,
  SupervisionAnomalyDetected: watched,
  SupervisionAnomalyCleared: watched,
  SupervisionReminderSent: bySupervisors,
  SupervisedHandlingOrdered: bySupervisors,
  SupervisedHandlingTracked: bySupervisors,
  AnomalyHandled: ownWord(['supervised', 'supervising'], [...OFFICERS, 'supervisor']),
  AnomalyAssessed: bySupervisors,
  AnomalyDismissed: bySupervisors,
  AnomalyAppealed: ownWord(['supervised'], OFFICERS),
  AnomalyAppealDecided: bySupervisors,
};

const both: readonly Grant[] = [
  { relations: ['supervising'], roles: ['supervisor'] },
  { relations: ['supervised'], roles: OFFICERS },
];
const deciding: readonly Grant[] = [
  { relations: ['supervising'], roles: ['supervisor'] },
  { relations: ['supervised'], roles: LEADERS },
];

export const commonGrants: CommonActs<SupervisionFile, LawBook>['grants'] = {
  CorrectionRequested: both,
  FactCorrected: deciding,
  CorrectionRefused: deciding,
  ErasureRequested: both,
  SubjectErased: deciding,
  ErasureRefused: deciding,
  ClocksRecomputed: [{ relations: ['service'], roles: ['service'] }],
};

/** Whether the appointment's roles work on cases at all. */
export const handlesCases = ({ roles }: Pick<Viewer, 'roles'>): boolean =>
  OFFICERS_AND_REGISTRY.some((role) => roles.includes(role));

/**
 * How the viewer stands to the file: an organ whose case it is comes first, with a role that works on cases; then
 * supervision, over cases of organs in its office's region and below it (XM-5-1, 第五条; PW 十(一)).
 */
export function relation({ supervised }: SupervisionFile, viewer: Viewer, { organs }: LawBook): Relation {
  const parties = supervised?.parties ?? [];
  if (handlesCases(viewer) && isAmong(parties, viewer.organ, organs)) return 'supervised';
  return parties.some((party) => supervises(organs, viewer, party)) ? 'supervising' : 'none';
}

/** The organs over whose cases {@link relation} lets the viewer supervise. */
export const supervised = (viewer: Viewer, { organs }: LawBook): readonly Uuid[] => supervisedBy(viewer, organs);
