import type { By, Marked, Uuid } from '#libs/kernel';
import type { LimitUnit } from '#libs/law';
import type { Act } from './act.js';

/** 请求送达 — received by the requested organ. Either side may record it, with proof. It starts the providing clock. */
export interface AssistanceRequestDelivered {
  readonly type: 'AssistanceRequestDelivered';
  readonly data: Act & {
    readonly proof?: { readonly kind: string; readonly note?: Marked };
  };
}

/** 确认收到, by the requested organ: evidence of the delivery. It moves no clock. */
export interface AssistanceReceiptConfirmed {
  readonly type: 'AssistanceReceiptConfirmed';
  readonly data: Act;
}

/** 受理. It starts no clock. */
export interface AssistanceAccepted {
  readonly type: 'AssistanceAccepted';
  readonly data: Act & {
    /** 能否当场提供 (XM 16(2)). */
    readonly onSpotPossible?: boolean;
  };
}

/** 对事项类别提出异议, by the requested organ. Until it is decided the class stated in the request governs. */
export interface AssistanceClassDisputed {
  readonly type: 'AssistanceClassDisputed';
  readonly data: Act & {
    /** 主张的类别. */
    readonly matterClasses: readonly string[];
    readonly reason: Marked;
  };
}

/** 事项类别的确定: from then on the new class counts, from the same delivery. */
export interface AssistanceClassDecided {
  readonly type: 'AssistanceClassDecided';
  readonly data: Act & {
    readonly matterClasses: readonly string[];
    /** 确定机关: both parties, or who decides between them (XM 23). */
    readonly deciders: readonly Uuid[];
    readonly reason?: Marked;
  };
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
    /** 批准文号. */
    readonly documentNumber?: string;
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

export type HandlingFact =
  | AssistanceRequestDelivered
  | AssistanceReceiptConfirmed
  | AssistanceAccepted
  | AssistanceClassDisputed
  | AssistanceClassDecided
  | AssistanceStepRecorded
  | AssistanceExtensionApproved
  | AssistanceExtensionFiled;
