import { addDays, LAST_LEGAL_DATE } from '#libs/kernel';
import { rule as catalogued } from '#libs/law';
import { closureOf, earliestOf, isRefused, markOf, refusalOf } from '../case-state.js';
import { isPressing, listOf } from '../governed-case.js';
import { materialsOf } from '../materials.js';
import { inabilityWords } from '../words.js';
import { duties, finding, flags } from './check.js';
import { entryOf } from './coded.js';

/**
 * 以谁的名义 (XM-22-2, 第二十二条（二）): unless it is on record, nobody can say which organ answers for the act; 第二十一条 and
 * 第二十二条 know no third one.
 */
export const signedInNameOf = flags(({ facts, request: { data: parties } }) =>
  facts.AssistanceProvided.flatMap((provision) => {
    const { signedInNameOf: signatory } = provision.data;
    if (signatory === undefined) return [finding('signatoryUnknown', [provision])];
    return signatory === parties.requesting || signatory === parties.requested
      ? []
      : [finding('signatoryNotParty', [provision])];
  }),
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

/** 反馈文号 (XM-14-2): feedback is in writing, and one without a number shows no writing. */
export const feedbackWritten = flags(({ facts }) => {
  const given = facts.AssistanceFeedbackGiven;
  const numbered = given.some(({ data }) => data.documentNumber !== undefined);
  return given.length > 0 && !numbered ? [finding('feedbackUnnumbered', given)] : [];
});

/** 书面告知并说明理由 (XM-6-4, 第六条第二款): a notice of inability without a document number, or without any reason. */
export const inabilityReasoned = flags(({ facts }) =>
  facts.AssistanceInabilityNotified.flatMap((notice) => {
    const values = { what: inabilityWords[notice.data.kind] };
    return [
      ...(notice.data.documentNumber === undefined ? [finding('inabilityUnwritten', [notice], values)] : []),
      ...(notice.data.reason === undefined ? [finding('inabilityUnreasoned', [notice], values)] : []),
    ];
  }),
);

/** 不能提供协助的事由 (XM-6-4): none of 第十二条 and 第十三条 was named, or another: it goes to a person. */
export const inabilityCoded = flags(({ facts, rules }) =>
  facts.AssistanceInabilityNotified.filter(({ data }) => data.kind === 'cannotProvide').flatMap((notice) => {
    const entry = entryOf(rules, 'inabilityCauses', notice.data.cause);
    if (!entry) return [finding('inabilityUncoded', [notice])];
    return entry.open ? [finding('openCause', [notice], { cause: entry.name })] : [];
  }),
);

/**
 * 办不到而未告知 (XM-6-4): the day the requester asked for has passed without help and without a notice: on that day itself
 * help still comes by it. 及时 has no number, so only its age is told; help or a notice of any kind ends it.
 */
export const termsNotified = duties(({ facts, request }) => {
  const { requestedDueOn } = request.data;
  const ended = earliestOf(...facts.AssistanceProvided, ...facts.AssistanceInabilityNotified);
  return requestedDueOn === undefined || requestedDueOn === LAST_LEGAL_DATE
    ? []
    : [
        {
          code: 'termsNotice' as const,
          since: { on: addDays(requestedDueOn, 1), event: request.event },
          holder: request.data.requested,
          ...(ended && { endedBy: markOf(ended) }),
        },
      ];
});

/**
 * 违反请求程序为由 (XM-12-1, 第十二条（一）): the rule said to be broken is named. Where software decides that rule, the
 * record shows its breach too, or a person looks; any other is a person's to decide anyway.
 */
export const citedBreach = flags((of) => {
  const own = causesOfProcedure(of.rules.codes.inabilityCauses ?? []);
  return of.facts.AssistanceInabilityNotified.filter(({ data }) => own.includes(data.cause ?? '')).flatMap((notice) => {
    const { violatedRule } = notice.data;
    if (violatedRule === undefined) return [finding('breachNotCited', [notice])];
    const cited = catalogued(violatedRule);
    if (cited === undefined) return [finding('citedRuleUnknown', [notice], { cited: violatedRule })];
    return cited.check === 'auto' && !own.includes(violatedRule) && !of.isFlagged(violatedRule)
      ? [finding('citedBreachUnseen', [notice], { cited: violatedRule })]
      : [];
  });
});

/** The causes that ask which rule of procedure was broken. */
const causesOfProcedure = (causes: readonly { readonly code: string; readonly asksRule?: true }[]): readonly string[] =>
  causes.filter(({ asksRule }) => asksRule).map(({ code }) => code);

/**
 * 紧迫请求遭拒 (KESU-3, a product hint; recommended reading 14): refusal stays possible also against a ground that binds to
 * ask or is pressing, and a supervisor looks at it.
 */
export const pressingRefused = flags((of) => {
  const refusal = refusalOf(of);
  const holder = of.request.data.requested;
  return refusal && isPressing(of) ? [finding('pressingRefused', [refusal, of.request], undefined, { holder })] : [];
});

/** 不得提供而提供 (XM-13-1, XM-13-2, 第十三条): help given in a case whose notice named a prohibition. */
export const notForbidden = flags(({ facts, rules }) => {
  const [provision] = facts.AssistanceProvided;
  if (!provision) return [];
  return facts.AssistanceInabilityNotified.flatMap((notice) => {
    const entry = entryOf(rules, 'inabilityCauses', notice.data.cause);
    return entry?.forbids
      ? [finding('providedThoughForbidden', [provision, notice], { cause: entry.name }, { rule: entry.rule })]
      : [];
  });
});

/**
 * 退回资料 (XM-6-5, 第六条第二款): from the notice that no help can be given until everything handed over is back. It hangs on
 * 不能提供行政协助的: where help was given after all, what was handed over served it, and none of it is owed back.
 */
export const materialsReturned = duties(({ facts, request }) => {
  const refusal = refusalOf({ facts });
  if (!refusal) return [];
  // Where nothing was handed over, nothing has to come back; to say so is better, and no duty.
  if (materialsOf(facts).handedOver === 0) return [];
  const back = facts.AssistanceMaterialsReturned.find(
    (_return, at, all) =>
      materialsOf({ ...facts, AssistanceMaterialsReturned: all.slice(0, at + 1) }).outstanding === 0,
  );
  const ended = earliestOf(back, ...facts.AssistanceProvided);
  return [
    {
      code: 'materialsReturn' as const,
      since: markOf(refusal),
      holder: request.data.requested,
      ...(ended && { endedBy: markOf(ended) }),
    },
  ];
});

/**
 * 退回与移交相符 (XM-6-5): more of a material back than went over, one nobody handed over, a false declaration, or a return
 * dated before the notice it goes with.
 */
export const returnsMatch = flags(({ facts }) => {
  const { handedOver, unknown } = materialsOf(facts);
  const notice = isRefused({ facts }) ? refusalOf({ facts }) : undefined;
  return [
    ...facts.AssistanceMaterialsReturned.flatMap((act) =>
      notice && act.on < notice.on
        ? [finding('returnedBeforeNotice', [act, notice], { on: act.on, notified: notice.on })]
        : [],
    ),
    ...unknown.map((act) => finding('returnUnmatched', [act])),
    ...facts.AssistanceNoMaterialsDeclared.filter(() => handedOver > 0).map((declared) =>
      finding('noMaterialsContradicted', [declared], { copies: handedOver }),
    ),
  ];
});

/** 未予协助而办结时资料未退清 (XM-6-5). */
export const closedReturned = flags(({ facts, request }) => {
  const closure = closureOf({ facts });
  const { outstanding } = materialsOf(facts);
  return closure && isRefused({ facts }) && outstanding > 0
    ? [finding('closedUnreturned', [closure], { copies: outstanding }, { holder: request.data.requested })]
    : [];
});
