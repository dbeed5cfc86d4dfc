import { explanation, type Explanation, type LawBook } from '#libs/law';
import type { AssistanceCase } from './case-state.js';
import { runClock } from './clocks.js';
import { governed } from './governed-case.js';

/** 逐日说明 of every clock of the case, in the order of {@link schedule}: from the same marks, so that they never differ. */
export function explainedClocks(state: AssistanceCase, law: LawBook): readonly Explanation[] {
  const of = governed(state, law);
  return (of?.rules.clocks ?? []).flatMap((rule) => {
    const run = of && runClock(of, rule);
    return (run && explanation({ rule, marks: run.marks }, law)) ?? [];
  });
}
