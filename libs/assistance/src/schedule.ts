import {
  corrected,
  oncePerLaw,
  verdict,
  type Assessment,
  type Correction,
  type CountedClock,
  type Instant,
  type Recorded,
  type Schedule,
} from '#libs/kernel';
import { limitOf, watchedCalendar, type CheckRule, type ClockMarks, type LawBook } from '#libs/law';
import { gather, type AssistanceCase } from './case-state.js';
import { isLate, named, runClock, type RunClock } from './clocks.js';
import { movedByCorrections } from './moved-by-corrections.js';
import type { AssistanceFact } from './facts/index.js';
import { governed, type GovernedCase } from './governed-case.js';
import * as rules from './rules/index.js';
import { foundBreached, withAssessments } from './rules/assessed.js';
import type { Check, ClockedCase, Findings } from './rules/check.js';

/** The checks a pack may name: a plain table, so that tests can watch which of them run. */
export const CHECKS: Readonly<Record<string, Check>> = { ...rules };

interface Judged {
  readonly schedule: Schedule;
  readonly counted: readonly CountedClock[] | undefined;
}

const judged = oncePerLaw((state: AssistanceCase, law: LawBook): Judged => {
  const of = governed(state, law);
  if (!of) return { schedule: { clocks: [], flags: [], duties: [] }, counted: undefined };
  const runs = of.rules.clocks.flatMap((rule) => runClock(of, rule) ?? []);
  const { calendar, looked } = watchedCalendar(law.calendar);
  const found = ({ check, rule }: CheckRule): Findings => named(CHECKS, check)(clocked, rule);
  const clocked: ClockedCase = {
    ...of,
    book: { ...law, calendar },
    isFlagged: (rule) =>
      runs.some(
        (run) => run.flags.some((flag) => flag.rule === rule) || (run.clock.rule === rule && isLate(run.clock)),
      ) || of.rules.checks.some((check) => check.rule === rule && found(check).flags.length > 0),
  };
  const findings = of.rules.checks.map(found);
  const flags = [...[...runs, ...findings].flatMap((found) => found.flags), ...movedByCorrections(of)];
  return {
    schedule: {
      clocks: runs.map(({ clock }) => clock),
      flags: [...flags.map((flag) => withAssessments(flag, of)), ...foundBreached(of)],
      duties: findings.flatMap((found) => found.duties),
    },
    counted: looked() ? undefined : countedIn(of, runs),
  };
});

/**
 * When every clock of the case starts, is due and stops, which duties are open, and what is flagged: from facts and law
 * alone, without knowing what time it is. A case that no law in hand governs has none of them.
 */
export const schedule = (state: AssistanceCase, law: LawBook): Schedule => judged(state, law).schedule;

/** See `CaseSystem.counted`: an extension and a suspension bring more of the calendar into a case than one count. */
export const counted = (state: AssistanceCase, law: LawBook): readonly CountedClock[] | undefined =>
  judged(state, law).counted;

function countedIn({ facts, rules: { clocks } }: GovernedCase, runs: readonly RunClock[]): Judged['counted'] {
  const isPlain = ({ suspensions = [] }: ClockMarks): boolean => suspensions.length === 0;
  if (facts.AssistanceExtensionApproved.length > 0 || !runs.every(({ marks }) => isPlain(marks))) return undefined;
  return runs.flatMap(({ clock, marks: { started, stopped, holds } }) => {
    const rule = clocks.find((one) => one.clock === clock.clock);
    const limit = rule && limitOf(rule, holds);
    return started && limit && !stopped ? [{ clock: clock.clock, limit: rule.limits.indexOf(limit), started }] : [];
  });
}

/** What holds at `asOf` of a case with these facts, under the law in hand. */
export const assess = (
  facts: readonly Recorded<AssistanceFact | Correction>[],
  law: LawBook,
  asOf: Instant,
): Assessment => verdict(schedule(gather(corrected<AssistanceFact>(facts)), law), asOf);
