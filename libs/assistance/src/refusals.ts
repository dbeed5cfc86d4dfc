import { Refusal, type RefusalDetail } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  ALREADY_REQUESTED: () => '本案已经提出协助请求，不能再次提出；另有事项的，请另立案件。',
  ALREADY_ARCHIVED: () => '本机关已将本案归档，不能再次归档。',
  ASSESSOR_INVOLVED: () => '您是所认定的记录的记录人，或者是其中写明的人员，不能就它作出认定，须由另一人认定。',
  CASE_CLOSED: ({ closedOn = '' }: Values) => `本案已于${closedOn}办结，不能再次办结。`,
  COUNTERPARTY_UNKNOWN: () => '本案没有这一行政相对人；首次登记的，须写明名称，不写标识。',
  EMERGENCY_REQUIRED: () => '以紧急情况提出的请求，须写明紧急情形和提出渠道。',
  EVENT_UNKNOWN: () => '本案没有这一项事实，认定须指明已入账的事实。',
  EXTENSION_UNKNOWN: () => '本案没有这一项延长决定，备案须指明已记录的延长决定。',
  FEEDBACK_EMPTY: () => '书面反馈没有任何内容，至少须写明事项、过程、结果或其他情况之一。',
  MATERIALS_EMPTY: () => '没有写明任何资料。',
  NOT_CLOSED: () => '本案尚未办结，不能归档。',
  NOTICE_UNKNOWN: () => '本案没有这一项不能提供协助的告知。',
  NOT_REQUESTED: () => '本案尚未提出协助请求，不能记录这一事项。',
  NOT_URGENT: () => '本案的请求不是以紧急情况提出的，没有需要补办的手续。',
  NO_LAW_IN_FORCE: ({ on = '' }: Values) => `${on}没有适用于被请求机关所在地的规则包，无法记录协助请求。`,
  NOTE_REQUIRED: ({ code = '' }: Values) => `代码“${code}”表示其他情形，须另行写明是何情形。`,
  REGIME_NOT_ACTIVE: () => '本案没有尚未结束的应急处置。',
  RULE_NOT_OF_PACK: ({ rule = '' }: Values) => `本案适用的规则包中没有规则“${rule}”。`,
  RULE_NOT_HUMAN: ({ rule = '' }: Values) =>
    `规则“${rule}”由记录直接判断，本案也没有据此的疑点或者期限，不由人认定；记录有误的，请申请更正。`,
  REVIEW_REQUESTED: () => '这一项告知已提请复核。',
  SAME_ORGAN: () => '请求机关与被请求机关是同一机关，不构成行政协助。',
  UNKNOWN_CODE: ({ code = '' }: Values) => `本案适用的规则包中没有代码“${code}”。`,
  UNKNOWN_ORGAN: () => '机关登记册中没有这一机关。',
  UNKNOWN_PERSON: () => '人员登记中没有这一人员。',
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type RefusalCode = keyof typeof refusals;

/** A refusal of this system. Its sentence stands above. */
export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
