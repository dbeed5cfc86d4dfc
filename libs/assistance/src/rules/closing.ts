import { daysBetween, isCertainlyBefore } from '#libs/kernel';
import { closureOf, deliveryOf, isRefused, type Kept } from '../case-state.js';
import { isByItsHead } from '../extensions.js';
import type { AskedCase } from './check.js';
import { finding, flags } from './check.js';

/** What the requested organ owed by the close, whoever closed the case. */
const owed = ({ request }: Pick<AskedCase, 'request'>) => ({ holder: request.data.requested });

/** 办结时未提供协助 (XM-14-1, 第十四条). One who said that no help can be given owes none here. */
export const closedProvided = flags(({ facts, request }) =>
  facts.AssistanceProvided.length === 0 && !isRefused({ facts })
    ? facts.AssistanceClosed.map((c) => finding('closedWithoutProvision', [c], undefined, owed({ request })))
    : [],
);

/** 办结时既未提供协助也未告知 (XM-6-4, 第六条第二款): the requester got no answer at all. */
export const closedAnswered = flags(({ facts, request }) =>
  facts.AssistanceProvided.length === 0 && facts.AssistanceInabilityNotified.length === 0
    ? facts.AssistanceClosed.map((c) => finding('closedWithoutAnswer', [c], undefined, owed({ request })))
    : [],
);

/** 办结时无书面反馈 (XM-14-2, 第十四条). What is missing at the close is flagged; a refused case needs none. */
export const closedFedBack = flags(({ facts, request }) =>
  facts.AssistanceFeedbackGiven.length === 0 && !isRefused({ facts })
    ? facts.AssistanceClosed.map((closure) => finding('closedWithoutFeedback', [closure], undefined, owed({ request })))
    : [],
);

/** 办结时延长未备案 (XM-16-7): of those that a 负责人 had approved by then, whether they moved the day or not. */
export const closedFiled = flags((of) => {
  const { facts } = of;
  const [closure] = facts.AssistanceClosed;
  if (!closure) return [];
  const unfiled = facts.AssistanceExtensionApproved.filter(
    (approval) =>
      approval.on <= closure.on &&
      isByItsHead(of, approval) &&
      !facts.AssistanceExtensionFiled.some(({ data }) => data.extension === approval.event),
  );
  return unfiled.map((approval) => finding('closedUnfiled', [closure, approval], undefined, owed(of)));
});

/**
 * 先后矛盾 (KESU-1, a product hint): claims of time that cannot all be true; one of them asks for correction. Of one day the
 * hours are compared where both are known.
 */
export const inOrder = flags(({ facts, request }) => {
  const { act: delivery } = deliveryOf(facts);
  const [provision] = facts.AssistanceProvided;
  const pairs: (readonly [Kept | undefined, readonly Kept[]])[] = [
    [facts.AssistanceObstacleNoted[0], facts.AssistanceRequested],
    [request, [...facts.AssistanceRequestDelivered, ...facts.AssistanceFormalitiesMadeUp]],
    [delivery ?? request, facts.AssistanceReceiptConfirmed],
    [delivery ?? request, facts.AssistanceAccepted],
    [delivery ?? request, facts.AssistanceProvided],
    [delivery ?? request, facts.AssistanceInabilityNotified],
    [provision, facts.AssistanceFeedbackGiven],
    [closureOf({ facts }), facts.AssistanceArchived],
    ...facts.AssistanceRequestForgone.map((forgone) => [forgone, facts.AssistanceRequested] as const),
    ...facts.AssistanceExtensionApproved.map(
      (approval) =>
        [approval, facts.AssistanceExtensionFiled.filter(({ data }) => data.extension === approval.event)] as const,
    ),
  ];
  return pairs.flatMap(([first, followers]) =>
    followers
      .filter((follower) => first !== undefined && isBefore(follower, first))
      .map((early) =>
        finding('outOfOrder', first ? [early, first] : [early], { days: first ? daysBetween(early.on, first.on) : 0 }),
      ),
  );
});

/** Whether one act is said to have taken place before another: on an earlier day, or at an earlier hour where both tell theirs. */
function isBefore(one: Kept, other: Kept): boolean {
  if (one.on !== other.on) return one.on < other.on;
  const [a, b] = [one.occurredAt, other.occurredAt];
  return 'at' in a && 'at' in b && a.at < b.at;
}

/** 办结之后 (KESU-2, a product hint): an act dated after the close, of one day where both hours are known, is shown to a person. */
export const beforeClosure = flags(({ facts }) => {
  const closure = closureOf({ facts });
  // Register, archive and findings belong to the time after the close, and so may what the service asks for.
  const {
    AssistanceRequested: _request,
    AssistanceClosed: _closures,
    AssistanceRegisterEntryMade: _entries,
    AssistanceArchived: _archived,
    AssistanceRuleAssessed: _assessed,
    AssistanceReviewRequested: _reviews,
    ...work
  } = facts;
  const acts: readonly Kept[] = Object.values(work).flat();
  return closure
    ? acts
        .filter(({ occurredAt }) => isCertainlyBefore(closure.occurredAt, occurredAt))
        .map((act) => finding('afterClosure', [act, closure], { on: act.on, closedOn: closure.on }))
    : [];
});
