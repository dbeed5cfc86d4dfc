import type { CommonFact } from './common-fact.js';
import { ERASURE_GROUNDS } from './erasure.js';
import type { Recorded } from './fact.js';
import { isUuid } from './ids.js';
import { inShanghai, isInstant } from './instant.js';
import type { ClocksRecomputed, ClockStand } from './recomputing.js';
import type { Names } from './names.js';

/** What a common fact is about, as a reader of the timeline knows it. */
export interface About {
  /** 第几项: the record that is corrected. */
  readonly item?: number | undefined;
  /** The name of the corrected field. */
  readonly field?: string | undefined;
  /** What an erasure is of; one person's data, when left out. */
  readonly erased?: 'text' | 'document';
}

const ERASED_WORDS = { person: '个人信息', text: '本案文字中的内容', document: '附件' } as const;

/** The sentence of a fact common to all systems, its marked values opened or replaced by the word for erased. */
export function commonSentence({ type, data }: Recorded<CommonFact>, about: About, names: Names): string {
  const field = `第${about.item ?? '？'}项的“${about.field ?? '所指字段'}”`;
  const erased = ERASED_WORDS[about.erased ?? 'person'];
  switch (type) {
    case 'CorrectionRequested': {
      const from = data.before === undefined ? '' : `由“${worded(data.before, names)}”`;
      const to = data.after === undefined ? '删去' : `改为“${worded(data.after, names)}”`;
      return `申请更正${field}：${from}${to}，理由是${clause(data.reason)}。`;
    }
    case 'FactCorrected':
      return `准予更正${field}，自此以更正后的内容为准，原记录保留。`;
    case 'CorrectionRefused':
      return `不予更正${field}：${clause(data.reason)}。`;
    case 'ErasureRequested': {
      const ground = ERASURE_GROUNDS[data.ground] ?? data.ground;
      return `申请删除${erased}（${ground}；依据${clause(data.citation)}），理由是${clause(data.reason)}。`;
    }
    case 'SubjectErased':
      return `准予删除${erased}：有关内容自此不可再读，密钥随即销毁。`;
    case 'ErasureRefused':
      return `不予删除${erased}：${clause(data.reason)}。`;
    case 'ClocksRecomputed':
      return recomputedSentence(data);
  }
}

/** 因何重新计算，由何日改为何日. */
function recomputedSentence({ because, clocks, flagged = [], unflagged = [] }: ClocksRecomputed['data']): string {
  const moved = clocks.map(({ name, before, after }) => `${name}由${stood(before)}改为${stood(after)}`);
  const rules = [
    ...(flagged.length > 0 ? [`新增提示${flagged.join('、')}`] : []),
    ...(unflagged.length > 0 ? [`不再提示${unflagged.join('、')}`] : []),
  ];
  return `因${because.title}，重新计算：${[...moved, ...rules].join('；')}。`;
}

function stood(stand: ClockStand | undefined): string {
  if (!stand || stand.notApplicable !== undefined) return '不适用';
  const at = stand.dueAt === undefined ? stand.due : inShanghai(stand.dueAt);
  return at === undefined ? '不能判定' : `${at}${stand.provisional ? '（暂定）' : ''}`;
}

/** A value of any field in words: times as on a clock in Shanghai, organs and persons by name. */
export function worded(value: unknown, names: Names): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return isUuid(value) ? named(value, names) : isInstant(value) ? inShanghai(value) : value;
  if (value === null || typeof value !== 'object') return '';
  return Object.values(value)
    .map((item) => worded(item, names))
    .join('、');
}

function named(id: Parameters<Names['organ']>[0], { organ, person }: Names): string {
  const name = organ(id);
  return name === id ? person(id) : name;
}

/** The text without the stop it ends with, so that the sentence has one. */
const clause = (value: unknown): string =>
  (typeof value === 'string' ? value : '〔密封〕').trim().replace(/[。．.；;，,！!]+$/u, '');
