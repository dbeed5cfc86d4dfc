import { countDays, isDaysLimit, limitOf, organAbout, staffingOfficesOf } from '#libs/law';
import { byOccurrence, deliveryOf, earliestOf, markOf, refusalOf, type Kept } from '../case-state.js';
import { isSpecial } from '../clocks.js';
import { isByItsHead } from '../extensions.js';
import { classDecisionOf, statedClassesOf } from '../matter-classes.js';
import { isOfOrgan } from '../officers.js';
import type { AskedCase } from './check.js';
import { duties, finding, flags } from './check.js';

/** 当场提供 (XM-16-2, 第十六条第二款): help said to be given on the spot, on another day than the delivery. */
export const onSpotSameDay = flags(({ facts }) => {
  const { act: delivery } = deliveryOf(facts);
  return facts.AssistanceProvided.filter(({ data, on }) => data.onSpot && delivery && on !== delivery.on).map(
    (provision) => finding('onSpotLater', [provision]),
  );
});

/** 能够当场提供的 (XM-16-2): it was recorded as possible on the spot, and help was given otherwise. */
export const onSpotWherePossible = flags(({ facts }) => {
  const possible = facts.AssistanceAccepted.find(({ data }) => data.onSpotPossible === true);
  const [provision] = facts.AssistanceProvided;
  return possible && provision && !provision.data.onSpot ? [finding('onSpotMissed', [provision, possible])] : [];
});

/** 受理 (XM-16-3, 第十六条第二款): 及时 has no number, so only the age since delivery is told. */
export const takenUp = duties(({ facts, request }) => {
  const { act: delivery } = deliveryOf(facts);
  const ended = earliestOf(...facts.AssistanceAccepted, ...facts.AssistanceProvided, refusalOf({ facts }));
  return delivery
    ? [
        {
          code: 'takingUp' as const,
          since: markOf(delivery),
          holder: request.data.requested,
          ...(ended && { endedBy: markOf(ended) }),
        },
      ]
    : [];
});

/** 受理人 (XM-16-3): an acceptance that names nobody. */
export const acceptedBySomebody = flags(({ facts }) =>
  facts.AssistanceAccepted.filter(({ data }) => data.by === undefined).map((acceptance) =>
    finding('acceptorNotNamed', [acceptance]),
  ),
);

/**
 * 承办人 (XM-14-1, 第十四条): help given in a case in which no act of the requested organ names a person, and an
 * act of somebody who is not named as of the requested organ, whose acts these are, or by the register held no post there
 * on that day.
 */
export const namedHandler = flags(({ facts, request, book }) => {
  const { requested } = request.data;
  const acts = [...facts.AssistanceAccepted, ...facts.AssistanceStepRecorded, ...facts.AssistanceProvided];
  const named = acts.some(({ data }) => data.by !== undefined);
  const strangers = acts.filter(({ on, data: { by } }) => by && !isOfOrgan(book.organs, by, { organ: requested, on }));
  return [
    ...(facts.AssistanceProvided.length > 0 && !named ? [finding('handlerNotNamed', facts.AssistanceProvided)] : []),
    ...strangers.map((act) => finding('handlerNotOfOrgan', [act], { post: act.data.by?.post ?? '' })),
  ];
});

/**
 * 事项类别 (XM-16-5, recommended reading 11): the class stated in the request governs until a decision that counts changes it.
 * An open dispute, a decision by one side alone or a correction of the stated class after the receipt, which move nothing, and
 * a limit that the decision shortened into the past go to a person; both days are told.
 */
export const matterClassSettled = flags((of) => {
  const { facts } = of;
  const decided = classDecisionOf(of);
  const isOpen = (act: Kept): boolean => !decided || byOccurrence(act, decided) > 0;
  return [
    ...facts.AssistanceClassDisputed.filter(isOpen).map((dispute) => finding('classDisputed', [dispute, of.request])),
    ...facts.AssistanceClassDecided.filter(isOpen).map((alone) => finding('classDecidedAlone', [alone])),
    ...(decided ? decisionFindings(of, decided) : correctionFindings(of)),
  ];
});

/** A case whose stated class was never corrected asks the calendar nothing, so that its clock is counted ahead of the case. */
function correctionFindings(of: AskedCase) {
  const [stated, { matterClasses }] = [statedClassesOf(of), of.request.data];
  if (stated === matterClasses) return [];
  const before = dueBy(of, stated);
  const after = dueBy(of, matterClasses);
  return before !== undefined && after !== undefined && before !== after
    ? [finding('classCorrected', [of.request], { before, after })]
    : [];
}

function decisionFindings(of: AskedCase, decided: Kept<'AssistanceClassDecided'>) {
  const before = dueBy(of, statedClassesOf(of));
  const after = dueBy(of, decided.data.matterClasses);
  const moved = before !== undefined && after !== undefined && before !== after;
  return [
    ...(moved ? [finding('classDecided', [decided, of.request], { before, after })] : []),
    ...(moved && after < before && after < decided.on
      ? // Its limit, whoever recorded what shortened it.
        [finding('limitShortenedPast', [decided], { after, on: decided.on }, { holder: of.request.data.requested })]
      : []),
  ];
}

/** The day the unextended limit would end on if these were the classes; undefined before delivery. */
function dueBy(of: AskedCase, classes: readonly string[]): string | undefined {
  const { act: delivery } = deliveryOf(of.facts);
  const rule = of.rules.clocks.find(({ holder }) => holder === 'requested');
  const limit = rule && limitOf(rule, () => isSpecial(of, classes));
  return delivery && limit && isDaysLimit(limit) ? countDays(of.book.calendar, delivery.on, limit).due : undefined;
}

/**
 * 报送备案 (XM-16-7, 第十六条第二款): what a 负责人 approved is filed, also where it moved nothing: the text hangs the filing
 * on the approval, and neither on the other's effect (recommended reading 5). What nobody entitled approved is no extension
 * the text knows. No time word: age only, until filed.
 */
export const extensionFiled = duties((of) => {
  const { facts, request } = of;
  return facts.AssistanceExtensionApproved.filter((approval) => isByItsHead(of, approval)).map((approval) => {
    const filing = facts.AssistanceExtensionFiled.find(({ data }) => data.extension === approval.event);
    return {
      code: 'extensionFiling' as const,
      since: markOf(approval),
      holder: request.data.requested,
      ...(filing && { endedBy: markOf(filing) }),
    };
  });
});

/**
 * 同级机构编制部门 (XM-16-7), as the register has it for the day of the filing: a filing with another office. Where it has
 * none of the organ's level, as for a 参照执行 body (XM-26-1, recommended reading 5), a person decides.
 */
export const filingOffice = flags(({ facts, request, book: { organs } }) =>
  facts.AssistanceExtensionFiled.flatMap((filing) => {
    const { office } = filing.data;
    const requested = organAbout(organs, request.data.requested, filing.on);
    if (office === undefined || requested === undefined) return [];
    const offices = requested.kind === 'byReference' ? [] : staffingOfficesOf(organs, requested.id, filing.on);
    if (offices.length === 0) return [finding('filingOfficeUnknown', [filing])];
    return offices.some(({ id }) => id === office) ? [] : [finding('filedElsewhere', [filing])];
  }),
);
