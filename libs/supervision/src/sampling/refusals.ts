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
  CHECK_STANDS: () =>
    '这一案件已有抽查结果。须更正的，在 replaces 中写明所更正的结果，在备注中写明理由，由登记原结果以外的人员登记。',
  CHECK_REPLACES_OTHER: () => '所更正的不是这一案件现行的抽查结果。',
  CHECK_CORRECTION_UNREASONED: () => '更正抽查结果的，须在备注中写明理由。',
  CHECK_CORRECTOR_SAME: () =>
    '更正与原结果须由不同的人登记：原结果是您登记的，或者是您所代表的人、所写的行为人登记的。',
  CHECK_UNFOUNDED: () => '不符合的，须写明所不符合的规则或者备注。',
  CHECK_RULES_MISPLACED: () => '符合的，不写不符合的规则。',
  CHECK_RULE_UNKNOWN: ({ rule = '' }: Values) => `规则目录中没有 ${rule}。`,
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

type RefusalCode = keyof typeof refusals;

export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
