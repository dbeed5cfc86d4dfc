import { dayOf, type AnomalyKind, type JudgedClock, type Marked, type Names, type OpenDuty } from '#libs/kernel';
import { reservation } from '#libs/law';
import { pendingAppeal } from './appeals.js';
import type { CardColour, WithdrawnBecause, AppealOutcome } from './facts.js';
import type { Anomaly, Issued, SupervisionFile } from './file-state.js';
import { openOrders } from './orders.js';
import { colourOf, skippedStages, statusOf, type AnomalyStatus } from './status.js';

export const colourWords: Readonly<Record<CardColour, string>> = { yellow: '黄牌', red: '红牌' };

const kindWords: ReadonlyMap<AnomalyKind, string> = new Map([
  ['lateness', '时效性'],
  ['process', '流程合法性'],
  ['completeness', '信息完整性'],
  ['other', '其他'],
]);

export const kindWord = (kind: AnomalyKind): string => kindWords.get(kind) ?? kind;

export const statusWords: Readonly<Record<AnomalyStatus, string>> = {
  detected: '已发现',
  reminded: '已提醒',
  ordered: '已督办',
  handled: '已处理',
  assessed: '已考核',
  dismissed: '已销号',
  withdrawn: '已撤回',
};

export const becauseWords: Readonly<Record<WithdrawnBecause, string>> = {
  dueMoved: '期限届满日已经变动',
  stoppedInTime: '记录表明已在期限之内完成',
  stoppedBeforeTurn: '记录表明在应当发出的时点之前已经完成，是否按期另行判断',
  notApplicable: '该期限不再适用',
};

export const outcomeWords: Readonly<Record<AppealOutcome, string>> = { upheld: '申诉成立', rejected: '申诉不成立' };

/** A text that a person wrote, within a sentence; 〔密封〕 where nobody opened it for this reader. */
export const clause = (value: Marked): string => clauseOf(typeof value === 'string' ? value : '〔密封〕');

/** 预警, in one sentence. */
const warningText = (
  { name, due, holder, provisional }: Pick<Issued, 'name' | 'due' | 'holder' | 'provisional'>,
  names: Names,
): string => `预警：${names.organ(holder)}的${name}将于${due}届满${reservation(provisional)}。`;

/** 预警: where it was issued on a later day than it turned, both are told. */
export const warningLine = (
  warning: Parameters<typeof warningText>[0] & Pick<Issued, 'turnedAt' | 'issuedOn'>,
  names: Names,
): string => {
  const on = dayOf(warning.turnedAt);
  const belated = on === warning.issuedOn ? '' : `（${on}应预警，${warning.issuedOn}补发）`;
  return `${clauseOf(warningText(warning, names))}${belated}。`;
};

/** 亮牌, by the day on which it turned; where it was issued on a later one, by both. */
export const cardText = ({
  turnedAt,
  issuedOn,
  colour,
}: Pick<Issued, 'turnedAt' | 'issuedOn'> & { readonly colour: CardColour }): string => {
  const [on, card] = [dayOf(turnedAt), colourWords[colour]];
  return on === issuedOn ? `${on}亮${card}` : `${on}应亮${card}，${issuedOn}补发`;
};

/** What stands, or why it was taken back. */
export const standingText = (text: string, { withdrawn }: Pick<Issued, 'withdrawn'>): string =>
  `${clauseOf(text)}${withdrawn ? `（已撤回：${becauseWords[withdrawn.because]}）` : ''}。`;

/** The sentence without its stop. */
export const clauseOf = (text: string): string => text.trim().replace(/[。．.；;，,！!]+$/u, '');

/** An anomaly as it stands, in one sentence: for lists and pages. A candidate, never a finding. */
export function anomalyText(file: SupervisionFile, anomaly: Anomaly, names: Names): string {
  const { holder, due, provisional = false, name, says, kind } = anomaly;
  const who = holder === undefined ? '' : `${names.organ(holder)}，`;
  const status = statusOf(file, anomaly);
  const colour = colourOf(file, anomaly);
  const what =
    due === undefined
      ? `${kindWord(kind)}：${clauseOf(says ?? '')}`
      : `${colour ? colourWords[colour] : '亮牌'}：${name ?? '期限'}于${due}届满${reservation(provisional)}`;
  const skipped = skippedStages(anomaly).map((stage) => clauseOf(statusWords[stage]).replace('已', ''));
  const passedOver = skipped.length === 0 ? '' : `，未经${skipped.join('、')}`;
  const unhandled = status === 'withdrawn' && openOrders(anomaly).length > 0 ? '，督办待处理' : '';
  const appealed = pendingAppeal(anomaly) ? '，申诉待决定' : '';
  return `${who}${what}（${statusWords[status]}${passedOver}${unhandled}${appealed}）。`;
}

export const ORDER_NAME = '督办期限';

/** What the clock of an order says. */
export function clockText({ due, provisional, verdict, daysLate, stopped }: JudgedClock): string {
  const day = `${due}${reservation(provisional)}`;
  if (verdict === 'onTime') return `督办在${day}届满之前处理。`;
  if (verdict === 'late')
    return stopped
      ? `督办的处理比${day}的期限晚了${daysLate}天。`
      : `督办的期限已于${day}届满，至今逾期${daysLate}天。`;
  return `督办的期限至${day}届满。`;
}

const dutyTexts: Readonly<Record<string, (days: number, who: string) => string>> = {
  handling: (days, who) => `${who}的异常已发现${days}天，待处理。`,
  tracking: (days, who) => `对${who}的督办已${days}天，待跟踪。`,
  notice: (days, who) => `${who}的异常已发现${days}天，待提醒、督办或者销号。`,
};

/** No text has a number of days for any of these: their age is told, and nothing more. */
export const dutyText = ({ code, ageDays, holder }: OpenDuty & { readonly ageDays: number }, names: Names): string =>
  dutyTexts[code]?.(ageDays, names.organ(holder)) ?? '';
