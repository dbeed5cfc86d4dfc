import { daysBetween, type Flag, type OpenDuty } from '#libs/kernel';
import { isSubordinate, type Organ } from '#libs/law';
import { closureOf, deliveryOf, markOf, type Kept } from './case-state.js';
import type { DutyCode, FlagCode } from './flag-texts.js';
import { listOf, type GovernedCase } from './governed-case.js';

/** A governed case whose clocks have been run. */
export interface ClockedCase extends GovernedCase {
  readonly effectiveExtensions: readonly Kept<'AssistanceExtensionApproved'>[];
}

export interface Findings {
  readonly flags: readonly Flag[];
  readonly duties: readonly OpenDuty[];
}

/** A check of the whole case. `rule` is the one the pack lets it speak for. It finds candidates, never guilt. */
export type Check = (of: ClockedCase, rule: string) => Findings;

type Finding = Omit<Flag, 'rule'> & { readonly code: FlagCode };
type Duty = Omit<OpenDuty, 'rule'> & { readonly code: DutyCode };

const flags =
  (find: (of: ClockedCase) => readonly Finding[]): Check =>
  (of, rule) => ({ flags: find(of).map((found) => ({ rule, ...found })), duties: [] });

const duties =
  (find: (of: ClockedCase) => readonly Duty[]): Check =>
  (of, rule) => ({ flags: [], duties: find(of).map((duty) => ({ rule, ...duty })) });

const finding = (code: FlagCode, about: readonly Pick<Kept, 'event'>[], values?: Flag['values']): Finding => ({
  code,
  about: about.map(({ event }) => event),
  ...(values && { values }),
});

/** 无隶属关系 (XM-2-1, 第二条第一款): between organs of one line it is no 行政协助, the chain of command serves. */
export const noSubordination = flags(({ request, book }) =>
  isSubordinate(book.organs, request.data.requesting, request.data.requested)
    ? [finding('subordinate', [request])]
    : [],
);

/** 主体资格 (XM-2-2, 第二条): which kinds of body may ask and be asked. The pack lists 参照执行 bodies too (XM-26-1). */
export const eligibleParties = flags(({ request, book, rules }) => {
  const isNot = (organ: Organ | undefined, kinds: string): boolean =>
    organ !== undefined && !listOf(rules, kinds).includes(organ.kind);
  const { requesting, requested } = request.data;
  return [
    ...(isNot(book.organs.organs.get(requesting), 'requestingKinds') ? [finding('requestingKind', [request])] : []),
    ...(isNot(book.organs.organs.get(requested), 'requestedKinds') ? [finding('requestedKind', [request])] : []),
  ];
});

/** 依法、合规、明确提出 (XM-6-1, 第六条第一款): a request that names no legal basis. */
export const legalBasisGiven = flags(({ request }) =>
  request.data.legalBasis === undefined ? [finding('noLegalBasis', [request])] : [],
);

/** 请求情形 (XM-6-3, 第六条第二款): the duty to assist rests on a ground of 第九至十一条, any one of them (reading 6). */
export const groundGiven = flags(({ request }) =>
  request.data.grounds.length === 0 ? [finding('noGround', [request])] : [],
);

/** 其他情形: a ground whose list the text leaves open. It is lawful as it stands and goes to a person. */
export const openGround: Check = ({ request, rules }, rule) => ({
  flags: (rules.codes['grounds'] ?? [])
    .filter(({ code, open }) => open && request.data.grounds.some((ground) => ground.code === code))
    .map((entry) => ({ rule: entry.rule ?? rule, ...finding('openGround', [request], { ground: entry.name }) })),
  duties: [],
});

/** 书面形式 (XM-7-1, 第七条第一款): in writing as a rule; whether both sides recognised another form is for a person. */
export const writtenForm = flags(({ request, rules }) => {
  if (!listOf(rules, 'writtenForms').includes(request.data.form)) return [finding('notWritten', [request])];
  return request.data.documentNumber === undefined ? [finding('noDocumentNumber', [request])] : [];
});

/** 当场提供 (XM-16-2, 第十六条第二款): help said to be given on the spot, on another day than the delivery. */
export const onSpotSameDay = flags(({ facts }) => {
  const { act: delivery } = deliveryOf(facts);
  return facts.AssistanceProvided.filter(({ data, on }) => data.onSpot && delivery && on !== delivery.on).map(
    (provision) => finding('onSpotLater', [provision]),
  );
});

