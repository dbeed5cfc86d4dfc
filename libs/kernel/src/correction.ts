import type { AnyFact, FactType, Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import { valueAt, withValueAt, type Json } from './json.js';

/**
 * 更正: asked for by one person, decided by another (XM-19-5). One shape for every system, in the case's own stream.
 * `corrects` names the original fact, never a correction; `pointer` leads into {occurredAt, data} of that fact.
 * `after` is sealed by the target field's marks, and `before` is left out there.
 */
export interface CorrectionRequested {
  readonly type: 'CorrectionRequested';
  readonly data: {
    readonly corrects: Uuid;
    readonly pointer: string;
    readonly before?: Json;
    readonly after?: Json;
    /** Sealed: it may name somebody. */
    readonly reason: Json;
  };
}

/** 准予更正. Only this fact has effect. */
export interface FactCorrected {
  readonly type: 'FactCorrected';
  readonly data: { readonly request: Uuid };
}

/** 不予更正. */
export interface CorrectionRefused {
  readonly type: 'CorrectionRefused';
  readonly data: { readonly request: Uuid; readonly reason: Json };
}

export type Correction = CorrectionRequested | FactCorrected | CorrectionRefused;

/** How corrections are stored. `after` takes the marks of the field it stands for, so it is sealed by the recorder. */
export const correctionFacts: Readonly<Record<Correction['type'], FactType>> = {
  CorrectionRequested: { version: 1, marks: { '/reason': 'text' } },
  FactCorrected: { version: 1 },
  CorrectionRefused: { version: 1, marks: { '/reason': 'text' } },
};

const isCorrection = (fact: Recorded): fact is Recorded<Correction> => Object.hasOwn(correctionFacts, fact.type);

/** Where a correction may point: into the claim of time or into the data. */
export const isCorrectable = (pointer: string): boolean => /^\/(occurredAt|data\/.+)$/.test(pointer);

/**
 * The system's own facts with every approved correction applied and the corrections themselves left out, so that a
 * system's `evolve` never sees one. The latest recorded correction of a field wins. A correction that points at nothing
 * here has no effect. Pass only the facts recorded by the instant asked for.
 */
export function corrected<F extends AnyFact>(facts: readonly Recorded<F | Correction>[]): readonly Recorded<F>[] {
  const own = facts.filter((fact) => !isCorrection(fact as Recorded)) as readonly Recorded<F>[];
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
