import type { Flag, JudgedClock, Names, OpenDuty, Uuid } from '#libs/kernel';
import { reservation } from '#libs/law';
import { articleOf, inDays } from './words.js';

type Values = Readonly<Record<string, string | number>>;
type Text = (values: Values, names: Names) => string;
type DutyText = (values: Values) => string;

/** What each flag of the system says: what the records show, a candidate for a person to look at, never a finding. */
export const flagTexts = {
  subordinate: () => '机关登记显示请求机关与被请求机关有隶属关系，可能不属于行政协助，须由人核定。',
  requestingKind: () => '机关登记中请求方的主体类型不在规则包所列之内，须由人核定。',
  requestedKind: () => '机关登记中被请求方的主体类型不在规则包所列之内，须由人核定。',
  partyNotThere: ({ side = '', on = '' }) => `机关登记显示，${side}在${on}尚未设立或者已经撤销，须由人核定。`,
  noFunctionMatch: () => '请求的记录中未对照部门职能，也未写明清单事项。',
  noDuration: () => '请求的记录中未写明属于临时性、阶段性还是长期性协助。',
  groundUnexplained: ({ ground = '', missing = '' }) => `请求情形“${ground}”的记录中未见：${missing}。`,
  mandatoryForgone: ({ ground = '' }) =>
    `遇到的障碍记有应当请求的情形“${ground}”，又记有不提出请求的决定；请求期限继续计算，须由人核定。`,
  noLegalBasis: () => '请求的记录中未写明依据。',
  noGround: () => '请求的记录中未写明属于哪一种请求情形。',
  openGround: ({ ground = '其他情形' }) => `请求情形为“${ground}”，属于开放列举，须由人判断。`,
  notWritten: () => '记录的请求形式不是书面，双方是否认可须由人核定。',
  noDocumentNumber: () => '书面请求的记录中未见文号。',
  emergencyIncomplete: ({ missing = '' }) => `紧急请求的记录中未见：${missing}。`,
  receiverNotOfOrgan: ({ post = '' }) =>
    `所写的紧急请求接收人（${post}）不是以被请求机关人员的身份写明，或者机关登记中未见其当日在该机关任职，须由人核定。`,
  receiverIsCaller: () => '紧急请求的记录中，接收人与提出人是同一个人，须由人核定。',
  openEmergency: ({ what = '其他' }) => `紧急请求所记的“${what}”属于开放列举，须由人判断。`,
  closedWithoutFormalities: () => '本案已办结，但未见紧急请求补办手续的记录。',
  afterRequestedDay: ({ asked = '', days = '' }) =>
    `提供协助晚于请求机关希望的日期${asked}（${days}天）；这不是第十六条规定的期限。`,
  regimeApplies: ({ suspends = 0, side = '', before = '', after = '' }) =>
    `记有突发事件或者紧急状态的处置，应依有关应急法律和预案；规则包${
      suspends === 1 ? '将其间的日子不计入期限' : '照常计算期限'
    }${
      before === ''
        ? ''
        : `，${side}承担的期限因此由${before}届满${after === '' ? '变为中止' : `改为${after}届满`}，有利于${side}`
    }，须由人核定。`,
  regimePlanUnknown: () => '应急处置的记录中未见所依据的应急预案。',
  regimeEndUnmatched: () =>
    '应急处置结束之前，未见当时已经开始的应急处置，结束的记录没有效力；其中可能有一项需要更正。',
  startContested: ({ start = '', other = '' }) =>
    `送达记录日期不一：${start}与${other}。期限暂按${start}起算（有凭证的最早一份，均无凭证的取最早一份），须由人核定。`,
  startUnknown: ({ start = '', noted = '' }) =>
    `${noted}记录的障碍没有遇到的日期，可能早于${start}；自${start}起算只能看出是否逾期，不能据以认定按期，须由人核定。`,
  stopRecordedLate: ({ on = '', due = '', recorded = '' }) =>
    `记为${on}的这一行为使期限（${due}届满）截止，但到${recorded}才登记，当时期限已过；是否按期须由人核定。`,
  stoppedInParts: ({ count = '多' }) => `协助分${count}次提供，期限暂按第一次计；是否已全部提供，须由人判断。`,
  providedAfterRefusal: ({ refused = '', due = '', provided = '' }) =>
    `${refused}告知不能提供协助，期限因此截止；期限届满（${due}）之后，又于${provided}提供了协助，是否计为逾期须由人判断。`,
  extensionNotEntitled: () => '未见由被请求机关当日在任的负责人以该机关名义批准，延长暂不计入，须由人核定。',
  extensionRepeated: () => '允许的延长次数已经用完，再次延长暂不计入，须由人核定。',
  extensionLate: () => '批准延长时期限已经届满，这次延长暂不计入，已经超过的天数也不因此减少，须由人核定。',
  extensionRecordedLate: ({ on = '', due = '', recorded = '' }) =>
    `延长记为${on}批准，到${recorded}才登记，当时原期限（${due}届满）已过；延长暂计入，是否当日批准须由人核定。`,
  extensionBeforeStart: () => '批准延长的日期早于请求送达日，当时期限尚未起算；延长暂自原到期日起续算，须由人核定。',
  extensionAfterStop: () => '批准延长的日期晚于提供协助或者办结之日，当时期限已经截止，延长暂不计入，须由人核定。',
  extensionTooLong: ({ granted = '', allowed = '', unit = '' }) =>
    `批准延长${inDays(granted, String(unit))}，超出规则包允许天数的部分未计入，暂按${inDays(allowed, String(unit))}计算，须由人核定。`,
  extensionUnknownToLaw: () => '适用的规则包没有规定延长，这一延长暂不计入，须由人核定。',
  onSpotLater: () => '记为当场提供，但记录的提供日与送达日不是同一天，须由人核定。',
  onSpotMissed: () => '记录为能够当场提供，但未记为当场提供，须由人核定。',
  acceptorNotNamed: () => '受理的记录中未见受理人。',
  classDisputed: () => '被请求机关对事项类别提出异议，尚未确定；期限暂按请求所写类别计算。',
  classDecided: ({ before = '', after = '' }) =>
    `事项类别已另行确定，自同一送达日起算：原类别的到期日为${before}，确定后为${after}（均未计延长），须由人核定。`,
  classCorrected: ({ before = '', after = '' }) =>
    `请求所写的事项类别在收到之后经更正，未见双方共同确定，也未见由第二十三条所列机关确定，暂不改变期限：按收到时的类别到期日为${before}，按更正后的为${after}（均未计延长），须由人核定。`,
  classDecidedAlone: () =>
    '事项类别的确定，未见由双方共同作出，也未见由第二十三条所列机关作出，暂不计入期限，须由人核定。',
  limitShortenedPast: ({ after = '', on = '' }) =>
    `事项类别于${on}确定，缩短后的到期日${after}已在此前，是否计为逾期须由人判断。`,
  handlerNotNamed: () => '已经提供协助，但记录中未见由何人承办。',
  handlerNotOfOrgan: ({ post = '' }) =>
    `所写的承办人（${post}）不是以被请求机关人员的身份写明，或者机关登记中未见其当日在该机关任职，须由人核定。`,
  signatoryNotParty: () => '提供协助的记录所写的名义既不是请求机关，也不是被请求机关，责任归属须由人判断。',
  signatoryUnknown: () => '提供协助的记录中未写明以哪个机关的名义实施，责任归属须由人判断。',
  feedbackIncomplete: ({ missing = '' }) => `书面反馈的记录中未见：${elements(missing)}。`,
  feedbackUnnumbered: () => '书面反馈的记录中未见反馈文号。',
  inabilityUnwritten: ({ what = '不能协助' }) => `告知${what}，未见文号，是否以书面形式须由人核定。`,
  inabilityUnreasoned: ({ what = '不能协助' }) => `告知${what}，未见理由。`,
  inabilityUncoded: () => '不能提供协助的告知未写明属于何种事由，须由人核定。',
  openCause: ({ cause = '其他' }) => `不能提供协助的事由为“${cause}”，不在列举之内，须由人判断。`,
  causeUnexplained: ({ cause = '', missing = '' }) => `不予协助的事由“${cause}”的记录中未见：${missing}。`,
  breachNotCited: () => '以请求不合程序为由，但未写明是哪一项程序规则。',
  citedRuleUnknown: ({ cited = '' }) => `所引的程序规则“${named(cited)}”不在规则目录之内，须由人核定。`,
  citedBreachUnseen: ({ cited = '' }) =>
    `以请求不合程序规则（${named(cited)}）为由，但本案的记录未见相应疑点，须由人核定。`,
  pressingRefused: () => '请求所写情形紧迫或者应当请求，被请求机关告知不能提供协助，请监督人员复核。',
  providedThoughForbidden: ({ cause = '' }) =>
    `告知所写事由为“${cause}”，属于不得提供协助的情形，其后又有提供协助的记录，须由人核定。`,
  returnUnmatched: () => '退回的资料与移交的资料对不上：没有这项移交，或者退回的份数多于移交的份数。',
  returnedBeforeNotice: ({ on = '', notified = '' }) =>
    `记为${on}退回资料，而不能提供协助到${notified}才告知，先后是否属实须由人核定。`,
  noMaterialsContradicted: ({ copies = '' }) => `声明没有移交资料，但记录显示移交了${copies}份，须由人核定。`,
  closedUnreturned: ({ copies = '' }) => `本案未予协助而办结，但移交的资料中仍有${copies}份未见退回的记录。`,
  filedElsewhere: () => '机关登记中，记录的备案机关不是被请求机关的同级机构编制部门，须由人核定。',
  filingOfficeUnknown: () =>
    '被请求机关参照执行，或者机关登记中没有它的同级机构编制部门，延长期限应向何处备案须由人核定。',
  closedWithoutProvision: () => '本案已办结，但未见提供协助的记录。',
  closedWithoutAnswer: () => '本案已办结，但既未见提供协助、也未见告知不能协助的记录。',
  closedUnregistered: ({ side = '' }) => `本案已办结，但未见${side}登记工作台账的记录。`,
  registerLacks: ({ side = '', missing = '' }) => `${side}的工作台账中未见：${missing}。`,
  registerDiffers: ({ side = '', what = '', here = '', there = '' }) =>
    `${side}的工作台账所记${what}为${here}，与另一方或者案件记录的${there}不一致，须由人核定。`,
  registerHandlerUnlisted: () => '被请求机关的工作台账所列负责人员中，没有最近办理步骤的承办人。',
  foundBreached: ({ person = '', organ = '' }, names) =>
    // Values are JSON: what a flag names stands there as its id.
    `${names.organ(organ as Uuid)}${names.person(person as Uuid)}已认定不符合该条要求，理由见认定原文。`,
  closedWithoutFeedback: () => '本案已办结，但未见书面反馈的记录。',
  closedUnfiled: () => '本案已办结，但未见延长期限报送备案的记录。',
  outOfOrder: ({ days = '' }) =>
    days === 0
      ? '记录的发生时刻在同一天内先后矛盾，其中可能有一项需要更正。'
      : `记录的发生日期先后矛盾，相差${days}天，其中可能有一项需要更正。`,
  dueCorrected: ({ record = '一项记录', before = '', after = '' }) =>
    `${record}经更正，期限的到期日因此由${before === '' ? '无从计算' : before}${after === '' ? '变为无从计算' : `改为${after}`}，须由人核定。`,
  stopCorrected: ({ record = '一项记录', before = '', after = '' }) =>
    `${record}经更正，期限的截止日因此由${before}改为${after}，是否逾期随之改变，须由人核定。`,
  afterClosure: ({ on = '', closedOn = '' }) =>
    on === closedOn
      ? `本案与这一行为都记在${on}，而这一行为的时刻晚于办结；其中是否有一项需要更正，须由人判断。`
      : `本案记为${closedOn}办结，这一行为记为${on}发生；其中是否有一项需要更正，须由人判断。`,
} as const satisfies Readonly<Record<string, Text>>;

