import { correctionFacts, type Correction } from './correction.js';
import { erasureFacts, type Erasure } from './erasure.js';
import type { AnyFact, Recorded } from './fact.js';
import { recomputedFacts, type ClocksRecomputed } from './recomputing.js';

/** Facts any case may hold, whatever its system: a system's `evolve` never sees one. */
export type CommonFact = Correction | Erasure | ClocksRecomputed;

export const commonFacts = { ...correctionFacts, ...erasureFacts, ...recomputedFacts };

export const isCommonFact = (type: string): boolean => Object.hasOwn(commonFacts, type);

/** The facts that are the system's own. */
export const ownFacts = <F extends AnyFact>(facts: readonly Recorded<F | CommonFact>[]): readonly Recorded<F>[] =>
  facts.filter(({ type }) => !isCommonFact(type)) as readonly Recorded<F>[];
