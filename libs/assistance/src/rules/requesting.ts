import { daysBetween, type Uuid } from '#libs/kernel';
import { isSubordinate, organAbout, organOn, type Organ } from '#libs/law';
import { closureOf, markOf, SIDES, type Kept } from '../case-state.js';
import { SIDE_NAMES } from '../words.js';
import { runClock } from '../clocks.js';
import { isOn, listOf, type GovernedCase } from '../governed-case.js';
import { isOfOrgan } from '../officers.js';
import { endsOfNothing } from '../regimes.js';
import { duties, finding, flags, flagsAlways } from './check.js';
import { entryOf } from './coded.js';

/** 无隶属关系 (XM-2-1, 第二条第一款): between organs of one line it is no 行政协助, the chain of command serves. */
export const noSubordination = flags(({ request, book }) =>
  isSubordinate(book.organs, request.data.requesting, request.data.requested, request.on)
    ? [finding('subordinate', [request])]
    : [],
);

/**
 * 主体资格 (XM-2-2, 第二条): which kinds of body may ask and be asked, as they were on that day. The pack lists 参照执行 bodies
 * too (XM-26-1). Whom to ask is the requesting organ's choice, so a side that was not there is for it to answer, either one.
 */
export const eligibleParties = flags(({ request, book, rules }) => {
  const isNot = (organ: Organ | undefined, kinds: string): boolean =>
    organ !== undefined && !listOf(rules, kinds).includes(organ.kind);
  const { requesting, requested } = request.data;
  const about = (id: Uuid): Organ | undefined => organAbout(book.organs, id, request.on);
  const absent = (id: Uuid): boolean => about(id) !== undefined && !organOn(book.organs, id, request.on);
  return [
    ...(isNot(about(requesting), 'requestingKinds') ? [finding('requestingKind', [request])] : []),
    ...(isNot(about(requested), 'requestedKinds') ? [finding('requestedKind', [request])] : []),
    ...SIDES.filter((side) => absent(request.data[side])).map((side) =>
      finding(
        'partyNotThere',
        [request],
        { side: SIDE_NAMES[side], on: request.on },
        { holder: requesting, item: side },
      ),
    ),
  ];
});

/** 依法、合规、明确提出 (XM-6-1, 第六条第一款): a request that names no legal basis. */
export const legalBasisGiven = flags(({ request }) =>
  request.data.legalBasis === undefined ? [finding('noLegalBasis', [request])] : [],
);

/** 对照部门职能 (XM-6-1, 第六条第一款): a request that does not say why the organ asked is the one that can help. */
export const functionMatchGiven = flags(({ request }) =>
  request.data.functionMatch === undefined && request.data.catalogueItem === undefined
    ? [finding('noFunctionMatch', [request])]
    : [],
);

/** 协助类型 (XM-6-2, 第六条第一款): temporary, phased or long-term; the request does not say which. */
export const durationGiven = flags(({ request }) =>
  request.data.duration === undefined ? [finding('noDuration', [request])] : [],
);

/** 请求情形 (XM-6-3, 第六条第二款): the duty to assist rests on a ground of 第九至十一条, any one of them (recommended reading 6). */
export const groundGiven = flags(({ request }) =>
  request.data.grounds.length === 0 ? [finding('noGround', [request])] : [],
);

/**
 * 书面形式 (XM-7-1, 第七条第一款): in writing as a rule; whether both sides recognised another form is for a person. An
 * urgent request is free of it, and has formalities to make up instead.
 */
export const writtenForm = flags(({ request, rules }) => {
  if (request.data.emergency !== undefined) return [];
  if (!listOf(rules, 'writtenForms').includes(request.data.form)) return [finding('notWritten', [request])];
  return request.data.documentNumber === undefined ? [finding('noDocumentNumber', [request])] : [];
});

/**
 * 紧急请求的记录 (XM-7-2, 第七条第二款): which emergency, and who called whom; 等 is open and goes to a person. Whoever takes the
 * request takes it for the organ that is asked: nobody of a third organ does, nor the caller.
 */
