import type { By, FactTypes, Judged, LegalDate, Marked, Uuid } from '#libs/kernel';
import type { LimitUnit } from '#libs/law';

/**
 * The facts of 行政协助. They belong to no place: README.md has the table act × place. When the act took place is the
 * event's `occurredAt`, and stands nowhere in the data. `judged` is history for people; no fold reads it.
 */
interface Act {
  /** Who performed or signed the act, where the paper says so. */
  readonly by?: By;
  readonly judged?: readonly Judged[];
}

/** A code of an open list; `note` says what 其他 means. */
export interface CodedGround {
  readonly code: string;
  readonly note?: Marked;
}

/** 辅助和佐证资料 handed over with the request. */
export interface Material {
  readonly name: Marked;
  readonly copies: number;
}

/** 行政相对人, of whom a case may have several (XM-15-3). Every field but `subject` is personal data and sealed under that subject's key. */
export interface Counterparty {
  readonly subject: Uuid;
  readonly name: Marked;
  readonly idNumber?: Marked;
  readonly address?: Marked;
  readonly contact?: Marked;
}

/** 提出协助请求 — the request as it was sent. It opens the case. */
export interface AssistanceRequested {
  readonly type: 'AssistanceRequested';
  readonly data: Act & {
    readonly requesting: Uuid;
    readonly requested: Uuid;
    /** 请求事项. */
    readonly matter: Marked;
    readonly legalBasis?: Marked;
    /** 请求情形. */
    readonly grounds: readonly CodedGround[];
    /** 事项类别: the classes the requester states; one special class is enough in a mixed request. */
    readonly matterClasses: readonly string[];
    /** 临时性、阶段性、长期性. */
    readonly duration?: string;
    /** 请求形式. */
    readonly form: string;
    /** 文号. */
    readonly documentNumber?: string;
    readonly requestedManner?: Marked;
    /** The requester's own date, which is not the statutory limit. */
    readonly requestedDueOn?: LegalDate;
    readonly materials?: readonly Material[];
    readonly counterparties?: readonly Counterparty[];
  };
}

/** 请求送达 — received by the requested organ. Either side may record it, with proof. It starts the providing clock. */
export interface AssistanceRequestDelivered {
  readonly type: 'AssistanceRequestDelivered';
  readonly data: Act & {
    readonly proof?: { readonly kind: string; readonly note?: Marked };
  };
}

/** 受理. It starts no clock. */
export interface AssistanceAccepted {
  readonly type: 'AssistanceAccepted';
  readonly data: Act;
}

/** 办理步骤 of the requested organ; `by` is the named handler. */
export interface AssistanceStepRecorded {
  readonly type: 'AssistanceStepRecorded';
  readonly data: Act & { readonly step: Marked; readonly by: By };
}

/** 批准延长协助期限; `by` is the approver. Always recorded; what it moves is assessed. */
export interface AssistanceExtensionApproved {
  readonly type: 'AssistanceExtensionApproved';
  readonly data: Act & {
    /** 特殊情况. */
    readonly circumstance: Marked;
    /** Days granted; what the pack allows when left out. */
    readonly days?: number;
    /**
     * What `days` are counted in: the unit of the pack's extension in hand when it was recorded. It stands here also
     * without `days`, so that a correction that adds them need not guess it; left out where the pack knew no extension.
     */
    readonly unit?: LimitUnit;
    readonly by: By;
  };
}

/** 延长期限报送备案. */
export interface AssistanceExtensionFiled {
  readonly type: 'AssistanceExtensionFiled';
  readonly data: Act & {
    /** The event that recorded the extension. */
    readonly extension: Uuid;
    readonly filingNumber: string;
    /** 备案机关. */
    readonly office?: Uuid;
  };
}

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

/** 办结. */
export interface AssistanceClosed {
  readonly type: 'AssistanceClosed';
  readonly data: Act & { readonly note?: Marked };
}

export type AssistanceFact =
  | AssistanceRequested
  | AssistanceRequestDelivered
  | AssistanceAccepted
  | AssistanceStepRecorded
  | AssistanceExtensionApproved
  | AssistanceExtensionFiled
  | AssistanceProvided
  | AssistanceFeedbackGiven
  | AssistanceClosed;

/** How each is stored. A mark says what a field may name; marked values reach the log sealed only. */
export const assistanceFacts: FactTypes<AssistanceFact> = {
  AssistanceRequested: {
    version: 1,
    marks: {
      '/matter': 'text',
      '/legalBasis': 'text',
      '/grounds/*/note': 'text',
      '/requestedManner': 'text',
      '/materials/*/name': 'text',
      '/counterparties/*/name': 'personal',
      '/counterparties/*/idNumber': 'personal',
      '/counterparties/*/address': 'personal',
      '/counterparties/*/contact': 'personal',
    },
  },
  AssistanceRequestDelivered: { version: 1, marks: { '/proof/note': 'text' } },
  AssistanceAccepted: { version: 1 },
  AssistanceStepRecorded: { version: 1, marks: { '/step': 'text' } },
  AssistanceExtensionApproved: { version: 1, marks: { '/circumstance': 'text' } },
  AssistanceExtensionFiled: { version: 1 },
  AssistanceProvided: { version: 1, marks: { '/performedScope': 'text' } },
  AssistanceFeedbackGiven: {
    version: 1,
    marks: { '/matter': 'text', '/course': 'text', '/result': 'text', '/other': 'text' },
  },
  AssistanceClosed: { version: 1, marks: { '/note': 'text' } },
};
