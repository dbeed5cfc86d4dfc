import { dayOfOccurrence, itemNumber, type Flag } from '#libs/kernel';
import { byOccurrence, type AssistanceCase, type AssistanceFactType, type Kept } from './case-state.js';
import { isLate, runClock } from './clocks.js';
import type { FlagCode } from './flag-texts.js';
import type { GovernedCase } from './governed-case.js';
import { factNames } from './words.js';

/**
 * 更正移动期限: a correction has effect, and it is decided within one side. So where it moves the last day of a clock, or makes
 * what stopped it late or timely, that goes to a person with both days: no side moves a limit unseen, by the rule of the
 * clock (XM-16-1, XM-16-4 to XM-16-6). A correction of the stated class moves none (`statedClassesOf`).
 */
export const movedByCorrections = (of: GovernedCase): readonly Flag[] =>
  Object.entries(of.facts).flatMap(([type, facts]) =>
    facts.flatMap((fact: Kept) => {
      const before = asRecorded(fact);
      // The table of facts names each kind, which its entries cannot say.
      const kind = type as AssistanceFactType;
      return before ? movedFrom(of, withInstead(of, kind, [fact, before]), { fact, kind }) : [];
    }),
  );

/** What was recorded at first; the stated class apart, which is judged by itself. */
function asRecorded({ earlier, ...fact }: Kept): Kept | undefined {
  const [first] = earlier ?? [];
  if (!first) return undefined;
  const { occurredAt, data } = first;
  const classes = 'requested' in fact.data && { earlier, data: { ...data, matterClasses: fact.data.matterClasses } };
  return { ...fact, occurredAt, on: dayOfOccurrence(occurredAt), data, ...classes };
}

function withInstead(of: GovernedCase, type: AssistanceFactType, [fact, before]: readonly [Kept, Kept]): GovernedCase {
  const list = (of.facts[type] as readonly Kept[]).map((one) => (one === fact ? before : one)).toSorted(byOccurrence);
  const facts = { ...of.facts, [type]: list } as AssistanceCase['facts'];
  const [request] = facts.AssistanceRequested;
  return { ...of, facts, ...(request && { request }) };
}

interface Corrected {
  readonly fact: Kept;
  readonly kind: AssistanceFactType;
}

function movedFrom(of: GovernedCase, before: GovernedCase, { fact, kind }: Corrected): readonly Flag[] {
  const record = `第${itemNumber(fact)}项（${factNames[kind]}）`;
  return of.rules.clocks.flatMap((rule) => {
    const [was, is] = [runClock(before, rule)?.clock, runClock(of, rule)?.clock];
    if (!was || !is || is.personFinds || was.notApplicable !== undefined) return [];
    const flag = (code: FlagCode, from: string, to: string): Flag => ({
      rule: is.rule,
      code,
      about: [fact.event],
      values: { record, before: from, after: to },
    });
    if (was.due !== is.due) return [flag('dueCorrected', was.due ?? '', is.due ?? '')];
    return was.stopped && is.stopped && isLate(was) !== isLate(is)
      ? [flag('stopCorrected', was.stopped.on, is.stopped.on)]
      : [];
  });
}
