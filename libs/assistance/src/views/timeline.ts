import { dayOfOccurrence, type Json, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { policy } from '../policy.js';

/**
 * 时间线: one row per fact, as it was recorded and never rewritten; marked values stay sealed and sentences are made when
 * it is read. `audience` is the policy's own word: a fact that is `ownUntilFeedback` is the recording organ's
 * (`recorder_organ`) until the case file says `fed_back`.
 */
export const timeline: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_timeline',
  columns: {
    case: 'text',
    revision: 'integer',
    event: 'text',
    type: 'text',
    version: 'integer',
    occurred_on: 'text',
    occurred_at: 'json',
    recorded_at: 'text',
    recorder: 'json',
    recorder_organ: 'text',
    fact: 'json',
    audience: 'text',
  },
  key: ['case', 'revision'],
  rowsOf: ({ case: id, facts }) =>
    facts.map((fact) => ({
      case: id,
      revision: fact.revision,
      event: fact.id,
      type: fact.type,
      version: fact.version,
      occurred_on: dayOfOccurrence(fact.occurredAt),
      occurred_at: fact.occurredAt,
      recorded_at: fact.recordedAt,
      // Both were read from stored JSON and are JSON, though their interfaces do not say so.
      recorder: fact.recorder as unknown as Json,
      recorder_organ: fact.recorder.organ,
      fact: fact.data as unknown as Json,
      audience: policy[fact.type].read,
    })),
};
