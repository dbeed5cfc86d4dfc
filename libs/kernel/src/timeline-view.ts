import { audienceOf } from './audience.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Json } from './json.js';
import { dayOfOccurrence } from './occurrence.js';
import type { PolicyRow } from './policy.js';
import type { Row, View } from './view.js';

/**
 * 时间线 of a system, `<name>`: one row per fact, those common to all systems among them, in the order of revisions,
 * as it was recorded and never rewritten; marked values stay sealed and sentences are made when it is read. `audience` is
 * `ownUntilFeedback` for what is `recorder_organ`'s own until the case file says `fed_back`; of a correction, the organ
 * whose fact is corrected.
 */
export const timelineView = <State, F extends AnyFact, Law>(
  name: string,
  policy: Readonly<Record<string, PolicyRow>>,
): View<State, F, Law> => ({
  name,
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
  rowsOf: ({ case: id, facts, common, history }) =>
    [...(facts as readonly Recorded[]), ...common].toSorted(byRevision).map((fact): Row => {
      const { read, organ } = audienceOf(fact, history, policy);
      return {
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
        recorder_organ: organ,
        fact: fact.data as unknown as Json,
        audience: read,
      };
    }),
});

const byRevision = (a: Recorded, b: Recorded): number => a.revision - b.revision;
