import { dayOfOccurrence, type Command, type Context, type Decided, type Uuid } from '#libs/kernel';
import { countDays, organOn, personsBehind, staffingOfficesOf, type LawBook } from '#libs/law';
import { isPending, pendingAppeal } from './appeals.js';
import type * as commands from './commands.js';
import { concernedBy, isAmong } from './concerned.js';
import type { DataOf, PersonalFact, SupervisionFact } from './facts.js';
import { identityOf, standingAnomalies, type Anomaly, type Issued, type SupervisionFile } from './file-state.js';
import { thresholdsOf } from './governed-file.js';
import { refusal } from './refusals.js';
import { colourOf, statusOf } from './status.js';
import { statusWords } from './texts.js';

type Asked = Context<LawBook>;
type Facts = readonly Decided<SupervisionFact>[];

const isStanding =
  (stage: Issued['stage'], { clock, due }: Pick<Issued, 'clock' | 'due'>) =>
  (one: Issued): boolean =>
    one.stage === stage && one.clock === clock && one.due === due && !one.withdrawn;

/** Whatever asks for it again, a stage that stands is not issued a second time. */
function assertNew({ issued }: SupervisionFile, stage: Issued['stage'], of: Pick<Issued, 'clock' | 'due'>): void {
  if (issued.some(isStanding(stage, of))) throw refusal('ISSUED_ALREADY', { kind: 'impossible' });
}

export function issueWarning({ turned }: commands.IssueWarning, file: SupervisionFile): Facts {
  assertNew(file, 'warning', turned);
  return [{ type: 'SupervisionWarningIssued', data: turned }];
}

export function issueCard({ turned }: commands.IssueCard, file: SupervisionFile): Facts {
  assertNew(file, turned.colour, turned);
  return [{ type: 'SupervisionCardIssued', data: turned }];
}

export const withdraw =
  (type: 'SupervisionWarningWithdrawn' | 'SupervisionCardWithdrawn') =>
  ({ issued, because, dueNow }: commands.Withdrawing, file: SupervisionFile): Facts => {
    if (!file.issued.some((one) => one.event === issued && !one.withdrawn))
      throw refusal('NOT_ISSUED', { kind: 'impossible' });
    return [{ type, data: { issued, because, ...(dueNow === undefined ? {} : { dueNow }) } }];
  };

export function detect({ found }: commands.DetectAnomalies, file: SupervisionFile): Facts {
  const known = new Set(standingAnomalies(file).map(identityOf));
  const fresh = found.filter((anomaly) => !known.has(identityOf(anomaly)));
  if (fresh.length === 0) throw refusal('NOTHING_NEW', { kind: 'impossible' });
  return fresh.map((data) => ({ type: 'SupervisionAnomalyDetected', data }));
}

export function clear({ gone }: commands.ClearAnomalies, file: SupervisionFile): Facts {
  const standing = new Set(standingAnomalies(file).map(({ id }) => id));
  const cleared = gone.filter(({ anomaly }) => standing.has(anomaly));
  if (cleared.length === 0) throw refusal('NOTHING_NEW', { kind: 'impossible' });
  return cleared.map((data) => ({ type: 'SupervisionAnomalyCleared', data }));
}

/**
 * The anomaly that a person's act is about. It must count, or, for an act that `answers` what was ordered or appealed, still
 * have such a thing pending: the card may be withdrawn meanwhile, the order and the appeal are not.
 */
function anomalyOf(file: SupervisionFile, id: Uuid, answers = false): Anomaly {
  const anomaly = file.anomalies.find((one) => one.id === id);
  if (!anomaly) throw refusal('ANOMALY_UNKNOWN', { kind: 'impossible', pointer: '/anomaly' });
  const status = statusOf(file, anomaly);
  if (answers && isPending(anomaly)) return anomaly;
  if (status === 'withdrawn' || status === 'dismissed')
    throw refusal('ANOMALY_CLOSED', { kind: 'impossible', values: { status: statusWords[status].replace('已', '') } });
  return anomaly;
}