export type FlagCode = keyof typeof flagTexts;

/** What each open duty says. Its text has no number of days, so only its age is told, and never a breach. */
export const dutyTexts = {
  takingUp: ({ days = 0, since = '' }) => `请求已于${since}送达，至今${days}天，尚待受理。`,
  writtenFeedback: ({ days = 0, since = '' }) => `已于${since}提供协助，至今${days}天，尚待书面反馈。`,
  formalities: ({ days = 0, since = '' }) => `紧急请求已于${since}提出，至今${days}天，手续尚待补办。`,
  termsNotice: ({ days = 0 }) => `请求机关希望的日期已过${Number(days) + 1}天，未见提供协助，也未见不能按期的告知。`,
  materialsReturn: ({ days = 0, since = '' }) =>
    `已于${since}告知不能提供协助，至今${days}天，移交的资料尚待全部退回。`,
  registration: ({ days = 0, holder = '', since = '' }) => `${holder}的工作台账尚待登记，自${since}起已过${days}天。`,
  archiving: ({ days = 0, holder = '', since = '' }) =>
    `本案已于${since}办结，至今${days}天，${holder}的卷宗尚待归档。`,
  extensionFiling: ({ days = 0, since = '' }) => `延长期限已于${since}批准，至今${days}天，尚待报送备案。`,
} as const satisfies Readonly<Record<string, DutyText>>;

