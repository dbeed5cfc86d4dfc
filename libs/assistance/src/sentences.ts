import {
  corrected,
  dayOfOccurrence,
  type By,
  type CommonFact,
  type Marked,
  type Names,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { AssistanceFactType, DataOf } from './case-state.js';
import type {
  AssessmentOutcome,
  AssistanceFact,
  AssistanceMaterialsReturned,
  Counterparty,
  Material,
  Side,
} from './facts/index.js';
import { articleOf, channelName, classNames, inabilityWords, inDays, proofName, ruleInWords } from './words.js';

type Facts = readonly Recorded<AssistanceFact | CommonFact>[];

/** Names, and the other facts of the case as its reader sees them: what a fact points at is told by what it is. */
interface Telling extends Names {
  readonly facts: Facts;
  readonly revision: number;
}

type Sentence<T extends AssistanceFactType> = (data: DataOf[T], names: Telling) => string;

/**
 * One sentence per kind of fact, to be read aloud to a case officer. Day, time and recorder stand in columns of their
 * own. A marked value is its text, or the word that stands for an erased one.
 */
const sentences: { readonly [T in AssistanceFactType]: Sentence<T> } = {
  AssistanceObstacleNoted: ({ requesting, obstacle, dateUnknown }, names) =>
    `${names.organ(requesting)}行使职权遇到障碍${dateUnknown ? '（遇到的日期不明）' : ''}：${clause(obstacle)}。`,
  AssistanceRequestForgone: ({ reason }) => `请求机关决定不提出协助请求，理由是${clause(reason)}。`,
  AssistanceRequested: (data, names) =>
    `${asker(data, names)}向${names.organ(data.requested)}${hearer(data, names)}提出协助请求` +
    `${numbered(data.documentNumber)}：${clause(data.matter)}${involved(data.counterparties ?? [])}` +
    `${data.materials?.length ? `，随附${data.materials.map(listed).join('、')}` : ''}` +
    `${data.requestedDueOn ? `，希望于${data.requestedDueOn}以前（含当日）办理` : ''}。`,
  AssistanceFormalitiesMadeUp: ({ documentNumber }) => `请求机关补办了书面手续（${documentNumber}）。`,
  AssistanceMaterialsHandedOver: ({ materials }) => `请求机关补充移交资料：${materials.map(listed).join('、')}。`,
  AssistanceRequestDelivered: ({ proof }) =>
    proof
      ? `协助请求送达被请求机关，送达凭证为${proofName(proof.kind)}${proof.note ? `（${clause(proof.note)}）` : ''}。`
      : '协助请求送达被请求机关，尚无送达凭证。',
  AssistanceReceiptConfirmed: ({ by }, names) => `${by ? person(by, names) : '被请求机关'}确认收到协助请求。`,
  AssistanceAccepted: ({ by, onSpotPossible }, names) =>
    `${by ? person(by, names) : '被请求机关'}受理了协助请求` +
    `${onSpotPossible === undefined ? '' : onSpotPossible ? '，认为能够当场提供' : '，认为不能当场提供'}。`,
  AssistanceClassDisputed: ({ matterClasses, reason }) =>
    `被请求机关对事项类别提出异议，认为属于${classNames(matterClasses)}，理由是${clause(reason)}。`,
  AssistanceClassDecided: ({ matterClasses, deciders, reason }, names) =>
    `${deciders.map(names.organ).join('、')}${deciders.length > 1 ? '共同' : ''}确定事项类别为${classNames(matterClasses)}` +
    `${reason ? `，理由是${clause(reason)}` : ''}。`,
  AssistanceStepRecorded: ({ by, step }, names) => `${person(by, names)}办理：${clause(step)}。`,
  AssistanceExtensionApproved: ({ by, circumstance, days, unit, documentNumber }, names) =>
    `${person(by, names)}批准延长协助期限${days === undefined ? '' : inDays(days, unit)}${numbered(documentNumber)}，` +
    `理由是${clause(circumstance)}。`,
  AssistanceExtensionFiled: ({ extension, filingNumber, office }, names) =>
    `延长期限的决定${approvedOn(extension, names)}已报${office ? names.organ(office) : '机构编制部门'}备案，备案号${filingNumber}。`,
  AssistanceProvided: ({ by, onSpot, performedScope, signedInNameOf, documentNumber }, names) =>
    `${by ? person(by, names) : '被请求机关'}${onSpot ? '当场' : ''}` +
    `${signedInNameOf ? `以${names.organ(signedInNameOf)}的名义` : ''}提供了协助${numbered(documentNumber)}：` +
    `${clause(performedScope)}。`,
  AssistanceFeedbackGiven: ({ result, course, matter, other, documentNumber }) =>
    `被请求机关书面反馈${numbered(documentNumber)}：${clause(result ?? course ?? matter ?? other)}。`,
  AssistanceInabilityNotified: ({ kind, cause, reason, documentNumber }) =>
    `被请求机关${documentNumber ? '书面' : ''}告知${inabilityWords[kind]}${numbered(documentNumber)}` +
    `${cause && articleOf(cause) ? `，事由为${articleOf(cause)}所列情形` : ''}` +
    `${reason ? `，理由是${clause(reason)}` : '，未写明理由'}。`,
  AssistanceMaterialsReturned: ({ returned, receipt }, names) =>
    `被请求机关退回${returnedIn(returned, names)}${receipt ? `，签收：${clause(receipt)}` : '，未见签收'}。`,
  AssistanceNoMaterialsDeclared: () => '被请求机关声明没有收到移交的资料。',
  AssistanceReviewRequested: () => '情形紧迫的协助请求被告知不能提供协助，提请监督人员复核；是否可以不提供，由人判断。',
  AssistanceRegisterEntryMade: (entry, names) =>
    `${SIDES[entry.side]}${isLaterEntry(entry.side, names) ? '补充登记' : '登记'}《行政协助请求工作台账》` +
    `（${entry.entryNumber}）${enteredIn(entry)}。`,
  AssistanceArchived: ({ side, location, archiveNumber }) =>
    `${SIDES[side]}将本案卷宗归档于${clause(location)}（${archiveNumber}）。`,
  AssistanceEmergencyRegimeActivated: ({ activationDocument, plan }) =>
    `启动突发事件或者紧急状态下的处置（${activationDocument}）${plan ? `，依据${clause(plan)}` : ''}。`,
  AssistanceEmergencyRegimeEnded: ({ documentNumber }) => `应急处置结束${numbered(documentNumber)}。`,
  AssistanceRuleAssessed: ({ rule, outcome, reason, by }, names) =>
    `${by ? person(by, names) : '有权人员'}就${ruleInWords(rule)}作出认定：${OUTCOMES[outcome]}，理由是${clause(reason)}。`,
  AssistanceClosed: ({ note }) => (note ? `本案办结：${clause(note)}。` : '本案办结。'),
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased; `facts` are the others of the case. */
export function sentence(
  { type, data, revision }: Recorded<AssistanceFact>,
  { organ, person }: Names,
  facts: Facts = [],
): string {
  // The table has the sentence of exactly this type of fact, which a union of functions cannot say.
  const say = sentences[type] as (data: object, names: Telling) => string;
  return say(data, { organ, person, facts, revision });
}

const SIDES: Readonly<Record<Side, string>> = { requesting: '请求机关', requested: '被请求机关' };

const OUTCOMES: Readonly<Record<AssessmentOutcome, string>> = {
  met: '符合要求',
  breached: '不符合要求',
  notApplicable: '不适用',
  undetermined: '尚不能确定',
};

type Request = DataOf['AssistanceRequested'];

/** Who asked; of an urgent request, by whose mouth and in which way. */
function asker({ requesting, emergency }: Request, names: Names): string {
  if (!emergency) return names.organ(requesting);
  const { caller, channel } = emergency;
  const who = !caller
    ? names.organ(requesting)
    : caller.organ === requesting
      ? person(caller, names)
      : `${names.organ(requesting)}由${person(caller, names)}`;
  return `因情况紧急，${who}以${channelName(channel)}方式`;
}

/** Who took an urgent request; the organ is named before it where it is the one that was asked. */
function hearer({ requested, emergency }: Request, names: Names): string {
  const receiver = emergency?.receiver;
  if (!receiver) return '';
  return `（接收人：${receiver.organ === requested ? postAndName(receiver, names) : person(receiver, names)}）`;
}

/** The kinds that went back, by the names under which they were handed over. */
function returnedIn(returned: AssistanceMaterialsReturned['data']['returned'], { facts }: Telling): string {
  const own = corrected<AssistanceFact>(facts);
  return returned
    .map(({ handedOver, item, copies }) => {
      const handing = own.find(({ id }) => id === handedOver);
      const materials = handing && 'materials' in handing.data ? handing.data.materials : undefined;
      const name = materials?.[item]?.name;
      return name === undefined ? `移交的第${item + 1}种资料${copies}份` : listed({ name, copies });
    })
    .join('、');
}

/** The day of the approval that was filed, where the reader sees it. */
function approvedOn(extension: Uuid, { facts }: Telling): string {
  const approval = corrected<AssistanceFact>(facts).find(({ id }) => id === extension);
  return approval ? `（${dayOfOccurrence(approval.occurredAt)}批准）` : '';
}

const isLaterEntry = (side: Side, { facts, revision }: Telling): boolean =>
  facts.some(
    (fact) => fact.type === 'AssistanceRegisterEntryMade' && fact.revision < revision && fact.data.side === side,
  );

/** 台账内容 of 第十五条: what an entry speaks of, by name. */
function enteredIn(entry: DataOf['AssistanceRegisterEntryMade']): string {
  const { requestMadeOn, agreementSignedOn, documentName, documentNumber, supervised, counterparties } = entry;
  const { materials, responsible, feedbackSummary, feedbackOn, other } = entry;
  const items: readonly (readonly [unknown, string])[] = [
    [agreementSignedOn, '协议书订立日期'],
    [requestMadeOn, '请求提出日期'],
    [documentName, '材料名称'],
    [documentNumber, '文号'],
    [supervised, '是否督办'],
    [counterparties, '行政相对人'],
    [materials, '资料种类和数量'],
    [responsible, '负责人员'],
    [feedbackSummary ?? feedbackOn, '结果反馈情况'],
    [other, '其他事项'],
  ];
  const entered = items.filter(([value]) => value !== undefined).map(([, name]) => name);
  return entered.length > 0 ? `，记有${entered.join('、')}` : '';
}

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

const postAndName = ({ person, post }: By, names: Names): string => `${post}${names.person(person)}`;

const person = (by: By, names: Names): string => `${names.organ(by.organ)}${postAndName(by, names)}`;
