import type { Flag, JudgedClock, OpenDuty } from '#libs/kernel';
import { inDays } from './words.js';

type Values = Readonly<Record<string, string | number>>;
type Text = (values: Values) => string;

/** What each flag of the system says: what the records show, a candidate for a person to look at, never a finding. */
export const flagTexts = {
  subordinate: () => '机关登记显示请求机关与被请求机关有隶属关系，可能不属于行政协助，须由人核定。',
  requestingKind: () => '机关登记中请求方的主体类型不在规则包所列之内，须由人核定。',
  requestedKind: () => '机关登记中被请求方的主体类型不在规则包所列之内，须由人核定。',
  noLegalBasis: () => '请求的记录中未见依据。',
  noGround: () => '请求的记录中未见请求情形。',
  openGround: ({ ground = '其他情形' }) => `请求情形为“${ground}”，属于开放列举，须由人判断。`,
  notWritten: () => '记录的请求形式不是书面，双方是否认可须由人核定。',
  noDocumentNumber: () => '书面请求的记录中未见文号。',
  startContested: ({ start = '', other = '' }) =>
    `送达记录日期不一：${start}与${other}。期限暂按${start}起算（有凭证的最早一份，均无凭证的取最早一份），须由人核定。`,
  stoppedInParts: ({ count = '多' }) => `协助分${count}次提供，期限暂按第一次计；是否已全部提供，须由人判断。`,
  extensionNotEntitled: () => '机关登记中未见批准人当日任被请求机关负责人，延长暂不计入，须由人核定。',
  extensionRepeated: () => '已计入的延长达到规则包允许的次数，再次延长暂不计入，须由人核定。',
  extensionLate: () => '批准延长的日期晚于期限届满日，延长暂不计入，已经超过的天数也不因此减少，须由人核定。',
  extensionBeforeStart: () => '批准延长的日期早于请求送达日，当时期限尚未起算；延长暂自原到期日起续算，须由人核定。',
  extensionAfterStop: () => '批准延长的日期晚于提供协助之日，当时期限已经截止，延长暂不计入，须由人核定。',
  extensionTooLong: ({ granted = '', allowed = '', unit = '' }) =>
    `批准延长${inDays(granted, String(unit))}，超出规则包允许天数的部分未计入，暂按${inDays(allowed, String(unit))}计算，须由人核定。`,
  extensionUnknownToLaw: () => '适用的规则包没有规定延长，这一延长暂不计入，须由人核定。',
  onSpotLater: () => '记为当场提供，但记录的提供日与送达日不是同一天，须由人核定。',
  handlerNotNamed: () => '已有提供协助的记录，但未见写明承办人的记录。',
  signatoryUnknown: () => '提供协助的记录中未见以哪个机关的名义实施，责任归属须由人判断。',
  feedbackIncomplete: ({ missing = '' }) => `书面反馈的记录中未见：${elements(missing)}。`,
  filedElsewhere: () => '机关登记中，记录的备案机关不是被请求机关的同级机构编制部门，须由人核定。',
  closedWithoutProvision: () => '本案已办结，但未见提供协助的记录。',
  closedWithoutFeedback: () => '本案已办结，但未见书面反馈的记录。',
  closedUnfiled: () => '本案已办结，但未见延长期限报送备案的记录。',
  outOfOrder: ({ days = '' }) => `记录的发生日期先后矛盾，相差${days}天，其中可能有一项需要更正。`,
  afterClosure: ({ on = '', closedOn = '' }) =>
    `本案记为${closedOn}办结，这一行为记为${on}发生；其中是否有一项需要更正，须由人判断。`,
} as const satisfies Readonly<Record<string, Text>>;

export type FlagCode = keyof typeof flagTexts;

/** What each open duty says. Its text has no number of days, so only its age is told, and never a breach. */
export const dutyTexts = {
  takingUp: ({ days = 0 }) => `请求已送达${days}天，待受理。`,
  writtenFeedback: ({ days = 0 }) => `已提供协助${days}天，待书面反馈。`,
  extensionFiling: ({ days = 0 }) => `延长期限已批准${days}天，待报送备案。`,
} as const satisfies Readonly<Record<string, Text>>;

export type DutyCode = keyof typeof dutyTexts;

/** @throws Error for a code of another system. */
export const flagText = ({ code, values = {} }: Pick<Flag, 'code' | 'values'>): string =>
  known<Text>(flagTexts, code)(values);

/** @throws Error for a code of another system. */
export const dutyText = ({ code, ageDays }: Pick<OpenDuty, 'code'> & { readonly ageDays: number }): string =>
  known<Text>(dutyTexts, code)({ days: ageDays });

/**
 * What each clock that a pack may name is called in a sentence. The pack's own name for it stands in no judged clock, and
 * a sentence needs more than a name: which act starts it and which one it waits for.
 */
export const clockWords = {
  provide: { act: '提供协助', start: '送达' },
} as const satisfies Readonly<Record<string, { readonly act: string; readonly start: string }>>;

/** What a clock says at the instant it was judged for. @throws Error for a clock of another system. */
export function clockText(clock: JudgedClock): string {
  const { act, start } = known(clockWords, clock.clock);
  const reservation = clock.provisional ? '（节假日安排尚未公布，暂定）' : '';
  const extension = clock.extendedBy ? '（已延长）' : '';
  switch (clock.verdict) {
    case 'cannotJudge':
      return `没有${start}记录，${act}的期限无从起算，不能判断是否按期。`;
    case 'notApplicable':
      return `${act}的期限不适用于本案。`;
    case 'running':
      return `${act}的期限至${clock.due}届满${extension}${reservation}。`;
    case 'onTime':
      return `已在${clock.due}届满之前${act}${extension}${reservation}。`;
    case 'late':
      return clock.stopped
        ? `${act}比${clock.due}的期限晚了${clock.daysLate}天${extension}${reservation}。`
        : `${act}的期限已于${clock.due}届满，至今逾期${clock.daysLate}天${extension}${reservation}。`;
  }
}

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
