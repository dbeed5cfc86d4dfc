import type { Flag, JudgedClock, OpenDuty } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;
type Text = (values: Values) => string;

/** What each flag of the system says: a candidate for a person to look at, never a finding. */
export const flagTexts = {
  subordinate: () => '请求机关与被请求机关有隶属关系，可能不属于行政协助。',
  requestingKind: () => '请求方的主体类型不在规定的请求机关之列。',
  requestedKind: () => '被请求方的主体类型不在规定的被请求机关之列。',
  noLegalBasis: () => '请求没有写明依据。',
  noGround: () => '请求没有写明任何请求情形。',
  openGround: ({ ground = '其他情形' }) => `请求情形为“${ground}”，属于开放列举，须由人判断。`,
  notWritten: () => '请求不是以书面形式提出，须有双方认可的记录。',
  noDocumentNumber: () => '书面请求没有文号。',
  startContested: ({ count = '多' }) => `有${count}份送达记录日期不一，期限暂按最早一份起算，须由人核定。`,
  stoppedInParts: ({ count = '多' }) => `协助分${count}次提供，期限按第一次计；是否已全部提供，须由人判断。`,
  extensionNotEntitled: () => '批准人当日不是被请求机关负责人，延长不发生效力。',
  extensionRepeated: () => '期限已经延长过，再次延长不发生效力。',
  extensionLate: () => '延长在期限届满之后批准，不发生效力，也不补正已经逾期的天数。',
  extensionBeforeStart: () => '延长在请求送达之前批准，当时期限尚未起算，不发生效力。',
  extensionAfterStop: () => '延长在提供协助之后批准，期限已经截止，不发生效力。',
  extensionTooLong: ({ granted = '', allowed = '' }) => `批准延长${granted}日，超出的部分无效，只按${allowed}日计算。`,
  extensionUnknownToLaw: () => '适用的规则包没有规定延长，这一延长不发生效力。',
  onSpotLater: () => '记为当场提供，但提供日与送达日不是同一天。',
  handlerNotNamed: () => '已提供协助，但没有任何记录写明承办人。',
  signatoryUnknown: () => '没有写明以哪个机关的名义实施协助，责任归属无从判断。',
  feedbackIncomplete: ({ missing = '' }) => `书面反馈缺少：${elements(missing)}。`,
  filedElsewhere: () => '延长没有报送同级机构编制部门，而是报送了其他机关。',
  closedWithoutProvision: () => '办结时没有提供协助的记录。',
  closedWithoutFeedback: () => '办结时没有书面反馈。',
  closedUnfiled: () => '办结时延长期限的决定尚未报送备案。',
  outOfOrder: ({ days = '' }) => `记录的发生日期先后矛盾，相差${days}天，其中应有一项需要更正。`,
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
  textOf(flagTexts, code)(values);

/** @throws Error for a code of another system. */
export const dutyText = ({ code, ageDays }: Pick<OpenDuty, 'code'> & { readonly ageDays: number }): string =>
  textOf(dutyTexts, code)({ days: ageDays });

/** What a clock says at the instant it was judged for. */
export function clockText(clock: JudgedClock): string {
  const reservation = clock.provisional ? '（节假日安排尚未公布，暂定）' : '';
  const extension = clock.extendedBy ? '（已延长）' : '';
  switch (clock.verdict) {
    case 'cannotJudge':
      return '没有送达记录，提供协助的期限无从起算，不能判断是否按期。';
    case 'notApplicable':
      return '提供协助的期限不适用于本案。';
    case 'running':
      return `提供协助的期限至${clock.due}届满${extension}${reservation}。`;
    case 'onTime':
      return `已在${clock.due}届满之前提供协助${extension}${reservation}。`;
    case 'late':
      return clock.stopped
        ? `提供协助比${clock.due}的期限晚了${clock.daysLate}天${extension}${reservation}。`
        : `提供协助的期限已于${clock.due}届满，至今逾期${clock.daysLate}天${extension}${reservation}。`;
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

function textOf(texts: Readonly<Record<string, Text>>, code: string): Text {
  const text = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (!text) throw new Error(`行政协助 has no text for ${code}`);
  return text;
}
