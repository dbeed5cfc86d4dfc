import { dayOf, dayOfOccurrence, type By, type Instant, type LegalDate, type Names, type Recorded } from '#libs/kernel';
import { reservation } from '#libs/law';
import type { DataOf, SupervisionFact, SupervisionFactType } from './facts.js';
import { becauseWords, cardText, clause, clauseOf, colourWords, kindWord, outcomeWords, warningLine } from './texts.js';

/** What the fact says, and the day on which it took place. */
type Sentence<T extends SupervisionFactType> = (data: DataOf[T], names: Names, on: LegalDate) => string;

/** One sentence per kind of fact. What the service finds is a candidate; only a person finds. */
const sentences: { readonly [T in SupervisionFactType]: Sentence<T> } = {
  SupervisionWarningIssued: (data, names, issuedOn) => warningLine({ ...data, issuedOn }, names),
  SupervisionWarningWithdrawn: ({ because, dueNow }) => `预警撤回：${becauseWords[because]}${movedTo(dueNow)}。`,
  SupervisionCardIssued: ({ name, due, holder, provisional, colour, turnedAt }, names, issuedOn) =>
    `${colourWords[colour]}${belated(cardText({ turnedAt, issuedOn, colour }), turnedAt, issuedOn)}：${names.organ(holder)}的${name}已于${due}届满${reservation(provisional)}，` +
    `届满时未见完成的记录；是否逾期由人认定。`,
  SupervisionCardWithdrawn: ({ because, dueNow }) => `亮牌撤回：${becauseWords[because]}${movedTo(dueNow)}。`,
  SupervisionAnomalyDetected: ({ kind, says }) => `发现异常（${kindWord(kind)}）：${clauseOf(says)}。`,
  SupervisionAnomalyCleared: ({ because }) =>
    because === undefined ? '异常消除：记录已不再显示这一疑点。' : '异常消除：这一疑点已改按机关和项目分别列出。',
  SupervisionReminderSent: ({ to, message, by }, names) =>
    `${acted(by, names)}提醒${names.organ(to)}：${clause(message)}。`,
  SupervisedHandlingOrdered: ({ to, orderNumber, due, dueCounted, dueProvisional = false, requirement, by }, names) =>
    `${acted(by, names)}督办${numbered(orderNumber)}，由${names.organ(to)}最迟于${due}${reservation(dueProvisional)}办结` +
    `${dueCounted ? '（期限按规则包的默认天数计算）' : ''}：${clause(requirement)}。`,
  SupervisedHandlingTracked: ({ note, by }, names) => `${acted(by, names)}跟踪督办：${clause(note)}。`,
  AnomalyHandled: ({ measures, by }, names) => `${acted(by, names)}处理异常：${clause(measures)}。`,
  AnomalyAssessed: ({ assessed, entry, by }, names) =>
    `${acted(by, names)}将异常记入${names.organ(assessed)}的考核：${clause(entry)}。`,
  AnomalyDismissed: ({ reason, by }, names) => `${acted(by, names)}将异常销号，理由是${clause(reason)}。`,
  AnomalyAppealed: ({ reason, by }, names) => `${acted(by, names)}就异常提出申诉，理由是${clause(reason)}。`,
  AnomalyAppealDecided: ({ outcome, reason, by }, names) =>
    `${acted(by, names)}决定${outcomeWords[outcome]}，理由是${clause(reason)}。`,
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased. */
export function sentence(fact: Recorded<SupervisionFact>, names: Names): string {
  // The table has the sentence of exactly this type of fact, which a union of functions cannot say.
  const say = sentences[fact.type] as (data: object, names: Names, on: LegalDate) => string;
  return say(fact.data, names, dayOfOccurrence(fact.occurredAt));
}

/** Both days of what was issued on a later one than it turned. */
const belated = (text: string, turnedAt: Instant, issuedOn: LegalDate): string =>
  dayOf(turnedAt) === issuedOn ? '' : `（${text}）`;

const movedTo = (due: string | undefined): string => (due === undefined ? '' : `，现为${due}`);

const numbered = (orderNumber: string | undefined): string => (orderNumber ? `（${orderNumber}）` : '');

const acted = (by: By | undefined, names: Names): string =>
  by ? `${names.organ(by.organ)}${by.post}${names.person(by.person)}` : '';
