import type { Marked, Names, Recorded, Uuid } from '#libs/kernel';
import type { AssistanceFactType, DataOf } from './case-state.js';
import type {
  AssessmentOutcome,
  AssistanceFact,
  Counterparty,
  Emergency,
  InabilityKind,
  Material,
  Side,
} from './facts/index.js';
import { channelName, classNames, inDays } from './words.js';

type Sentence<T extends AssistanceFactType> = (data: DataOf[T], names: Names) => string;

/**
 * One sentence per kind of fact, to be read aloud to a case officer. Day, time and recorder stand in columns of their
 * own. A marked value is its text, or the word that stands for an erased one.
 */
const sentences: { readonly [T in AssistanceFactType]: Sentence<T> } = {
  AssistanceObstacleNoted: ({ requesting, obstacle, dateUnknown }, names) =>
    `${names.organ(requesting)}行使职权遇到障碍${dateUnknown ? '（遇到的日期不明）' : ''}：${clause(obstacle)}。`,
  AssistanceRequestForgone: ({ reason }) => `请求机关决定不提出协助请求，理由是${clause(reason)}。`,
  AssistanceRequested: (data, names) =>
    `${names.organ(data.requesting)}${urgently(data.emergency, names)}向${names.organ(data.requested)}` +
    `提出协助请求${numbered(data.documentNumber)}：${clause(data.matter)}${involved(data.counterparties ?? [])}` +
    `${data.materials ? `，随附资料${data.materials.length}种` : ''}` +
    `${data.requestedDueOn ? `，希望于${data.requestedDueOn}前办理` : ''}。`,
  AssistanceFormalitiesMadeUp: ({ documentNumber }) => `请求机关补办了书面手续（${documentNumber}）。`,
  AssistanceMaterialsHandedOver: ({ materials }) => `请求机关补交资料：${materials.map(listed).join('、')}。`,
  AssistanceRequestDelivered: ({ proof }) =>
    proof
      ? `协助请求送达被请求机关，有送达凭证${proof.note ? `：${clause(proof.note)}` : ''}。`
      : '协助请求送达被请求机关，尚无送达凭证。',
  AssistanceReceiptConfirmed: ({ by }, names) => `${by ? person(by, names) : '被请求机关'}确认收到协助请求。`,
  AssistanceAccepted: ({ by, onSpotPossible }, names) =>
    `${by ? person(by, names) : '被请求机关'}受理了协助请求` +
    `${onSpotPossible === undefined ? '' : onSpotPossible ? '，认为能够当场提供' : '，认为不能当场提供'}。`,
  AssistanceClassDisputed: ({ matterClasses, reason }) =>
    `被请求机关对事项类别提出异议，主张为${classNames(matterClasses)}，理由是${clause(reason)}。`,
  AssistanceClassDecided: ({ matterClasses, deciders, reason }, names) =>
    `${deciders.map(names.organ).join('、')}确定事项类别为${classNames(matterClasses)}` +
    `${reason ? `，理由是${clause(reason)}` : ''}。`,
  AssistanceStepRecorded: ({ by, step }, names) => `${person(by, names)}办理：${clause(step)}。`,
  AssistanceExtensionApproved: ({ by, circumstance, days, unit, documentNumber }, names) =>
    `${person(by, names)}批准延长协助期限${days === undefined ? '' : inDays(days, unit)}${numbered(documentNumber)}，` +
    `理由是${clause(circumstance)}。`,
  AssistanceExtensionFiled: ({ filingNumber, office }, names) =>
    `延长期限的决定已报${office ? names.organ(office) : '机构编制部门'}备案，备案号${filingNumber}。`,
  AssistanceProvided: ({ by, onSpot, performedScope, signedInNameOf, documentNumber }, names) =>
    `${by ? person(by, names) : '被请求机关'}${onSpot ? '当场' : ''}` +
    `${signedInNameOf ? `以${names.organ(signedInNameOf)}的名义` : ''}提供了协助${numbered(documentNumber)}：` +
    `${clause(performedScope)}。`,
  AssistanceFeedbackGiven: ({ result, course, matter, other, documentNumber }) =>
    `被请求机关书面反馈${numbered(documentNumber)}：${clause(result ?? course ?? matter ?? other)}。`,
  AssistanceInabilityNotified: ({ kind, reason, documentNumber }) =>
    `被请求机关${documentNumber ? '书面' : ''}告知${INABILITIES[kind]}${numbered(documentNumber)}` +
    `${reason ? `，理由是${clause(reason)}` : '，未写明理由'}。`,
  AssistanceMaterialsReturned: ({ returned, receipt }) =>
    `被请求机关退回资料${returned.length}种，共${returned.reduce((sum, { copies }) => sum + copies, 0)}份` +
    `${receipt ? `，签收：${clause(receipt)}` : '，未见签收'}。`,
  AssistanceNoMaterialsDeclared: () => '被请求机关声明没有收到移交的资料。',
  AssistanceReviewRequested: () => '情形紧迫的协助请求被告知不能提供协助，提请监督人员复核；是否可以不提供，由人判断。',
  AssistanceRegisterEntryMade: ({ side, entryNumber }) => `${SIDES[side]}登记了协助请求工作台账（${entryNumber}）。`,
  AssistanceArchived: ({ side, location, archiveNumber }) =>
    `${SIDES[side]}将本案归档于${clause(location)}（${archiveNumber}）。`,
  AssistanceEmergencyRegimeActivated: ({ activationDocument, plan }) =>
    `启动突发事件或者紧急状态下的处置（${activationDocument}）${plan ? `，依据${clause(plan)}` : ''}。`,
  AssistanceEmergencyRegimeEnded: ({ documentNumber }) => `应急处置结束${numbered(documentNumber)}。`,
  AssistanceRuleAssessed: ({ rule, outcome, reason, by }, names) =>
    `${by ? person(by, names) : '有权人员'}就规则${rule}作出认定：${OUTCOMES[outcome]}，理由是${clause(reason)}。`,
  AssistanceClosed: ({ note }) => (note ? `本案办结：${clause(note)}。` : '本案办结。'),
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased. */
export function sentence(fact: Recorded<AssistanceFact>, names: Names): string {
  // The table has the sentence of exactly this type of fact, which a union of functions cannot say.
  const say = sentences[fact.type] as (data: object, names: Names) => string;
  return say(fact.data, names);
}

const SIDES: Readonly<Record<Side, string>> = { requesting: '请求机关', requested: '被请求机关' };

const INABILITIES: Readonly<Record<InabilityKind, string>> = {
  manner: '不能按请求机关的要求提供协助',
  date: '不能按请求机关的期限提供协助',
  cannotProvide: '不能提供协助',
};

const OUTCOMES: Readonly<Record<AssessmentOutcome, string>> = {
  met: '符合',
  breached: '不符合',
  notApplicable: '不适用',
  undetermined: '尚不能确定',
};

const urgently = (emergency: Emergency | undefined, names: Names): string => {
  if (!emergency) return '';
  const { caller, receiver } = emergency;
  const who = caller ? `由${person(caller, names)}` : '';
  const whom = receiver ? `（接收人${person(receiver, names)}）` : '';
  return `因紧急情况${who}以${channelName(emergency.channel)}方式${whom}`;
};

const listed = ({ name, copies }: Material): string => `${word(name)}${copies}份`;

/** 〔密封〕: a value that nobody opened for this reader. */
const word = (value: Marked | undefined): string =>
  value === undefined ? '（未写明）' : typeof value === 'string' ? value : '〔密封〕';

/** The text without the stop it ends with, so that the sentence has one. */
const clause = (value: Marked | undefined): string =>
  word(value)
    .trim()
    .replace(/[。．.；;，,！!]+$/u, '');

const involved = (counterparties: readonly Counterparty[]): string =>
  counterparties.length === 0 ? '' : `，涉及行政相对人${counterparties.map(({ name }) => word(name)).join('、')}`;

const numbered = (documentNumber: string | undefined): string => (documentNumber ? `（${documentNumber}）` : '');

const person = ({ person, organ, post }: { person: Uuid; organ: Uuid; post: string }, names: Names): string =>
  `${names.organ(organ)}${post}${names.person(person)}`;
