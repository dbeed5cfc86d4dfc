import type { Marked, Uuid } from '#libs/kernel';
import type { Act, Particular } from './act.js';

/** 提供协助. It stops the providing clock. */
export interface AssistanceProvided {
  readonly type: 'AssistanceProvided';
  readonly data: Act & {
    readonly onSpot: boolean;
    /** 实际协助范围. */
    readonly performedScope: Marked;
    /** 以谁的名义: the organ in whose name the act was signed; left out when the paper does not say. */
    readonly signedInNameOf?: Uuid;
    readonly documentNumber?: string;
  };
}

/** 书面反馈. What an element lacks is flagged, not refused. */
export interface AssistanceFeedbackGiven {
  readonly type: 'AssistanceFeedbackGiven';
  readonly data: Act & {
    /** 协助工作事项. */
    readonly matter?: Marked;
    /** 协助开展过程. */
    readonly course?: Marked;
    /** 协助结论或者结果. */
    readonly result?: Marked;
    /** 其他应当说明的情况. */
    readonly other?: Marked;
    readonly documentNumber?: string;
  };
}

/** 不能按要求、不能按期、不能提供: what the requested organ says it cannot do (XM 6(2)). Only the last ends the case's clock. */
export const INABILITY_KINDS = ['manner', 'date', 'cannotProvide'] as const;
export type InabilityKind = (typeof INABILITY_KINDS)[number];

/** 告知不能提供协助, or not in the manner or by the date that was asked for. */
export interface AssistanceInabilityNotified {
  readonly type: 'AssistanceInabilityNotified';
  readonly data: Act & {
    readonly kind: InabilityKind;
    /** 事由: a code of the pack's list: may refuse, must not assist, or another, which goes to a person. */
    readonly cause?: string;
    readonly causeNote?: Marked;
    /** What the cause asks to be told. */
    readonly particulars?: readonly Particular[];
    /** 违反的程序规则, where the cause is that the request broke one. */
    readonly violatedRule?: string;
    /** 理由. */
    readonly reason?: Marked;
    /** 书面告知文号; left out when it was not in writing. */
    readonly documentNumber?: string;
  };
}

/** 退回资料: how many of which material went back. */
export interface ReturnedMaterial {
  /** The event that recorded the handing over, and the place in its list, from 0. */
  readonly handedOver: Uuid;
  readonly item: number;
  readonly copies: number;
}

/** 退回辅助和佐证资料 (XM 6(2)), matched against what was handed over. */
export interface AssistanceMaterialsReturned {
  readonly type: 'AssistanceMaterialsReturned';
  readonly data: Act & {
    readonly returned: readonly ReturnedMaterial[];
    /** 签收. */
    readonly receipt?: Marked;
  };
}

/** 未移交资料: the requested organ declares that none was handed over. */
export interface AssistanceNoMaterialsDeclared {
  readonly type: 'AssistanceNoMaterialsDeclared';
  readonly data: Act;
}

/** 提请复核: recorded by the service itself, by a reaction, for a supervisor to look at `about` (KESU-3, a product hint). */
export interface AssistanceReviewRequested {
  readonly type: 'AssistanceReviewRequested';
  readonly data: Act & { readonly about: Uuid };
}

export type AnsweringFact =
  | AssistanceProvided
  | AssistanceFeedbackGiven
  | AssistanceInabilityNotified
  | AssistanceMaterialsReturned
  | AssistanceNoMaterialsDeclared
  | AssistanceReviewRequested;
