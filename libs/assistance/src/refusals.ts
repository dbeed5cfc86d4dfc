import { Refusal, type RefusalDetail } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  CASE_CLOSED: ({ closedOn = '' }: Values) => `本案已于${closedOn}办结，不能再次办结。`,
  EXTENSION_UNKNOWN: () => '本案没有这一项延长决定，备案须指明已记录的延长决定。',
  FEEDBACK_EMPTY: () => '书面反馈没有任何内容，至少须写明事项、过程、结果或其他情况之一。',
  NO_LAW_IN_FORCE: ({ on = '' }: Values) => `${on}没有适用于被请求机关所在地的规则包，无法记录协助请求。`,
  NOTE_REQUIRED: ({ code = '' }: Values) => `代码“${code}”表示其他情形，须另行写明是何情形。`,
  SAME_ORGAN: () => '请求机关与被请求机关是同一机关，不构成行政协助。',
  UNKNOWN_CODE: ({ code = '' }: Values) => `本案适用的规则包中没有代码“${code}”。`,
  UNKNOWN_ORGAN: () => '机关登记册中没有这一机关。',
  UNKNOWN_PERSON: () => '人员登记中没有这一人员。',
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type RefusalCode = keyof typeof refusals;

/** A refusal of this system. Its sentence stands above. */
export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
