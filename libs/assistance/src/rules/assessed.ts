import type { Flag, Uuid } from '#libs/kernel';
import type { GovernedCase } from '../governed-case.js';
import type { FlagCode } from '../flag-texts.js';

/**
 * 认定未达到 of a rule that only a person decides. It is a signed finding and no candidate, and no pack names it: a person
 * may find against any rule that asks for a person.
 */
export const foundBreached = ({ facts }: GovernedCase): readonly Flag[] =>
  facts.AssistanceRuleAssessed.filter(({ data }) => data.outcome === 'breached').map(({ event, data, recorder }) => ({
    rule: data.rule,
    code: 'foundBreached' satisfies FlagCode,
    about: [event, ...data.about],
    values: decider(data.by ?? recorder),
    finding: true,
  }));

/** Who decided: who is named as having done so, else who recorded it. */
const decider = ({ organ, person }: { readonly organ?: Uuid; readonly person: Uuid }) => ({
  person,
  ...(organ && { organ }),
});

/** A flag with the assessments of its rule that are about a fact it rests on. It stays visible. */
export function withAssessments(flag: Flag, { facts }: GovernedCase): Flag {
  const assessedBy = facts.AssistanceRuleAssessed.filter(
    ({ event, data }) =>
      data.rule === flag.rule && !flag.about.includes(event) && data.about.some((about) => flag.about.includes(about)),
  ).map(({ event }) => event);
  return assessedBy.length > 0 ? { ...flag, assessedBy } : flag;
}
