import { documentsOf, documentSubject } from './document.js';
import type { SubjectErased } from './erasure.js';
import type { AnyFact, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import { pointerTo } from './json.js';
import { isErased, isSealed, type Erased } from './sealed.js';

/** The subjects erased in a case's stream, as of its newest fact here. */
export const erasedSubjects = (facts: readonly Recorded[]): ReadonlySet<Uuid> =>
  new Set(facts.filter(isErasure).map(({ data }) => data.subject));

/**
 * The facts with every value of an erased subject replaced by what stands for it. So a value is gone for every reader from
 * the fact that erased it on, also in the moment before its key is destroyed.
 */
export function withoutErased<F extends AnyFact>(
  facts: readonly Recorded<F>[],
  subjects: ReadonlySet<Uuid> = erasedSubjects(facts),
): readonly Recorded<F>[] {
  if (subjects.size === 0) return facts;
  // The same members with other values in marked places, which a mapped list of a union cannot say.
  return (facts as readonly Recorded[]).map((fact) => ({
    ...fact,
    data: without(fact.data, subjects),
  })) as unknown as readonly Recorded<F>[];
}

function without(value: unknown, subjects: ReadonlySet<Uuid>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isSealed(value)) return subjects.has(value.subject) ? ({ erased: value.subject } satisfies Erased) : value;
  if (Array.isArray(value)) return value.map((item) => without(item, subjects));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, without(item, subjects)]));
}

const isErasure = (fact: Recorded): fact is Recorded<SubjectErased> => fact.type === 'SubjectErased';

/** The subjects of every value below `value` that is sealed, or was. */
export function subjectsIn(value: unknown): readonly Uuid[] {
  if (isSealed(value)) return [value.subject];
  if (isErased(value)) return [value.erased];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(subjectsIn);
}

/** The pointers in `value` to everything sealed under the key of a subject. */
export function placesUnder(value: unknown, subject: Uuid, at = ''): readonly string[] {
  if (isSealed(value)) return value.subject === subject ? [at] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => placesUnder(item, subject, pointerTo(at, key)));
}

/** Whether the data of a fact hold something of a subject: a value sealed under its key, or the document it stands for. */
export const holds = (data: object, subject: Uuid): boolean =>
  subjectsIn(data).includes(subject) || documentsOf(data).some(({ digest }) => documentSubject(digest) === subject);
