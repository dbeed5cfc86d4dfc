import type { FactType } from './fact.js';
import type { Uuid } from './ids.js';
import type { Json } from './json.js';

/**
 * 更正: asked for by one person, decided by another (XM-19-5). One shape for every system, in the case's own stream.
 * `corrects` names the original fact, never a correction; `pointer` leads into {occurredAt, data} of that fact.
 * `after` is sealed by the target field's marks, and `before` is left out there. `version` is that of the shape the
 * pointer leads into: the latest one of the fact's type when the correction was asked for.
 */
export interface CorrectionRequested {
  readonly type: 'CorrectionRequested';
  readonly data: {
    readonly corrects: Uuid;
    readonly version: number;
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

/** Where a correction may point: into the claim of time or into the data. */
export const isCorrectable = (pointer: string): boolean => /^\/(occurredAt|data\/.+)$/.test(pointer);
