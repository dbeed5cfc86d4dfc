import type { LawBook } from '#libs/law';
import { byOccurrence, type AssistanceCase } from './case-state.js';
import { governed } from './governed-case.js';
import { classDecisionOf } from './matter-classes.js';
import { isInForce, regimesIn } from './regimes.js';

/** 并存状态: what holds beside the status. */
export type CaseOverlay = 'formalitiesPending' | 'classDisputed' | 'emergencyRegime';

/** A dispute about the class is open until a decision that counts (XM-16-5): one side's alone answers nothing. */
export function overlaysOf(state: AssistanceCase, law: LawBook): readonly CaseOverlay[] {
  const { facts } = state;
  const urgent = facts.AssistanceRequested.some(({ data }) => data.emergency !== undefined);
  const disputed = facts.AssistanceClassDisputed.at(-1);
  const of = governed(state, law);
  const decided = of && classDecisionOf(of);
  return [
    ...(urgent && facts.AssistanceFormalitiesMadeUp.length === 0 ? (['formalitiesPending'] as const) : []),
    ...(disputed && !(decided && byOccurrence(disputed, decided) < 0) ? (['classDisputed'] as const) : []),
    ...(isInForce(regimesIn(facts)) ? (['emergencyRegime'] as const) : []),
  ];
}
