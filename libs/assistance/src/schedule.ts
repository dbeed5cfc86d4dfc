import {
  corrected,
  fold,
  verdict,
  type Assessment,
  type Correction,
  type Instant,
  type Recorded,
  type Schedule,
  type ScheduledClock,
} from '#libs/kernel';
import type { CheckRule, LawBook } from '#libs/law';
import { evolve, noCase, type AssistanceCase } from './case-state.js';
import { named, runClock } from './clocks.js';
import type { AssistanceFact } from './facts/index.js';
import { governed } from './governed-case.js';
import * as rules from './rules/index.js';
import { foundBreached, withAssessments } from './rules/assessed.js';
import type { Check, ClockedCase, Findings } from './rules/check.js';

/** The checks a pack may name: a plain table, so that tests can watch which of them run. */
export const CHECKS: Readonly<Record<string, Check>> = { ...rules };

/**
 * When every clock of the case starts, is due and stops, which duties are open, and what is flagged: from facts and law
 * alone, without knowing what time it is. A case that no law in hand governs has none of them.
 */
export function schedule(state: AssistanceCase, law: LawBook): Schedule {
  const of = governed(state, law);
  if (!of) return { clocks: [], flags: [], duties: [] };
  const runs = of.rules.clocks.flatMap((rule) => runClock(of, rule) ?? []);
  const found = ({ check, rule }: CheckRule): Findings => named(CHECKS, check)(clocked, rule);
  const clocked: ClockedCase = {
    ...of,
    isFlagged: (rule) =>
      runs.some(
        (run) => run.flags.some((flag) => flag.rule === rule) || (run.clock.rule === rule && stoppedLate(run.clock)),
      ) || of.rules.checks.some((check) => check.rule === rule && found(check).flags.length > 0),
  };
  const findings = of.rules.checks.map(found);
  const flags = [...runs, ...findings].flatMap((found) => found.flags);
  return {
    clocks: runs.map(({ clock }) => clock),
    flags: [...flags.map((flag) => withAssessments(flag, of)), ...foundBreached(of)],
    duties: findings.flatMap((found) => found.duties),
  };
}

const stoppedLate = ({ due, stopped }: ScheduledClock): boolean =>
  due !== undefined && stopped !== undefined && stopped.on > due;

/** What holds at `asOf` of a case with these facts, under the law in hand. */
export const assess = (
  facts: readonly Recorded<AssistanceFact | Correction>[],
  law: LawBook,
  asOf: Instant,
): Assessment => verdict(schedule(fold({ evolve, initial: noCase }, corrected<AssistanceFact>(facts)), law), asOf);
