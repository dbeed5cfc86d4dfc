import type { LegalDate, Marked, Uuid } from '#libs/kernel';
import type { Act, Material, Side } from './act.js';

/** 负责人员 of one side as its register names them (XM 15(5)). */
export interface ResponsibleOfficer {
  readonly person: Uuid;
  readonly organ: Uuid;
  readonly post: string;
  readonly contact?: Marked;
}

/** 台账所列相对人: one the case names already, or one first named here. Fields left out are those the case has. */
export interface RegisteredCounterparty {
  readonly subject: Uuid;
  readonly name?: Marked;
  readonly address?: Marked;
  readonly contact?: Marked;
}

/**
 * 登记《行政协助请求工作台账》(XM 15), each side in its own register. A later entry of a side adds to its earlier ones: of
 * each field what it said last holds.
 */
export interface AssistanceRegisterEntryMade {
  readonly type: 'AssistanceRegisterEntryMade';
  readonly data: Act & {
    readonly side: Side;
    /** 台账编号. */
    readonly entryNumber: string;
    /** 协议书订立日期. */
    readonly agreementSignedOn?: LegalDate;
    /** 请求提出日期, as the register has it. */
    readonly requestMadeOn?: LegalDate;
    /** 书面材料名称. */
    readonly documentName?: Marked;
    readonly documentNumber?: string;
    /** 是否督办. */
    readonly supervised?: boolean;
    readonly counterparties?: readonly RegisteredCounterparty[];
    readonly materials?: readonly Material[];
    readonly responsible?: readonly ResponsibleOfficer[];
    /** 协助结果反馈情况. */
    readonly feedbackSummary?: Marked;
    readonly feedbackOn?: LegalDate;
    /** 其他应当记载的事项. */
    readonly other?: Marked;
  };
}

/** 办结. */
export interface AssistanceClosed {
  readonly type: 'AssistanceClosed';
  readonly data: Act & { readonly note?: Marked };
}

/** 卷宗归档, by each side (XM 15(7)). */
export interface AssistanceArchived {
  readonly type: 'AssistanceArchived';
  readonly data: Act & {
    readonly side: Side;
    /** 归档地. */
    readonly location: Marked;
    /** 卷宗编号. */
    readonly archiveNumber: string;
  };
}

/** 启动突发事件或紧急状态下的处置 (XM 17): it occurs on its first day. Whether clocks give way is the pack's to say. */
export interface AssistanceEmergencyRegimeActivated {
  readonly type: 'AssistanceEmergencyRegimeActivated';
  readonly data: Act & {
    /** 启动文号. */
    readonly activationDocument: string;
    /** 应急预案. */
    readonly plan?: Marked;
  };
}

/** 应急处置结束: it occurs on the first day without it. */
export interface AssistanceEmergencyRegimeEnded {
  readonly type: 'AssistanceEmergencyRegimeEnded';
  readonly data: Act & { readonly documentNumber?: string };
}

export const ASSESSMENT_OUTCOMES = ['met', 'breached', 'notApplicable', 'undetermined'] as const;
export type AssessmentOutcome = (typeof ASSESSMENT_OUTCOMES)[number];

/** 认定: a person's decision on a rule that software cannot decide. */
export interface AssistanceRuleAssessed {
  readonly type: 'AssistanceRuleAssessed';
  readonly data: Act & {
    readonly rule: string;
    /** The events it is about. */
    readonly about: readonly Uuid[];
    readonly outcome: AssessmentOutcome;
    readonly reason: Marked;
  };
}

export type KeepingFact =
  | AssistanceRegisterEntryMade
  | AssistanceClosed
  | AssistanceArchived
  | AssistanceEmergencyRegimeActivated
  | AssistanceEmergencyRegimeEnded
  | AssistanceRuleAssessed;
