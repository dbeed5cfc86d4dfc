import { documentMarks, type FactTypes } from '#libs/kernel';
import type { AnsweringFact } from './answering.js';
import type { HandlingFact } from './handling.js';
import type { KeepingFact } from './keeping.js';
import type { RequestingFact } from './requesting.js';

export * from './act.js';
export * from './answering.js';
export * from './handling.js';
export * from './keeping.js';
export * from './requesting.js';

/** The facts of 行政协助, in the order a case comes to them. */
export type AssistanceFact = RequestingFact | HandlingFact | AnsweringFact | KeepingFact;

type Marks = Readonly<Record<string, 'personal' | 'text'>>;

const stored = (marks: Marks = {}) => ({ version: 1, marks: { ...marks, ...documentMarks } });

const coded = (at: string): Marks => ({ [`${at}/note`]: 'text', [`${at}/particulars/*/text`]: 'text' });

/** How each is stored. A mark says what a field may name; marked values reach the log sealed only. */
export const assistanceFacts: FactTypes<AssistanceFact> = {
  AssistanceObstacleNoted: stored({ '/obstacle': 'text', ...coded('/grounds/*') }),
  AssistanceRequestForgone: stored({ '/reason': 'text' }),
  AssistanceRequested: stored({
    '/matter': 'text',
    '/legalBasis': 'text',
    '/functionMatch': 'text',
    ...coded('/grounds/*'),
    ...coded('/emergency/grounds/*'),
    '/emergency/channelNote': 'text',
    '/requestedManner': 'text',
    '/materials/*/name': 'text',
    '/counterparties/*/name': 'personal',
    '/counterparties/*/idNumber': 'personal',
    '/counterparties/*/address': 'personal',
    '/counterparties/*/contact': 'personal',
  }),
  AssistanceFormalitiesMadeUp: stored(),
  AssistanceMaterialsHandedOver: stored({ '/materials/*/name': 'text' }),
  AssistanceRequestDelivered: stored({ '/proof/note': 'text' }),
  AssistanceReceiptConfirmed: stored(),
  AssistanceAccepted: stored(),
  AssistanceClassDisputed: stored({ '/reason': 'text' }),
  AssistanceClassDecided: stored({ '/reason': 'text' }),
  AssistanceStepRecorded: stored({ '/step': 'text' }),
  AssistanceExtensionApproved: stored({ '/circumstance': 'text' }),
  AssistanceExtensionFiled: stored(),
  AssistanceProvided: stored({ '/performedScope': 'text' }),
  AssistanceFeedbackGiven: stored({ '/matter': 'text', '/course': 'text', '/result': 'text', '/other': 'text' }),
  AssistanceInabilityNotified: stored({ '/causeNote': 'text', '/particulars/*/text': 'text', '/reason': 'text' }),
  AssistanceMaterialsReturned: stored({ '/receipt': 'text' }),
  AssistanceNoMaterialsDeclared: stored(),
  AssistanceReviewRequested: { version: 1 },
  AssistanceRegisterEntryMade: stored({
    '/documentName': 'text',
    '/counterparties/*/name': 'personal',
    '/counterparties/*/address': 'personal',
    '/counterparties/*/contact': 'personal',
    '/materials/*/name': 'text',
    '/responsible/*/contact': 'text',
    '/feedbackSummary': 'text',
    '/other': 'text',
  }),
  AssistanceClosed: stored({ '/note': 'text' }),
  AssistanceArchived: stored({ '/location': 'text' }),
  AssistanceEmergencyRegimeActivated: stored({ '/plan': 'text' }),
  AssistanceEmergencyRegimeEnded: stored(),
  AssistanceRuleAssessed: stored({ '/reason': 'text' }),
};
