import { Refusal, type RefusalDetail } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  ANOMALY_UNKNOWN: () => '本监察档案没有这一项异常。',
  ANOMALY_CLOSED: ({ status = '' }: Values) => `这一项异常已经${status}，不能再记录这一事项。`,
  APPEAL_PENDING: () => '贵机关对这一项异常已有申诉，尚未作出决定。',
  APPEAL_UNKNOWN: () => '这一项异常没有这一申诉，或者已经作出决定。',
  APPEAL_DECIDER_INVOLVED: () => '申诉须由未参与本项异常的提醒、督办、处理、考核、销号和申诉的人员决定。',
  ASSESSED_ALREADY: () => '这一项异常已经记入该机关的考核；所记有误的，可以申请更正。',
  ASSESSED_NOT_CONCERNED: ({ organs = '' }: Values) => `被考核机关须为这一项异常所涉的机关：${organs}。`,
  DISMISSAL_UNDER_APPEAL: () =>
    '这一项异常有申诉尚未决定，不能直接销号：请由未参与本项异常的人员先决定申诉，申诉成立即为销号。',
  DUE_BEFORE_ORDER: () => '督办的办结期限早于督办之日。',
  DUE_UNKNOWN: () => '适用的规则包没有规定督办期限，须写明办结期限。',
  NOT_ORDERED: () => '这一项异常没有督办，没有可以跟踪的事项。',
  ORGAN_NOT_CONCERNED: ({ organs = '' }: Values) => `这一项异常由${organs}处理和申诉，其他当事机关不能代为登记。`,
  ORGAN_NOT_OF_CASE: () => '所写机关不是本案的当事机关。',
  OWN_LEVEL_FIRST: ({ offices = '' }: Values) =>
    `本级优先：这一项异常先由${offices}处理；发红牌以后，上级机构编制部门可以直接处理。`,
  ISSUED_ALREADY: () => '这一预警或者亮牌已经发出。',
  NOT_ISSUED: () => '没有可以撤回的预警或者亮牌。',
  NOTHING_NEW: () => '没有需要记录的异常。',
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type RefusalCode = keyof typeof refusals;

export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
