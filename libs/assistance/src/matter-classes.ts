import { isCertainlyBefore } from '#libs/kernel';
import { areaOf, organAbout, organOn, standsAbove } from '#libs/law';
import { deliveryOf, type Kept } from './case-state.js';
import type { GovernedCase } from './governed-case.js';

type Decision = Kept<'AssistanceClassDecided'>;

/**
 * 事项类别的确定 (XM-16-5, recommended reading 11, inferred): no text says who decides on the class, so both sides do, or whom
 * 第二十三条 has decide between them (XM-23-1 to XM-23-3): an organ above the requested one, the government among them, or a
 * staffing office whose area both sides are of, by the register of that day. A decision of one side, or of any other organ,
 * moves nothing: the organ that is timed would grant itself the longer limit. Where the paper shows more deciders than the
 * record, a correction of `deciders` gives it its effect; an assessment does not.
 */
export function isEntitled({ request, book: { organs } }: GovernedCase, { data, on }: Decision): boolean {
  if (!request) return false;
  const { requesting, requested } = request.data;
  const sides = [requesting, requested];
  if (sides.every((side) => data.deciders.includes(side))) return true;
  return data.deciders.some((decider) => {
    if (sides.includes(decider)) return false;
    const office = organOn(organs, decider, on);
    if (office?.kind !== 'staffingOffice') return standsAbove(organs, decider, requested, on);
    return sides.every((side) => organAbout(organs, side, on)?.region.startsWith(areaOf(office.region)) === true);
  });
}

/** The last decision that counts. */
export const classDecisionOf = (of: GovernedCase): Decision | undefined =>
  of.facts.AssistanceClassDecided.findLast((decision) => isEntitled(of, decision));

/**
 * 请求所写的事项类别, as it stood when the request was received (XM-16-5, recommended reading 11). A correction of it from before
 * then counts; one from after it is of one side, and moves no limit that has begun to run: a decision that counts does.
 */
export function statedClassesOf({ request, facts }: Pick<GovernedCase, 'request' | 'facts'>): readonly string[] {
  const { act: receipt } = deliveryOf(facts);
  const then = receipt && request?.earlier?.find(({ until }) => !isCertainlyBefore({ at: until }, receipt.occurredAt));
  return (then ?? request)?.data.matterClasses ?? [];
}

/** 事项类别 in effect: those of the last decision that counts, else those the request stated when it was received. */
export const classesOf = (of: GovernedCase): readonly string[] =>
  classDecisionOf(of)?.data.matterClasses ?? statedClassesOf(of);
