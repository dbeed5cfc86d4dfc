import type { CommonFact } from './common-fact.js';
import { holds } from './erased.js';
import type { Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { PolicyRow } from './policy.js';

/** Who may read one fact: both sides and supervision; or, until feedback, the organ whose internal step it is about. */
export interface Audience {
  readonly read: 'parties' | 'ownUntilFeedback';
  readonly organ?: Uuid | undefined;
}

/**
 * Who may read `fact`. A correction or an erasure is for whoever may read what it is about: otherwise it would tell the
 * other side of an internal step.
 * @param history every fact of the case as far as it is known.
 */
export function audienceOf(
  fact: Recorded,
  history: readonly Recorded[],
  policy: Readonly<Record<string, PolicyRow>>,
): Audience {
  const about = subjectMatter(fact, history);
  if (about) return audienceOf(about, history, policy);
  return {
    read: policy[fact.type]?.read === 'ownUntilFeedback' ? 'ownUntilFeedback' : 'parties',
    organ: fact.recorder.organ,
  };
}

/** The fact that a common one is about; of an erasure, the first that holds what is to be erased. */
export function subjectMatter(fact: Recorded, history: readonly Recorded[]): Recorded | undefined {
  // The type tells which of the common facts it is, if it is one.
  const { type, data } = fact as unknown as CommonFact;
  switch (type) {
    case 'CorrectionRequested':
      return history.find(({ id }) => id === data.corrects);
    case 'ErasureRequested':
      return history.find((other) => other.id !== fact.id && holds(other.data, data.subject));
    case 'FactCorrected':
    case 'CorrectionRefused':
    case 'SubjectErased':
    case 'ErasureRefused':
      return history.find(({ id }) => id === data.request);
    case 'ClocksRecomputed':
    default:
      return undefined;
  }
}
