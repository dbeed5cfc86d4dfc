import { Refusal, type RefusalDetail } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  SAMPLE_SYSTEM_UNKNOWN: () => '没有这个系统的案件可供抽查。',
  SAMPLE_PERIOD_REVERSED: () => '立案日期的止日早于起日。',
  SAMPLE_OFFICE_ONLY: () => '抽查由机构编制部门进行。',
  SAMPLE_NOT_OWN_LEVEL: () => '本级优先：只抽查同级同区域机关的案件。',
  SAMPLE_EMPTY: () => '没有符合条件的案件，无从抽取。',
  SAMPLE_DRAWN_ALREADY: () => '这一抽查已经抽取。',
  SAMPLE_NOT_DRAWN: () => '这一抽查尚未抽取。',
  SAMPLE_NOT_REPRODUCED: () => '抽取的结果不是由总体和种子得出的。',
  CASE_NOT_SAMPLED: () => '这一案件没有被抽中。',
  CHECK_UNFOUNDED: () => '不符合的，须写明所不符合的规则或者备注。',
  CHECK_RULES_MISPLACED: () => '符合的，不写不符合的规则。',
  CHECK_RULE_UNKNOWN: ({ rule = '' }: Values) => `规则目录中没有 ${rule}。`,
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

type RefusalCode = keyof typeof refusals;

export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
