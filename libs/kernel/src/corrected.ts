import { ownFacts, type CommonFact } from './common-fact.js';
import { isCorrectable, type CorrectionRequested, type FactCorrected } from './correction.js';
import { withoutErased } from './erased.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import { valueAt, withValueAt, type Json } from './json.js';
import type { Occurrence } from './occurrence.js';

/** An approved correction: what was asked for, and the decision that gave it effect. */
export interface Change {
  readonly request: Recorded<CorrectionRequested>;
  readonly decision: Recorded<FactCorrected>;
}

/** The approved corrections among `facts`, in the order in which they took effect. */
export function changesIn(facts: readonly Recorded[]): readonly Change[] {
  const requests = new Map<Uuid, Recorded<CorrectionRequested>>();
  const changes: Change[] = [];
  for (const fact of facts) {
    if (isRequest(fact)) requests.set(fact.id, fact);
    const request = isDecision(fact) ? requests.get(fact.data.request) : undefined;
    if (request && isDecision(fact)) changes.push({ request, decision: fact });
  }
  return changes;
}

/**
 * The system's own facts with every approved correction applied, without the values of erased subjects, and with the facts
 * common to all systems left out, so that a system's `evolve` never sees one. The latest recorded correction of a field
 * wins; what the fact said before stays beside it, as `earlier`. A correction that points at nothing here has no effect. Pass only the facts recorded by the instant asked for.
 */
export function corrected<F extends AnyFact>(facts: readonly Recorded<F | CommonFact>[]): readonly Recorded<F>[] {
  const known = withoutErased(facts);
  const own = ownFacts<F>(known);
  const changes = changesIn(known);
  if (changes.length === 0) return own;
  return own.map((fact) =>
    changes.filter(({ request }) => request.data.corrects === fact.id).reduce((f, c) => amended(f, c), fact),
  );
}

function amended<F extends AnyFact>(fact: Recorded<F>, { request, decision }: Change): Recorded<F> {
  const now = changed(fact, request.data);
  if (now === fact) return fact;
  const { occurredAt, data, earlier = [] } = fact;
  return { ...now, earlier: [...earlier, { occurredAt, data, until: decision.recordedAt }] };
}

/** What a correction leads into. */
export interface Correctable {
  readonly occurredAt: Occurrence;
  readonly data: object;
}

/** What is to stand at a place; without `after`, what stands there is taken out. */
export interface Placed {
  readonly pointer: string;
  readonly after?: Json | undefined;
}

/** `fact` with a change made; `fact` itself where the pointer leads through nothing that stands there. */
export function changed<R extends Correctable>(fact: R, { pointer, after }: Placed): R {
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const stands = parent === '' || typeof valueAt(fact, parent) === 'object';
  return isCorrectable(pointer) && stands ? withValueAt(fact, pointer, after) : fact;
}

const isRequest = (fact: Recorded): fact is Recorded<CorrectionRequested> => fact.type === 'CorrectionRequested';
const isDecision = (fact: Recorded): fact is Recorded<FactCorrected> => fact.type === 'FactCorrected';
