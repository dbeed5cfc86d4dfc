import type { FactType } from './fact.js';
import type { Uuid } from './ids.js';
import type { Json } from './json.js';

/**
 * 请求删除个人信息 of one subject (个人信息保护法 art. 47). One shape for every system, in the case's own stream: asked for
 * by one person, decided by another. `ground` is a code, `citation` the provision as cited.
 */
export interface ErasureRequested {
  readonly type: 'ErasureRequested';
  readonly data: {
    readonly subject: Uuid;
    readonly ground: string;
    readonly citation: string;
    /** Sealed: it may name somebody. */
    readonly reason: Json;
  };
}

/** 准予删除: after this fact is durable the subject's key is destroyed, and stays destroyed. */
export interface SubjectErased {
  readonly type: 'SubjectErased';
  readonly data: { readonly request: Uuid; readonly subject: Uuid };
}

/** 不予删除, for instance because a legal retention period runs. */
export interface ErasureRefused {
  readonly type: 'ErasureRefused';
  readonly data: { readonly request: Uuid; readonly reason: Json };
}

/** 删除情形 (个人信息保护法 art. 47, first paragraph, items 1 to 5), by the code a request names. */
export const ERASURE_GROUNDS: Readonly<Record<string, string>> = {
  purposeAchieved: '处理目的已实现、无法实现或者不再必要',
  retentionExpired: '停止提供服务或者保存期限已届满',
  consentWithdrawn: '个人撤回同意',
  unlawfulProcessing: '违反法律、行政法规或者约定处理',
  other: '法律、行政法规规定的其他情形',
};

export type Erasure = ErasureRequested | SubjectErased | ErasureRefused;

export const erasureFacts: Readonly<Record<Erasure['type'], FactType>> = {
  ErasureRequested: { version: 1, marks: { '/reason': 'text' } },
  SubjectErased: { version: 1 },
  ErasureRefused: { version: 1, marks: { '/reason': 'text' } },
};
