import { derivedId, instant, legalDate, type Recorder, type Uuid } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { DataOf, SupervisionFact } from '#libs/supervision';
import { CHECKS } from '../../../supervision/src/schedule.js';
import { law, organs } from './assistance-cases.js';
import type { Happened, Scene } from './specification.js';
import { watchChecks } from './watched.js';

/** Files of 电子监察 in the small Xiamen of the assistance cases. */
watchChecks(CHECKS as { -readonly [name in keyof typeof CHECKS]: (typeof CHECKS)[name] });

const id = (name: string): Uuid => derivedId(['a test names', name]);

export const officers = {
  city: id('市编办监督科'),
  cityChief: id('市编办主任'),
  district: id('区编办监督科'),
} as const;

export const CARD = id('the yellow card');
export const RED = id('the red card');
export const ANOMALY = id('the anomaly of a flag');

export const supervisedCase = {
  category: 'assistance',
  case: id('the supervised case'),
  parties: [organs.market, organs.ecology],
};

const recordedBy = (person: Uuid, organ: Uuid): Recorder => ({
  person,
  organ,
  appointment: derivedId([person, organ]),
  issuer: 'https://issuer.test',
  subjectDigest: 'digest',
  client: 'specification',
});

const now = instant('2026-12-31T00:00:00Z');

/** A supervisor of the city's staffing office, which is the own level of both parties. */
export const citySupervisor: Scene<LawBook> = {
  law,
  now,
  recorder: recordedBy(officers.city, organs.cityOffice),
  roles: ['supervisor'],
};

export const by = (scene: Scene<LawBook>, person: Uuid, organ: Uuid, roles: readonly string[]): Scene<LawBook> => ({
  ...scene,
  recorder: recordedBy(person, organ),
  roles,
});

type Fact<T extends SupervisionFact['type']> = Extract<Happened<SupervisionFact>, { type: T }>;
type Changes<T extends SupervisionFact['type']> = Partial<DataOf[T]>;

const turned = {
  of: supervisedCase,
  clock: 'provide',
  name: '提供协助期限',
  rule: 'XM-16-4',
  due: legalDate('2026-10-09'),
  holder: organs.ecology,
  provisional: false,
  turnedAt: instant('2026-10-09T16:00:00Z'),
  evidence: [id('the delivery')],
} as const;

export const warned = (changes: Changes<'SupervisionWarningIssued'> = {}): Fact<'SupervisionWarningIssued'> => ({
  type: 'SupervisionWarningIssued',
  occurredAt: { at: instant('2026-10-07T16:00:00Z') },
  data: { ...turned, turnedAt: instant('2026-10-07T16:00:00Z'), ...changes },
});

export const carded = (
  colour: 'yellow' | 'red' = 'yellow',
  changes: Changes<'SupervisionCardIssued'> = {},
): Fact<'SupervisionCardIssued'> => ({
  type: 'SupervisionCardIssued',
  id: colour === 'yellow' ? CARD : RED,
  occurredAt: { at: instant('2026-10-09T16:00:00Z') },
  data: { ...turned, colour, ...changes },
});

export const withdrawn = (issued: Uuid = CARD): Fact<'SupervisionCardWithdrawn'> => ({
  type: 'SupervisionCardWithdrawn',
  occurredAt: { at: instant('2026-10-12T01:00:00Z') },
  data: { issued, because: 'stoppedInTime' },
});

export const detected = (changes: Changes<'SupervisionAnomalyDetected'> = {}): Fact<'SupervisionAnomalyDetected'> => ({
  type: 'SupervisionAnomalyDetected',
  id: ANOMALY,
  occurredAt: { at: instant('2026-09-17T16:00:00Z') },
  data: {
    of: supervisedCase,
    kind: 'completeness',
    rule: 'XM-6-1',
    code: 'noLegalBasis',
    says: '请求的记录中未写明依据。',
    holder: organs.market,
    evidence: [id('the request')],
    ...changes,
  },
});

type Act = 'AnomalyHandled' | 'AnomalyAssessed' | 'AnomalyDismissed' | 'AnomalyAppealed' | 'AnomalyAppealDecided';
/** A person's act about the anomaly of the yellow card. */
export const acted = <T extends Act | 'SupervisionReminderSent'>(
  type: T,
  on: string,
  data: Omit<DataOf[T], 'anomaly'> & { readonly anomaly?: Uuid },
  named?: Uuid,
): Happened<SupervisionFact> =>
  // One of these kinds with the data of its kind, which a mapped type does not tell of an open T.
  ({
    type,
    occurredAt: { on: legalDate(on) },
    data: { anomaly: CARD, ...data },
    ...(named && { id: named }),
  }) as unknown as Happened<SupervisionFact>;

export const ordered = (
  on: string,
  due: string,
  changes: Changes<'SupervisedHandlingOrdered'> = {},
): Fact<'SupervisedHandlingOrdered'> => ({
  type: 'SupervisedHandlingOrdered',
  occurredAt: { on: legalDate(on) },
  data: { anomaly: CARD, to: organs.ecology, due: legalDate(due), requirement: '尽快办结', ...changes },
});
