import type { By, LegalDate, Marked, Uuid } from '#libs/kernel';
import type { Act, CodedGround, Counterparty, Material } from './act.js';

/** 遇到障碍 (XM 16(1)) — it occurs on the day the obstacle was met, and may open the case. It starts the requesting clock. */
export interface AssistanceObstacleNoted {
  readonly type: 'AssistanceObstacleNoted';
  readonly data: Act & {
    readonly requesting: Uuid;
    readonly obstacle: Marked;
    /** The day it was met is not known: `occurredAt` is then the day of the note, and no clock can be judged by it. */
    readonly dateUnknown?: true;
    /** 情形 of 第九、十、十一条 the obstacle meets, as far as known then. */
    readonly grounds?: readonly CodedGround[];
  };
}

/** 决定不提出请求. 第九条 is 可以; beside a ground of 第十条 it is flagged and stops nothing. */
export interface AssistanceRequestForgone {
  readonly type: 'AssistanceRequestForgone';
  readonly data: Act & { readonly reason: Marked };
}

/** 紧急情况 (XM 7(2)): why and how a request was made before its formalities. */
export interface Emergency {
  readonly grounds: readonly CodedGround[];
  /** 口头、电话、视频、传真、电子邮件等. */
  readonly channel: string;
  readonly channelNote?: Marked;
  /** 提出人. */
  readonly caller?: By;
  /** 接收人. */
  readonly receiver?: By;
}

/** 提出协助请求 — the request as it was sent. It opens the case, unless an obstacle did; it stops the requesting clock. */
export interface AssistanceRequested {
  readonly type: 'AssistanceRequested';
  readonly data: Act & {
    readonly requesting: Uuid;
    readonly requested: Uuid;
    /** 请求事项. */
    readonly matter: Marked;
    readonly legalBasis?: Marked;
    /** 部门职能对照 (XM 6(1)). */
    readonly functionMatch?: Marked;
    /** 清单事项编码. */
    readonly catalogueItem?: string;
    /** 《行政协助协议书》编号. */
    readonly agreementNumber?: string;
    /** 请求情形. */
    readonly grounds: readonly CodedGround[];
    /** 事项类别: the classes the requester states; one special class is enough in a mixed request. */
    readonly matterClasses: readonly string[];
    /** 临时性、阶段性、长期性. */
    readonly duration?: string;
    /** 请求形式. */
    readonly form: string;
    readonly emergency?: Emergency;
    /** 文号. */
    readonly documentNumber?: string;
    readonly requestedManner?: Marked;
    /** The requester's own date, which is not the statutory limit. */
    readonly requestedDueOn?: LegalDate;
    readonly materials?: readonly Material[];
    readonly counterparties?: readonly Counterparty[];
  };
}

/** 补办手续 (XM 7(2)) of an urgent request. It restarts no clock. */
export interface AssistanceFormalitiesMadeUp {
  readonly type: 'AssistanceFormalitiesMadeUp';
  readonly data: Act & { readonly documentNumber: string };
}

/** 补交辅助和佐证资料, after the request. */
export interface AssistanceMaterialsHandedOver {
  readonly type: 'AssistanceMaterialsHandedOver';
  readonly data: Act & { readonly materials: readonly Material[] };
}

export type RequestingFact =
  | AssistanceObstacleNoted
  | AssistanceRequestForgone
  | AssistanceRequested
  | AssistanceFormalitiesMadeUp
  | AssistanceMaterialsHandedOver;