/**
 * 本级优先: the staffing office of the level and region of the organ concerned goes first; where it has one, another office
 * above it may act once a red card stands. A choice of the product: PW 十(一) names both and sets no order between them.
 */
function assertOwnLevel(file: SupervisionFile, anomaly: Anomaly, command: Command, { recorder, law }: Asked): void {
  const day = dayOfOccurrence(command.occurredAt);
  const offices = concernedBy(file, anomaly).flatMap((organ) => staffingOfficesOf(law.organs, organ, day));
  const own = offices.length === 0 || offices.some(({ id }) => id === recorder.organ);
  const isOffice = recorder.organ && organOn(law.organs, recorder.organ, day)?.kind === 'staffingOffice';
  if (own || (isOffice && colourOf(file, anomaly) === 'red')) return;
  const values = { offices: [...new Set(offices.map(({ name }) => name))].join('、') };
  throw refusal('OWN_LEVEL_FIRST', { kind: 'notEntitled', values });
}

function assertOfCase({ supervised }: SupervisionFile, organ: Uuid, pointer: string): void {
  if (!supervised?.parties.includes(organ)) throw refusal('ORGAN_NOT_OF_CASE', { kind: 'malformed', pointer });
}

/** The organs as they are told to people. */
const named = (organs: readonly Uuid[], { law }: Asked): string =>
  organs.map((id) => law.organs.organs.get(id)?.name ?? id).join('、');

/** What only these organs, or who succeeded them, may say: no other side says it in their name. */
function assertConcerned(organs: readonly Uuid[], context: Asked): void {
  if (!isAmong(organs, context.recorder.organ, context.law.organs))
    throw refusal('ORGAN_NOT_CONCERNED', { kind: 'notEntitled', values: { organs: named(organs, context) } });
}

/** The data of a person's act as it was said: the instances its parts were validated as cannot be stored. */
function said<C extends Command>(command: C): Omit<C, 'occurredAt'> {
  const { occurredAt: _occurredAt, ...rest } = command;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const plain = given.map(([key, value]) => [key, value !== null && typeof value === 'object' ? { ...value } : value]);
  // The copy has the same members and values; only the prototypes are gone, which no type tells.
  return Object.fromEntries(plain) as Omit<C, 'occurredAt'>;
}

/** A supervisor's act about an anomaly that counts, or that `answers` what is pending of it. */
const supervisory =
  <T extends PersonalFact['type'], C extends Command & { readonly anomaly: Uuid }>(
    type: T,
    dataOf: (command: C, file: SupervisionFile, of: { anomaly: Anomaly; context: Asked }) => object,
    answers = false,
  ) =>
  (command: C, file: SupervisionFile, context: Asked): Facts => {
    const anomaly = anomalyOf(file, command.anomaly, answers);
    assertOwnLevel(file, anomaly, command, context);
    // What each act says has the shape of the data of its fact: facts.ts and commands.ts stand side by side.
    return [{ type, data: dataOf(command, file, { anomaly, context }) } as Decided<SupervisionFact>];
  };

export const remind = supervisory('SupervisionReminderSent', (command: commands.SendReminder, file) => {
  assertOfCase(file, command.to, '/to');
  return said(command);
});

export const order = supervisory(
  'SupervisedHandlingOrdered',
  (command: commands.OrderHandling, file, { context }): DataOf['SupervisedHandlingOrdered'] => {
    assertOfCase(file, command.to, '/to');
    const on = dayOfOccurrence(command.occurredAt);
    const { due, ...rest } = said(command);
    if (due !== undefined && due < on) throw refusal('DUE_BEFORE_ORDER', { kind: 'malformed', pointer: '/due' });
    if (due !== undefined) return { ...rest, due };
    const days = thresholdsOf(file, context.law)?.handlingWorkingDays;
    if (days === undefined) throw refusal('DUE_UNKNOWN', { kind: 'incomplete', pointer: '/due' });
    const counted = countDays(context.law.calendar, on, { days, unit: 'workingDay' });
    return { ...rest, due: counted.due, dueCounted: true, ...(counted.provisional && { dueProvisional: true }) };
  },
);