export type DutyCode = keyof typeof dutyTexts;

/** @throws Error for a code of another system. */
export const flagText = ({ code, values = {} }: Pick<Flag, 'code' | 'values'>, names: Names): string =>
  known<Text>(flagTexts, code)(values, names);

/** @throws Error for a code of another system. */
export const dutyText = (
  { code, ageDays, holder, since }: Pick<OpenDuty, 'code' | 'holder' | 'since'> & { readonly ageDays: number },
  names: Pick<Names, 'organ'>,
): string => known<DutyText>(dutyTexts, code)({ days: ageDays, holder: names.organ(holder), since: since.on });

/**
 * What each clock that a pack may name is called in a sentence. The pack's own name for it stands in no judged clock, and
 * a sentence needs more than a name: which act starts it and which one it waits for.
 */
export const clockWords = {
  request: { act: '提出请求', start: '遇到障碍的日期' },
  provide: { act: '提供协助', start: '送达' },
  onSpot: { act: '当场提供协助', start: '送达' },
} as const satisfies Readonly<Record<string, { readonly act: string; readonly start: string }>>;

/** Why a clock does not apply. */
export const notApplicableTexts = {
  noObstacle: '未记录遇到障碍',
  requestForgone: '已决定不提出请求',
  emergencyRegime: '应急处置期间期限中止，届满日待中止结束后确定',
  closedUnanswered: '期限届满之前，未提供协助即已办结',
} as const;

