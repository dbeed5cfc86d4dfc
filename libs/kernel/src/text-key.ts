import type { ErasureRequested } from './erasure.js';
import type { AnyFact } from './fact.js';
import type { Uuid } from './ids.js';
import { caseSubject } from './keys.js';

/**
 * The generation of the key under which a case's free text is sealed after `facts`, counted on from `from`: the first one
 * whose erasure nobody has asked for. So whatever is recorded while an erasure is asked for is not lost with it.
 */
export function textGeneration(facts: readonly AnyFact[], caseId: Uuid, from = 1): number {
  const asked = new Set(facts.filter(isRequest).map(({ data }) => data.subject));
  let generation = from;
  while (asked.has(caseSubject(caseId, generation))) generation += 1;
  return generation;
}

/** The subjects of all keys a case's text has been sealed under, oldest first, and of the one in use. */
export const textSubjects = (facts: readonly AnyFact[], caseId: Uuid): readonly Uuid[] =>
  Array.from({ length: textGeneration(facts, caseId) }, (_none, index) => caseSubject(caseId, index + 1));

const isRequest = (fact: AnyFact): fact is ErasureRequested => fact.type === 'ErasureRequested';
