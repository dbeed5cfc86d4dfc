import { Refusal, type RefusalDetail } from './refusal.js';

type Values = Readonly<Record<string, string | number>>;

/**
 * 更正和删除不予记录的理由, of every system alike: one Chinese sentence per code. The codes are part of the interface and
 * never change their meaning.
 */
export const commonRefusals = {
  AFTER_IN_FUTURE: () => '更正后的发生时间晚于现在，尚未发生的行为不能记录。',
  AFTER_MALFORMED: ({ reason = '' }: Values) => `照此更正，这项记录将不符合要求：${reason}。`,
  AFTER_UNCHANGED: () => '更正后的值与现在的值相同，没有需要更正之处。',
  BEFORE_DIFFERS: () => '所写的“现在的值”与现在有效的值不一致，请查看最新记录后重新申请。',
  BEFORE_SEALED: () => '被更正的字段属于密封内容，不得写明“现在的值”。',
  CORRECTION_DECIDED: ({ outcome = '' }: Values) => `这项更正申请已经${outcome}，不能再次决定。`,
  CORRECTION_OVERTAKEN: () => '申请之后，同一字段已另有更正生效，这项申请须重新提出。',
  CORRECTION_UNKNOWN: () => '本机关在本案中没有这一更正申请。',
  CORRECTS_CORRECTION: () => '更正须指明原记录，不能指明更正、删除的申请或者决定；更正有误的，请就原记录再次申请更正。',
  DECIDED_BEFORE_ASKED: () => '决定的日期早于申请的日期，尚未申请的事项不能决定。',
  DECIDER_ASKED: () => '决定须由申请人以外的人作出：一人申请，另一人决定；依授权代行职务的，授权人也视同本人。',
  DECIDER_INVOLVED: () => '您是有关记录的记录人、行为人，或者曾申请对它的更正，不能就它作出决定，须由另一人决定。',
  ERASURE_DECIDED: ({ outcome = '' }: Values) => `这项删除申请已经${outcome}，不能再次决定。`,
  ERASURE_GROUND_UNKNOWN: ({ known = '' }: Values) => `删除情形须为以下代码之一：${known}。`,
  ERASURE_OF_TWO: () => '一次只能申请删除一项：个人信息主体（subject）或者附件（document），都不写则为本案的文字。',
  ERASURE_UNKNOWN: () => '本机关在本案中没有这一删除申请。',
  DOCUMENT_NOT_CITED: () => '更正不能带入本案尚未引用的附件，请另行登记一项引用它的记录。',
  FACT_UNKNOWN: () => '本案没有由本机关记录的这一事实。',
  FIELD_NOT_THERE: () => '这一位置现在没有可以填写的地方：上一级字段没有内容，或者列表没有这么多项；请更正上一级字段。',
  FIELD_NOT_CORRECTABLE: () =>
    '这一字段不能更正：能更正的是记录人当时填写的字段（/occurredAt 或 /data 之下），系统生成的内容和没有填写位置的字段不能更正。',
  PARTY_HAS_RECORDED: () =>
    '更正后，一个已经在本案留下记录的机关将不再是当事机关；当事机关有误的，请就正确的机关另立案件。',
  SUBJECT_ERASED: () => '有关内容已经删除，不能再就它申请或者决定。',
  SUBJECT_UNKNOWN: () => '本机关在本案的记录中没有这一个人信息主体或者附件。',
  TEXTS_REMAIN: ({ count = 0, places = '', others = 0 }: Values) =>
    '现行有效的文字在删除后将不可再读，须先逐处申请更正，写入不含应删内容的文字' +
    `${Number(count) > 0 ? `；还有${count}处没有重新记录：${places}` : ''}${Number(others) > 0 ? '；另有对方机关记录的文字' : ''}。`,
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type CommonRefusalCode = keyof typeof commonRefusals;

export const commonRefusal = (code: CommonRefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