export const emergencyRecorded = flags(({ request, rules, book }) => {
  const { emergency, requested } = request.data;
  if (!emergency) return [];
  const { caller, receiver } = emergency;
  const isStranger = receiver && !isOfOrgan(book.organs, receiver, { organ: requested, on: request.on });
  const missing = [
    ...(emergency.grounds.length === 0 ? ['紧急情形'] : []),
    ...(caller === undefined ? ['提出人'] : []),
    ...(receiver === undefined ? ['接收人'] : []),
  ];
  const open = [
    ...emergency.grounds.map(({ code }) => entryOf(rules, 'emergencyGrounds', code)),
    entryOf(rules, 'emergencyChannels', emergency.channel),
  ].flatMap((entry) => (entry?.open ? [entry] : []));
  return [
    ...(missing.length > 0 ? [finding('emergencyIncomplete', [request], { missing: missing.join('、') })] : []),
    ...(isStranger ? [finding('receiverNotOfOrgan', [request], { post: receiver.post })] : []),
    ...(receiver && receiver.person === caller?.person ? [finding('receiverIsCaller', [request])] : []),
    ...open.map(({ name, code }) => finding('openEmergency', [request], { what: name }, { item: code })),
  ];
});

/** 补办手续 (XM-7-3, 第七条第二款): 及时 has no number, so its age is told until they are made up. */
export const formalitiesMadeUp = duties(({ request, facts }) => {
  const [made] = facts.AssistanceFormalitiesMadeUp;
  return request.data.emergency
    ? [
        {
          code: 'formalities' as const,
          since: markOf(request),
          holder: request.data.requesting,
          ...(made && { endedBy: markOf(made) }),
        },
      ]
    : [];
});

/** 办结时手续未补办 (XM-7-3). */
export const closedFormal = flags(({ request, facts }) => {
  const closure = closureOf({ facts });
  return closure && request.data.emergency && facts.AssistanceFormalitiesMadeUp.length === 0
    ? [finding('closedWithoutFormalities', [closure, request], undefined, { holder: request.data.requesting })]
    : [];
});

/**
 * 请求机关自己的期限 (XM-6-6, 第六条第二款): help given after the day the requester asked for. It is another date than the
 * limit of 第十六条, and no delay under it.
 */
export const requestedTerms = flags(({ request, facts }) => {
  const { requestedDueOn } = request.data;
  const [provision] = facts.AssistanceProvided;
  return requestedDueOn !== undefined && provision && provision.on > requestedDueOn
    ? [
        finding(
          'afterRequestedDay',
          [provision, request],
          { asked: requestedDueOn, days: daysBetween(requestedDueOn, provision.on) },
          { holder: request.data.requested },
        ),
      ]
    : [];
});

/**
 * 突发事件 (XM-17-1, 第十七条): other law and plans are in charge; whether the clocks give way is the pack's switch. No side of
 * a case puts a regime in force: that is done under 应急 law, by the document that the record names (启动文号). So it counts
 * whichever side records it, the organ that is timed too, and always goes to a person, with whose clock it favours and both
 * days (recommended reading 12, inferred).
 */
export const emergencyRegime = flagsAlways((of) => [
  ...of.facts.AssistanceEmergencyRegimeActivated.flatMap((regime) => [
    ...regimeFindings(of, regime),
    ...(regime.data.plan === undefined ? [finding('regimePlanUnknown', [regime])] : []),
  ]),
  ...endsOfNothing(of.facts).map((end) => finding('regimeEndUnmatched', [end])),
]);

/** One for each clock whose last day the regime moves, for the organ it favours; one for it alone where it moves none. */
function regimeFindings(of: GovernedCase, regime: Kept<'AssistanceEmergencyRegimeActivated'>) {
  const suspends = isOn(of.rules, 'emergencyRegimeSuspends') ? 1 : 0;
  const others = of.facts.AssistanceEmergencyRegimeActivated.filter((other) => other !== regime);
  const without = { ...of, facts: { ...of.facts, AssistanceEmergencyRegimeActivated: others } };
  const favoured = of.rules.clocks.flatMap((rule) => {
    const [was, is] = [runClock(without, rule)?.clock, runClock(of, rule)?.clock];
    if (was?.due === undefined || was.personFinds || was.due === is?.due) return [];
    const side = was.holder === of.request?.data.requested ? SIDE_NAMES.requested : SIDE_NAMES.requesting;
    const values = { suspends, side, before: was.due, ...(is?.due !== undefined && { after: is.due }) };
    return [finding('regimeApplies', [regime], values, { holder: was.holder, item: was.clock })];
  });
  return favoured.length > 0 ? favoured : [finding('regimeApplies', [regime], { suspends })];
}
