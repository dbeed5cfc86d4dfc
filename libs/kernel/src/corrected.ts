import { ownFacts, type CommonFact } from './common-fact.js';
import { correctionFacts, isCorrectable, type Correction, type CorrectionRequested } from './correction.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import { valueAt, withValueAt } from './json.js';

/**
 * The system's own facts with every approved correction applied and the facts common to all systems left out, so
 * that a system's `evolve` never sees one. The latest recorded correction of a field wins. A correction that points at nothing
 * here has no effect. Pass only the facts recorded by the instant asked for.
 */
export function corrected<F extends AnyFact>(facts: readonly Recorded<F | CommonFact>[]): readonly Recorded<F>[] {
  const own = ownFacts<F>(facts);
  const requests = new Map<Uuid, Recorded<CorrectionRequested>>();
  const changes = new Map<Uuid, CorrectionRequested['data'][]>();
  for (const fact of facts as readonly Recorded[]) {
    if (!isCorrection(fact)) continue;
    if (fact.type === 'CorrectionRequested') requests.set(fact.id, fact);
    const request = fact.type === 'FactCorrected' ? requests.get(fact.data.request) : undefined;
    if (request) changes.set(request.data.corrects, [...(changes.get(request.data.corrects) ?? []), request.data]);
  }
  if (changes.size === 0) return own;
  return own.map((fact) => (changes.get(fact.id) ?? []).reduce(applied, fact));
}

function applied<R extends { readonly occurredAt: unknown; readonly data: object }>(
  fact: R,
  change: CorrectionRequested['data'],
): R {
  const parent = change.pointer.slice(0, change.pointer.lastIndexOf('/'));
  const stands = parent === '' || typeof valueAt(fact, parent) === 'object';
  return isCorrectable(change.pointer) && stands ? withValueAt(fact, change.pointer, change.after) : fact;
}

const isCorrection = (fact: Recorded): fact is Recorded<Correction> => Object.hasOwn(correctionFacts, fact.type);
