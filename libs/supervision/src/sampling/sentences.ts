import type { By, Names, OpenDuty, Recorded } from '#libs/kernel';
import { clause } from '../texts.js';
import type { CheckOutcome, Frame, SamplingDataOf, SamplingFact, SamplingFactType } from './facts.js';
import type { SampleStatus } from './sample-state.js';

type Sentence<T extends SamplingFactType> = (data: SamplingDataOf[T], names: Names) => string;

export const outcomeWords: Readonly<Record<CheckOutcome, string>> = { inOrder: '符合', notInOrder: '不符合' };

export const statusWords: Readonly<Record<SampleStatus, string>> = {
  fixed: '已确定总体，待抽取',
  drawn: '已抽取，待检查',
  checked: '已检查完毕',
};

/** 总体 in words. */
export const frameText = ({ organs, from, to, status, count }: Frame, names: Names): string => {
  const [organ = '', ...more] = organs;
  const whose = more.length === 0 ? names.organ(organ as Frame['organs'][number]) : `${organs.length}个机关`;
  return `${whose}自${from}至${to}立案${status === undefined ? '' : `、状态为${status}`}的案件共${count}件`;
};

/** 抽取件数: of more than there are, all are drawn. */
export const sizeText = (size: number, { count }: Pick<Frame, 'count'>): string =>
  size > count ? `${count}件（拟抽取${size}件，总体不足，全部抽取）` : `${size}件`;

const sentences: { readonly [T in SamplingFactType]: Sentence<T> } = {
  SampleFrameFixed: ({ frame, size, algorithm, reason, by }, names) =>
    `${acted(by, names)}确定抽查总体：${frameText(frame, names)}，拟按${algorithm}抽取${sizeText(size, frame)}` +
    `${reason === undefined ? '' : `，事由是${clause(reason)}`}。`,
  SampleDrawn: ({ cases, seed }) => `随机抽取${cases.length}件，种子为${seed}。`,
  SampleChecked: ({ case: of, outcome, rules, remark, replaces, by }, names) =>
    `${acted(by, names)}${replaces === undefined ? '' : '更正抽查结果，'}抽查案件${of}：${outcomeWords[outcome]}${rules.length === 0 ? '' : `（${rules.join('、')}）`}` +
    `${remark === undefined ? '' : `，${clause(remark)}`}。`,
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased. */
export function sentence(fact: Recorded<SamplingFact>, names: Names): string {
  // The table has the sentence of exactly this type of fact, which a union of functions cannot say.
  const say = sentences[fact.type] as (data: object, names: Names) => string;
  return say(fact.data, names);
}

/** No text has a number of days for it: its age is told, and nothing more. */
export const dutyText = ({ ageDays, holder }: OpenDuty & { readonly ageDays: number }, names: Names): string =>
  `${names.organ(holder)}的抽查已抽取${ageDays}天，尚有案件待检查。`;

const acted = (by: By | undefined, names: Names): string =>
  by ? `${names.organ(by.organ)}${by.post}${names.person(by.person)}` : '';
