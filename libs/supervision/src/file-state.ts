import {
  dayOfOccurrence,
  flagIdentity,
  type AnomalyKind,
  type Evolve,
  type Instant,
  type LegalDate,
  type Mark,
  type Marked,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { Stage } from '#libs/law';
import type { AppealOutcome, PersonalFact, SupervisedCase, SupervisionFact, WithdrawnBecause } from './facts.js';
import { orderIn, withHandling, type Order } from './orders.js';

/** A stage of a clock that was issued, and whether it was taken back since. */
export interface Issued {
  readonly event: Uuid;
  readonly stage: Stage;
  readonly clock: string;
  readonly due: LegalDate;
  readonly turnedAt: Instant;
  /** A later day than that of `turnedAt` where the service was away, or learned of it later. */
  readonly issuedOn: LegalDate;
  /** By which rule it turned, on whose side, and what the clock is called. */
  readonly rule: string;
  readonly holder: Uuid;
  readonly name: string;
  readonly provisional: boolean;
  readonly withdrawn?: { readonly event: Uuid; readonly because: WithdrawnBecause };
}

/** Something a person did about an anomaly. */
export interface Step {
  readonly event: Uuid;
  readonly type: PersonalFact['type'];
  readonly on: LegalDate;
  /** Who recorded it, and who is said to have acted. */
  readonly persons: readonly Uuid[];
}

/** 销号, the first that held. */
export interface Dismissal extends Mark {
  readonly reason: Marked;
}

/** 申诉, of which organ, and what became of it. */
export interface Appeal extends Mark {
  readonly organ?: Uuid;
  readonly outcome?: AppealOutcome;
}

/** 异常: the lateness that the cards of one clock show, or what a flag pointed at. Its id is the event it came with. */
export interface Anomaly {
  readonly id: Uuid;
  readonly kind: AnomalyKind;
  readonly rule: string;
  readonly since: Mark;
  readonly holder?: Uuid;
  readonly clock?: string;
  readonly due?: LegalDate;
  /** Of a lateness: whether its newest card said that the day may still be moved by a notice of holidays. */
  readonly provisional?: boolean;
  /** Of a lateness the name of its clock; of any other, its code and what the flag said. */
  readonly name?: string;
  readonly code?: string;
  readonly says?: string;
  readonly apart?: string;
  readonly evidence: readonly Uuid[];
  readonly cleared?: Uuid;
  /** 销号, by a person who gave a reason, or by an appeal that was upheld. */
  readonly dismissal?: Dismissal;
  readonly steps: readonly Step[];
  readonly orders: readonly Order[];
  readonly appeals: readonly Appeal[];
  /** 已记入考核的机关. */
  readonly assessed: readonly Uuid[];
}

/** 监察档案 of one case: everything that was issued and found, and what was done about it. */
export interface SupervisionFile {
  readonly supervised?: SupervisedCase;
  readonly openedOn?: LegalDate;
  readonly issued: readonly Issued[];
  readonly anomalies: readonly Anomaly[];
}

export const noFile: SupervisionFile = { issued: [], anomalies: [] };

type Told<T extends SupervisionFact['type']> = Recorded<Extract<SupervisionFact, { type: T }>>;

const onDay = ({ occurredAt }: Pick<Recorded, 'occurredAt'>): LegalDate => dayOfOccurrence(occurredAt);

/** The first fact says of which case the file is. */
const opened = (file: SupervisionFile, of: SupervisedCase, on: LegalDate): SupervisionFile =>
  file.supervised ? file : { ...file, supervised: of, openedOn: on };

const issuedBy = (fact: Told<'SupervisionWarningIssued' | 'SupervisionCardIssued'>, stage: Stage): Issued => {
  const { clock, due, turnedAt, rule, holder, name, provisional } = fact.data;
  return { event: fact.id, stage, clock, due, turnedAt, issuedOn: onDay(fact), rule, holder, name, provisional };
};

const withIssued = (file: SupervisionFile, issued: Issued): SupervisionFile => ({
  ...file,
  issued: [...file.issued, issued],
});

/** Each card belongs to the lateness of its clock's due day: the first of them makes it an anomaly. */
function withCard(file: SupervisionFile, fact: Told<'SupervisionCardIssued'>): SupervisionFile {
  const { of, colour, turnedAt: _turnedAt, ...turned } = fact.data;
  const after = withIssued(opened(file, of, onDay(fact)), issuedBy(fact, colour));
  const known = after.anomalies.find(({ clock, due }) => clock === turned.clock && due === turned.due);
  if (known) return changed(after, known.id, (one) => ({ ...one, provisional: turned.provisional }));
  const found = { id: fact.id, kind: 'lateness' as const, since: { on: onDay(fact), event: fact.id } };
  return { ...after, anomalies: [...after.anomalies, { ...none, ...turned, ...found }] };
}

const none = { steps: [], orders: [], appeals: [], assessed: [] } as const;

function withAnomaly(file: SupervisionFile, fact: Told<'SupervisionAnomalyDetected'>): SupervisionFile {
  const { of, ...found } = fact.data;
  const anomaly: Anomaly = { ...none, ...found, id: fact.id, since: { on: onDay(fact), event: fact.id } };
  const after = opened(file, of, onDay(fact));
  return { ...after, anomalies: [...after.anomalies, anomaly] };
}

function withdrawn(
  file: SupervisionFile,
  { id: event, data }: Told<'SupervisionWarningWithdrawn' | 'SupervisionCardWithdrawn'>,
): SupervisionFile {
  const marked = (one: Issued): Issued =>
    one.event === data.issued ? { ...one, withdrawn: { event, because: data.because } } : one;
  return { ...file, issued: file.issued.map(marked) };
}

const changed = (file: SupervisionFile, id: Uuid, change: (anomaly: Anomaly) => Anomaly): SupervisionFile => ({
  ...file,
  anomalies: file.anomalies.map((anomaly) => (anomaly.id === id ? change(anomaly) : anomaly)),
});

/** A step of a person, and what else it makes of the anomaly. */
const stepping =
  <T extends PersonalFact['type']>(also: (anomaly: Anomaly, fact: Told<T>) => Partial<Anomaly> = () => ({})) =>
  (file: SupervisionFile, fact: Told<T>): SupervisionFile => {
    // Every one of these facts is about an anomaly, which a conditional type does not tell of an open T.
    const { id: event, type, data, recorder } = fact as unknown as Told<'AnomalyHandled'>;
    const persons = [recorder.person, ...(data.by ? [data.by.person] : [])];
    const step: Step = { event, type, on: onDay(fact), persons };
    return changed(file, data.anomaly, (anomaly) => ({
      ...anomaly,
      ...also(anomaly, fact),
      steps: [...anomaly.steps, step],
    }));
  };

const dismissed = (
  { dismissal }: Anomaly,
  fact: Told<'AnomalyDismissed' | 'AnomalyAppealDecided'>,
): Pick<Anomaly, 'dismissal'> => ({
  dismissal: dismissal ?? { on: onDay(fact), event: fact.id, reason: fact.data.reason },
});

export const evolve: Evolve<SupervisionFile, SupervisionFact> = {
  SupervisionWarningIssued: (file, fact) =>
    withIssued(opened(file, fact.data.of, onDay(fact)), issuedBy(fact, 'warning')),
  SupervisionWarningWithdrawn: withdrawn,
  SupervisionCardIssued: withCard,
  SupervisionCardWithdrawn: withdrawn,
  SupervisionAnomalyDetected: withAnomaly,
  SupervisionAnomalyCleared: (file, { id, data }) => changed(file, data.anomaly, (one) => ({ ...one, cleared: id })),
  SupervisionReminderSent: stepping(),
  SupervisedHandlingOrdered: stepping<'SupervisedHandlingOrdered'>(({ orders }, fact) => ({
    orders: [...orders, orderIn({ on: onDay(fact), event: fact.id }, fact.data)],
  })),
  SupervisedHandlingTracked: stepping(),
  AnomalyHandled: stepping<'AnomalyHandled'>(({ orders }, fact) => ({
    orders: withHandling(orders, { on: onDay(fact), event: fact.id }, fact.recorder.organ),
  })),
  AnomalyAssessed: stepping<'AnomalyAssessed'>(({ assessed }, { data }) => ({
    assessed: [...assessed, data.assessed],
  })),
  AnomalyDismissed: stepping<'AnomalyDismissed'>(dismissed),
  AnomalyAppealed: stepping<'AnomalyAppealed'>(({ appeals }, fact) => ({
    appeals: [
      ...appeals,
      { event: fact.id, on: onDay(fact), ...(fact.recorder.organ && { organ: fact.recorder.organ }) },
    ],
  })),
  AnomalyAppealDecided: stepping<'AnomalyAppealDecided'>((anomaly, fact) => ({
    appeals: anomaly.appeals.map((one) =>
      one.event === fact.data.appeal ? { ...one, outcome: fact.data.outcome } : one,
    ),
    ...(fact.data.outcome === 'upheld' && dismissed(anomaly, fact)),
  })),
};

/** By what an anomaly of a flag is known, as the flag is. */
export const identityOf = ({
  rule,
  code = '',
  evidence,
  apart,
}: Pick<Anomaly, 'rule' | 'code' | 'evidence' | 'apart'>): string =>
  flagIdentity({ rule, code, about: evidence }, apart);

/** Anomalies of flags that the case's records still show. */
export const standingAnomalies = ({ anomalies }: SupervisionFile): readonly Anomaly[] =>
  anomalies.filter(({ code, cleared }) => code !== undefined && cleared === undefined);
