import type { AnyFact } from '#libs/kernel';
import type { Happened } from './specification.js';
import type { Standing } from './standing.js';

/** Cases in which a rule speaks, and cases in which it is asked and has nothing to say. Each is a test of its own. */
export interface RuleTests<F extends AnyFact> {
  readonly when: (what: string, ...facts: readonly Happened<F>[]) => RuleTests<F>;
  readonly butNot: (what: string, ...facts: readonly Happened<F>[]) => RuleTests<F>;
}

/** Rules as pairs of cases: `flagging('R-1', 'late').when('it is late', …).butNot('it is not', …)`. */
export function ruleTests<F extends AnyFact>(given: (...facts: readonly Happened<F>[]) => Standing) {
  const pairs = (rule: string, speaks: string, isSpoken: (of: Standing) => unknown): RuleTests<F> => {
    const tests: RuleTests<F> = {
      when: (what, ...facts) => {
        it(`${rule} ${speaks} when ${what}`, () => void isSpoken(given(...facts)));
        return tests;
      },
      butNot: (what, ...facts) => {
        it(`${rule} is silent when ${what}`, () => void given(...facts).silent(rule));
        return tests;
      },
    };
    return tests;
  };
  return {
    /** The rule flags a case by this code. */
    flagging: (rule: string, code: string) => pairs(rule, `flags ${code}`, (of) => of.flagged(rule, code)),
    /** The rule holds this duty open. */
    owing: (rule: string, code: string) => pairs(rule, `owes ${code}`, (of) => of.owed(rule, code)),
  };
}
