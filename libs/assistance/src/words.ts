import { rule, type LimitUnit } from '#libs/law';
import type { AssistanceFactType, CaseStatus } from './case-state.js';
import type { InabilityKind, Side } from './facts/index.js';

export const SIDE_NAMES: Readonly<Record<Side, string>> = { requesting: '请求机关', requested: '被请求机关' };

/** What a notice of inability says cannot be done (XM-6-4). */
export const inabilityWords: Readonly<Record<InabilityKind, string>> = {
  manner: '不能按请求机关的要求提供协助',
  date: '不能按请求机关的期限提供协助',
  cannotProvide: '不能提供协助',
};

/** What each kind of fact is called where a sentence names a record by it. */
export const factNames: Readonly<Record<AssistanceFactType, string>> = {
  AssistanceObstacleNoted: '遇到障碍',
  AssistanceRequestForgone: '决定不提出请求',
  AssistanceRequested: '提出请求',
  AssistanceFormalitiesMadeUp: '补办手续',
  AssistanceMaterialsHandedOver: '移交资料',
  AssistanceRequestDelivered: '送达',
  AssistanceReceiptConfirmed: '确认收到',
  AssistanceAccepted: '受理',
  AssistanceClassDisputed: '事项类别异议',
  AssistanceClassDecided: '事项类别确定',
  AssistanceStepRecorded: '办理步骤',
  AssistanceExtensionApproved: '批准延长',
  AssistanceExtensionFiled: '延长备案',
  AssistanceProvided: '提供协助',
  AssistanceFeedbackGiven: '书面反馈',
  AssistanceInabilityNotified: '不能协助的告知',
  AssistanceMaterialsReturned: '退回资料',
  AssistanceNoMaterialsDeclared: '未移交资料的声明',
  AssistanceReviewRequested: '提请复核',
  AssistanceRegisterEntryMade: '台账登记',
  AssistanceArchived: '归档',
  AssistanceEmergencyRegimeActivated: '启动应急处置',
  AssistanceEmergencyRegimeEnded: '应急处置结束',
  AssistanceRuleAssessed: '认定',
  AssistanceClosed: '办结',
};

/** A number of days in words: 10个工作日, or 10日 where they are calendar days or nobody said which. */
export const inDays = (days: string | number, unit: string | undefined): string =>
  `${days}${unit === ('workingDay' satisfies LimitUnit) ? '个工作日' : '日'}`;

/**
 * Names of the codes that sentences speak: a sentence knows no pack. A code this product does not name is told as it is.
 */
const NAMES: Readonly<Record<string, string>> = {
  ordinary: '一般事项',
  execution: '协助执行',
  investigation: '协助调查',
  opinion: '协助出具意见',
  stamp: '收文章',
  systemLog: '系统收发记录',
  callNote: '电话记录',
  oral: '口头',
  phone: '电话',
  video: '视频',
  fax: '传真',
  email: '电子邮件',
  other: '其他',
};

const nameOf = (code: string): string => (Object.hasOwn(NAMES, code) ? (NAMES[code] ?? code) : code);

/** 事项类别. */
export const classNames = (codes: readonly string[]): string =>
  codes.length === 0 ? '未归类' : codes.map(nameOf).join('、');

/** 提出渠道. */
export const channelName = nameOf;

/** 送达凭证. */
export const proofName = nameOf;

/** 条款 of a rule of the catalogue: 第十六条第二款; undefined for what is no rule of it. */
export const articleOf = (id: string): string | undefined => rule(id)?.article;

/** A rule by its article and what it says, in the product's words; by its id alone where the catalogue does not have it. */
export function ruleInWords(id: string): string {
  const known = rule(id);
  return known ? `${known.article}（大意：${known.says}）` : `规则${id}`;
}

const statusWords: Readonly<Record<CaseStatus, string>> = {
  none: '未立案',
  obstacleNoted: '已记录障碍',
  notRequested: '决定不提出请求',
  requested: '已提出请求',
  delivered: '已送达',
  accepted: '已受理',
  inProgress: '办理中',
  provided: '已提供协助',
  fedBack: '已书面反馈',
  cannotAssist: '不能提供协助',
  closed: '已办结',
  refusedClosed: '未予协助，已办结',
  archived: '已归档',
};

/** The statuses of the case file. A case of which nothing is recorded has no row in it. */
export const statuses: readonly string[] = Object.keys(statusWords).filter((status) => status !== 'none');

/** A status of the case file in a word; one this program does not know is shown as itself. */
export const statusWord = (status: string): string =>
  Object.hasOwn(statusWords, status) ? statusWords[status as CaseStatus] : status;
