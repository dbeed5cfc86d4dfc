import type { CommonActs, Grant, PolicyRow, Relation, Uuid, Viewer } from '#libs/kernel';
import { supervisedBy, supervises, type AppointmentRole, type LawBook } from '#libs/law';
import { requestOf, type AssistanceCase, type AssistanceFactType } from './case-state.js';
import { sideFor } from './sides.js';

const LEADERS: readonly AppointmentRole[] = ['head', 'deputyHead'];
/** Officers who work on cases. */
const OFFICERS: readonly AppointmentRole[] = [...LEADERS, 'handler'];
/** …and the registry, where paper comes in and goes out. */
const OFFICERS_AND_REGISTRY: readonly AppointmentRole[] = [...OFFICERS, 'clerk'];

const row = (
  relations: readonly Relation[],
  roles: readonly AppointmentRole[],
  read: PolicyRow['read'] = 'parties',
): PolicyRow => ({ record: { relations, roles }, read });

const BOTH: readonly Relation[] = ['requesting', 'requested'];
/** Those who may decide on a rule that software cannot decide: who leads a party, and who supervises. */
const ASSESSORS: readonly AppointmentRole[] = [...LEADERS, 'supervisor', 'auditor'];

/**
 * Who may record what. The right to record is not the right to act: an approval signed on paper may be recorded by the
 * handler, and whether its approver was entitled is judged from the fact. Supervision records nothing here but its
 * findings (认定).
 */
export const policy: Readonly<Record<AssistanceFactType, PolicyRow>> = {
  AssistanceObstacleNoted: row(['requesting'], OFFICERS_AND_REGISTRY),
  AssistanceRequestForgone: row(['requesting'], OFFICERS),
  AssistanceRequested: row(['requesting'], OFFICERS_AND_REGISTRY),
  AssistanceFormalitiesMadeUp: row(['requesting'], OFFICERS_AND_REGISTRY),
  AssistanceMaterialsHandedOver: row(['requesting'], OFFICERS_AND_REGISTRY),
  AssistanceRequestDelivered: row(BOTH, OFFICERS_AND_REGISTRY),
  AssistanceReceiptConfirmed: row(['requested'], OFFICERS_AND_REGISTRY),
  AssistanceAccepted: row(['requested'], OFFICERS_AND_REGISTRY),
  AssistanceClassDisputed: row(['requested'], OFFICERS),
  AssistanceClassDecided: row(BOTH, OFFICERS),
  AssistanceStepRecorded: row(['requested'], OFFICERS, 'ownUntilFeedback'),
  AssistanceExtensionApproved: row(['requested'], OFFICERS),
  AssistanceExtensionFiled: row(['requested'], OFFICERS_AND_REGISTRY),
  AssistanceProvided: row(['requested'], OFFICERS),
  AssistanceFeedbackGiven: row(['requested'], OFFICERS),
  AssistanceInabilityNotified: row(['requested'], OFFICERS),
  AssistanceMaterialsReturned: row(['requested'], OFFICERS_AND_REGISTRY),
  AssistanceNoMaterialsDeclared: row(['requested'], OFFICERS_AND_REGISTRY),
  AssistanceReviewRequested: { record: { relations: ['service'], roles: ['service'] }, read: 'parties' },
  AssistanceRegisterEntryMade: row(BOTH, OFFICERS_AND_REGISTRY),
  AssistanceClosed: row(BOTH, OFFICERS),
  AssistanceArchived: row(BOTH, OFFICERS_AND_REGISTRY),
  AssistanceEmergencyRegimeActivated: row(BOTH, OFFICERS),
  AssistanceEmergencyRegimeEnded: row(BOTH, OFFICERS),
  AssistanceRuleAssessed: row([...BOTH, 'supervising'], ASSESSORS),
};

/** Whoever of the two sides has one of `roles`, and supervisors. Auditors only read. */
const orSupervisors = (roles: readonly AppointmentRole[]): readonly Grant[] => [
  { relations: ['requesting', 'requested'], roles },
  { relations: ['supervising'], roles: ['supervisor'] },
];

/**
 * Who may ask for corrections and erasures, and who may decide on them: a side about its own facts only (see `isTheirs`),
 * decided on by a 负责人. Supervisors of the establishment office, which manages assistance (XM-5-1, 第五条), may do both:
 * an organ may be too small for another person with no hand in the matter.
 */
export const commonGrants: CommonActs<AssistanceCase, LawBook>['grants'] = {
  CorrectionRequested: orSupervisors(OFFICERS_AND_REGISTRY),
  FactCorrected: orSupervisors(LEADERS),
  CorrectionRefused: orSupervisors(LEADERS),
  ErasureRequested: orSupervisors(OFFICERS_AND_REGISTRY),
  SubjectErased: orSupervisors(LEADERS),
  ErasureRefused: orSupervisors(LEADERS),
  ClocksRecomputed: [{ relations: ['service'], roles: ['service'] }],
};

/**
 * How the viewer stands to the case. Before a request it is the requesting organ's alone, also to supervision. Being a party
 * comes first: an appointment of a party's own, or of the organ it was merged into, with a role that works on cases. Whoever else serves there (运维, 时钟) has no business with what the case says of people. Supervision (XM-5-1,
 * 第五条): supervisors of an establishment office and auditors, over the cases of organs in their office's region and
 * below it.
 */
export function relation(state: AssistanceCase, { organ, roles }: Viewer, { organs }: LawBook): Relation {
  const parties = requestOf(state)?.data;
  const side = handlesCases({ roles }) ? sideFor(state, organ, organs) : undefined;
  if (side) return side;
  if (!parties) return 'none';
  const supervised = [parties.requesting, parties.requested].some((party) =>
    supervises(organs, { organ, roles }, party),
  );
  return supervised ? 'supervising' : 'none';
}

/** The organs over whose cases {@link relation} lets the viewer supervise, once there is a request. */
export const supervised = (viewer: Viewer, { organs }: LawBook): readonly Uuid[] => supervisedBy(viewer, organs);

/** Whether the appointment's roles work on cases at all. */
export const handlesCases = ({ roles }: Pick<Viewer, 'roles'>): boolean =>
  OFFICERS_AND_REGISTRY.some((role) => roles.includes(role));