export type NotApplicableCode = keyof typeof notApplicableTexts;

/** What the act that stopped a clock is called. */
export const stopWords = {
  requested: '提出请求',
  provided: '提供协助',
  cannotProvide: '告知不能提供协助',
  closed: '未提供协助即已办结',
} as const;

export type StopCode = keyof typeof stopWords;

const marksOf = ({ extendedBy, provisional }: JudgedClock): string =>
  `${extendedBy ? '（已延长）' : ''}${reservation(provisional)}`;

/** What a clock says at the instant it was judged for. @throws Error for a clock of another system. */
export function clockText(clock: JudgedClock): string {
  const { act, start } = known(clockWords, clock.clock);
  const done = clock.stoppedBy === undefined ? act : known<string>(stopWords, clock.stoppedBy);
  const marks = marksOf(clock);
  if (clock.personFinds && clock.from) return foundByPersonText(clock, act, start);
  switch (clock.verdict) {
    case 'cannotJudge':
      return `截至判断时未见${start}，${act}的期限无从起算，不能判断是否按期。`;
    case 'notApplicable':
      return `${act}的期限${clock.notApplicable === 'emergencyRegime' ? '未届满' : '不适用于本案'}：${known<string>(notApplicableTexts, clock.notApplicable ?? '')}。`;
    case 'running':
      return `${act}的期限至${clock.due}届满${marks}。`;
    case 'onTime':
      return `${act}的期限至${clock.due}届满${marks}，已于${clock.stopped?.on ?? ''}${done}，按期。`;
    case 'late':
      return clock.stopped
        ? `${act}的期限至${clock.due}届满${marks}，于${clock.stopped.on}${done}，晚了${clock.daysLate}个自然日。`
        : `${act}的期限已于${clock.due}届满${marks}，至今逾期${clock.daysLate}个自然日。`;
  }
}

/** A rule by its article, or as it was cited. */
const named = (id: string | number): string => articleOf(String(id)) ?? String(id);

const ELEMENTS: Readonly<Record<string, string>> = {
  matter: '协助工作事项',
  course: '协助开展过程',
  result: '协助结论或者结果',
};

const elements = (missing: string | number): string =>
  String(missing)
    .split(' ')
    .map((element) => ELEMENTS[element] ?? element)
    .join('、');

function known<T>(texts: Readonly<Record<string, T>>, code: string): T {
  const text = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (text === undefined) throw new Error(`行政协助 has no text for ${code}`);
  return text;
}

/** 当场、立即: both times and the age; whether it was is a person's finding. */
function foundByPersonText({ from, stopped, ageDays }: JudgedClock, act: string, start: string): string {
  const begun = `${from?.on}${start}`;
  return stopped
    ? `${begun}，${stopped.on}提供，历时${ageDays}天；是否${act}由人认定。`
    : `${begun}，已过${ageDays}天，尚未${act}；是否逾期由人认定。`;
}