/** 受理 (XM-16-3, 第十六条第二款): 及时 has no number, so only the age since delivery is told. */
export const takenUp = duties(({ facts, request }) => {
  const { act: delivery } = deliveryOf(facts);
  const ended = facts.AssistanceAccepted[0] ?? facts.AssistanceProvided[0];
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

/** 承办人 (XM-14-1, 第十四条): help given in a case in which no act of the requested organ names a person (question 7). */
export const namedHandler = flags(({ facts }) => {
  const acts = [...facts.AssistanceAccepted, ...facts.AssistanceStepRecorded, ...facts.AssistanceProvided];
  const named = acts.some(({ data }) => data.by !== undefined);
  return facts.AssistanceProvided.length > 0 && !named ? [finding('handlerNotNamed', facts.AssistanceProvided)] : [];
});

/** 以谁的名义 (XM-22-2, 第二十二条（二）): unless it is on record, nobody can say which organ answers for the act. */
export const signedInNameOf = flags(({ facts }) =>
  facts.AssistanceProvided.filter(({ data }) => data.signedInNameOf === undefined).map((provision) =>
    finding('signatoryUnknown', [provision]),
  ),
);

/** 待书面反馈 (XM-14-2, 第十四条): from a provision until feedback of that day or later covers it. */
export const feedbackProvesProvision = duties(({ facts, request }) =>
  facts.AssistanceProvided.map((provision) => {
    const covering = facts.AssistanceFeedbackGiven.find(({ on }) => on >= provision.on);
    return {
      code: 'writtenFeedback' as const,
      since: markOf(provision),
      holder: request.data.requested,
      ...(covering && { endedBy: markOf(covering) }),
    };
  }),
);

/** 反馈要素 (XM-14-2, 第十四条（一）至（三）): what all feedback together lacks. 其他情况 is never required. */
export const feedbackElements = flags(({ facts, rules }) => {
  const given = facts.AssistanceFeedbackGiven;
  const has = (element: string): boolean => given.some(({ data }) => Object.hasOwn(data, element));
  const missing = listOf(rules, 'feedbackElements').filter((element) => !has(element));
  return given.length > 0 && missing.length > 0
    ? [finding('feedbackIncomplete', given, { missing: missing.join(' ') })]
    : [];
});

/** 报送备案 (XM-16-7, 第十六条第二款): no time word and no condition of validity (reading 5): age only, until filed. */
export const extensionFiled = duties(({ facts, request, effectiveExtensions }) =>
  effectiveExtensions.map((approval) => {
    const filing = facts.AssistanceExtensionFiled.find(({ data }) => data.extension === approval.event);
    return {
      code: 'extensionFiling' as const,
      since: markOf(approval),
      holder: request.data.requested,
      ...(filing && { endedBy: markOf(filing) }),
    };
  }),
);

/** 同级机构编制部门 (XM-16-7): a filing with another office. A 参照执行 body has none of its level: a person decides. */
export const filingOffice = flags(({ facts, request, book: { organs } }) => {
  const requested = organs.organs.get(request.data.requested);
  if (requested === undefined || requested.kind === 'byReference') return [];
  return facts.AssistanceExtensionFiled.filter(({ data }) => {
    const office = data.office && organs.organs.get(data.office);
    return office && (office.kind !== 'staffingOffice' || office.region !== requested.region);
  }).map((filing) => finding('filedElsewhere', [filing]));
});

/** 办结时未提供协助 (XM-14-1, 第十四条). */
export const closedProvided = flags(({ facts }) =>
  facts.AssistanceProvided.length === 0
    ? facts.AssistanceClosed.map((c) => finding('closedWithoutProvision', [c]))
    : [],
);

/** 办结时无书面反馈 (XM-14-2, 第十四条). What is missing at the close is flagged and never refused. */
export const closedFedBack = flags(({ facts }) =>
  facts.AssistanceFeedbackGiven.length === 0
    ? facts.AssistanceClosed.map((closure) => finding('closedWithoutFeedback', [closure]))
    : [],
);

/** 办结时延长未备案 (XM-16-7). */
export const closedFiled = flags(({ facts, effectiveExtensions }) => {
  const [closure] = facts.AssistanceClosed;
  const unfiled = effectiveExtensions.filter(
    ({ event }) => !facts.AssistanceExtensionFiled.some(({ data }) => data.extension === event),
  );
  return closure ? unfiled.map((approval) => finding('closedUnfiled', [closure, approval])) : [];
});

/** 先后矛盾 (KESU-1, a product hint): claims of time that cannot all be true; one of them asks for correction. */
export const inOrder = flags(({ facts, request }) => {
  const { act: delivery } = deliveryOf(facts);
  const [provision] = facts.AssistanceProvided;
  const pairs: (readonly [Kept | undefined, readonly Kept[]])[] = [
    [request, facts.AssistanceRequestDelivered],
    [delivery ?? request, facts.AssistanceAccepted],
    [delivery ?? request, facts.AssistanceProvided],
    [provision, facts.AssistanceFeedbackGiven],
    ...facts.AssistanceExtensionApproved.map(
      (approval) =>
        [approval, facts.AssistanceExtensionFiled.filter(({ data }) => data.extension === approval.event)] as const,
    ),
  ];
  return pairs.flatMap(([first, followers]) =>
    followers
      .filter(({ on }) => first !== undefined && on < first.on)
      .map((early) =>
        finding('outOfOrder', first ? [early, first] : [early], { days: first ? daysBetween(early.on, first.on) : 0 }),
      ),
  );
});

/** 办结之后 (KESU-2, a product hint): an act dated after the close is recorded like any other, and shown to a person. */
export const beforeClosure = flags(({ facts }) => {
  const closure = closureOf({ facts });
  const { AssistanceRequested: _request, AssistanceClosed: _closures, ...work } = facts;
  const acts: readonly Kept[] = Object.values(work).flat();
  return closure
    ? acts
        .filter(({ on }) => on > closure.on)
        .map((act) => finding('afterClosure', [act, closure], { on: act.on, closedOn: closure.on }))
    : [];
});