export const track = supervisory(
  'SupervisedHandlingTracked',
  (command: commands.TrackHandling, _file, { anomaly }) => {
    if (anomaly.orders.length === 0) throw refusal('NOT_ORDERED', { kind: 'impossible', pointer: '/anomaly' });
    return said(command);
  },
  true,
);

/** The organ ordered, or, where none was, the organ concerned says what it did; or who supervises records it. */
export function handle(command: commands.RecordHandling, file: SupervisionFile, context: Asked): Facts {
  const anomaly = anomalyOf(file, command.anomaly, true);
  const ordered = anomaly.orders.map(({ to }) => to);
  if (isAmong(file.supervised?.parties ?? [], context.recorder.organ, context.law.organs))
    assertConcerned(ordered.length > 0 ? ordered : concernedBy(file, anomaly), context);
  else assertOwnLevel(file, anomaly, command, context);
  return [{ type: 'AnomalyHandled', data: said(command) }];
}

/** 考核 of the organ concerned, once. It answers no order: one that waits stays open. */
export const assess = supervisory('AnomalyAssessed', (command: commands.AssessAnomaly, file, { anomaly, context }) => {
  const { assessed } = command;
  const { organs } = context.law;
  const concerned = concernedBy(file, anomaly);
  if (!isAmong(concerned, assessed, organs)) {
    assertOfCase(file, assessed, '/assessed');
    const values = { organs: named(concerned, context) };
    throw refusal('ASSESSED_NOT_CONCERNED', { kind: 'malformed', pointer: '/assessed', values });
  }
  if (anomaly.assessed.some((organ) => isAmong([organ], assessed, organs)))
    throw refusal('ASSESSED_ALREADY', { kind: 'impossible', pointer: '/assessed' });
  return said(command);
});

/** An organ that appealed is answered by a person with no hand in the matter, who dismisses by finding for it. */
export const dismiss = supervisory(
  'AnomalyDismissed',
  (command: commands.DismissAnomaly, _file, { anomaly }) => {
    if (pendingAppeal(anomaly)) throw refusal('DISMISSAL_UNDER_APPEAL', { kind: 'impossible', pointer: '/anomaly' });
    return said(command);
  },
  true,
);

/** Of the organ concerned alone; where both sides are, each has its own. */
export function appeal(command: commands.AppealAnomaly, file: SupervisionFile, context: Asked): Facts {
  const anomaly = anomalyOf(file, command.anomaly);
  const { recorder, law } = context;
  assertConcerned(concernedBy(file, anomaly), context);
  const own = anomaly.appeals.filter(({ organ }) => organ && isAmong([organ], recorder.organ, law.organs));
  if (own.some(({ outcome }) => outcome === undefined)) throw refusal('APPEAL_PENDING', { kind: 'impossible' });
  return [{ type: 'AnomalyAppealed', data: said(command) }];
}

export const decideAppeal = supervisory(
  'AnomalyAppealDecided',
  (command: commands.DecideAppeal, _file, { anomaly, context }) => {
    if (!anomaly.appeals.some(({ event, outcome }) => event === command.appeal && outcome === undefined))
      throw refusal('APPEAL_UNKNOWN', { kind: 'impossible', pointer: '/appeal' });
    const hands = new Set(anomaly.steps.flatMap(({ persons }) => persons));
    const deciders = [
      ...personsBehind(context.recorder, context.law.organs),
      ...(command.by ? [command.by.person] : []),
    ];
    if (deciders.some((person) => hands.has(person))) throw refusal('APPEAL_DECIDER_INVOLVED', { kind: 'notEntitled' });
    return said(command);
  },
  true,
);
