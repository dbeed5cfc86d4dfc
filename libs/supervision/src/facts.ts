import type { AnomalyKind, By, FactTypes, Instant, LegalDate, Marked, Uuid } from '#libs/kernel';
import type { Stage } from '#libs/law';

/** 被监察的案件: of which system it is, and whose. Every fact that may be the first of a file names it. */
export interface SupervisedCase {
  readonly category: string;
  readonly case: Uuid;
  readonly parties: readonly Uuid[];
}

/** 黄牌、红牌. */
export type CardColour = Exclude<Stage, 'warning'>;

/** What a warning or a card says of the clock it is about, as the case and the law stood when it was issued. */
export interface ClockTurned {
  readonly of: SupervisedCase;
  readonly clock: string;
  /** 时限名称, as the rule pack of the case then had it. */
  readonly name: string;
  readonly rule: string;
  readonly due: LegalDate;
  /** The organ that had the ball. */
  readonly holder: Uuid;
  readonly provisional: boolean;
  /** The instant at which it turned. It was issued when the event says; between them the service may have been away. */
  readonly turnedAt: Instant;
  /** The facts of the case it rests on. */
  readonly evidence: readonly Uuid[];
}

/** 预警: the limit runs out soon. A notice, no anomaly. */
export interface SupervisionWarningIssued {
  readonly type: 'SupervisionWarningIssued';
  readonly data: ClockTurned;
}

/** 黄牌或者红牌 (PW 十(二)5 发现, 时效性): the limit has run out. A candidate, never a finding. */
export interface SupervisionCardIssued {
  readonly type: 'SupervisionCardIssued';
  readonly data: ClockTurned & { readonly colour: CardColour };
}

/** Why what was issued no longer holds by the case and the law as they now stand. */
export const WITHDRAWN_BECAUSE = ['dueMoved', 'stoppedInTime', 'stoppedBeforeTurn', 'notApplicable'] as const;
export type WithdrawnBecause = (typeof WITHDRAWN_BECAUSE)[number];

interface Withdrawal {
  /** The event that issued it. It stays visible. */
  readonly issued: Uuid;
  readonly because: WithdrawnBecause;
  /** The due day by now. */
  readonly dueNow?: LegalDate;
}

/** 预警撤回. */
export interface SupervisionWarningWithdrawn {
  readonly type: 'SupervisionWarningWithdrawn';
  readonly data: Withdrawal;
}

/** 亮牌撤回: an extension, a correction or a recompute moved the day, or what was done in time was recorded late. */
export interface SupervisionCardWithdrawn {
  readonly type: 'SupervisionCardWithdrawn';
  readonly data: Withdrawal;
}

/** 异常发现 (PW 十(二)5, 流程合法性、信息完整性): a flag of the case, still there at the end of the day. A candidate. */
export interface SupervisionAnomalyDetected {
  readonly type: 'SupervisionAnomalyDetected';
  readonly data: {
    readonly of: SupervisedCase;
    readonly kind: AnomalyKind;
    readonly rule: string;
    /** The flag's code, and its sentence as the system of the case then told it. */
    readonly code: string;
    readonly says: string;
    /** The organ that the flag names, else the one that recorded what it rests on, where it was one. */
    readonly holder?: Uuid;
    readonly evidence: readonly Uuid[];
    /** What tells it apart from others of the same rule, code and evidence: the organ and the item that the flag names. */
    readonly apart?: string;
  };
}

/** 异常消除: the case's records no longer show it. It stays visible. */
export interface SupervisionAnomalyCleared {
  readonly type: 'SupervisionAnomalyCleared';
  readonly data: {
    readonly anomaly: Uuid;
    /** Found before flags named organ and item, it stood for all of them: each is found anew. */
    readonly because?: 'toldApart';
  };
}

/** What a person does about an anomaly: the event of its first card, or by which it was detected. */
interface AboutAnomaly {
  readonly anomaly: Uuid;
  readonly by?: By;
}

/** 提醒. */
export interface SupervisionReminderSent {
  readonly type: 'SupervisionReminderSent';
  readonly data: AboutAnomaly & { readonly to: Uuid; readonly message: Marked };
}

/** 督办, with a due day of its own. */
export interface SupervisedHandlingOrdered {
  readonly type: 'SupervisedHandlingOrdered';
  readonly data: AboutAnomaly & {
    readonly to: Uuid;
    /** 督办编号. */
    readonly orderNumber?: string;
    readonly due: LegalDate;
    /** The day was counted from the pack's number of days and not set by the person. */
    readonly dueCounted?: true;
    /** Counted into days of which no notice of holidays told yet. */
    readonly dueProvisional?: true;
    readonly requirement: Marked;
  };
}

/** 督办跟踪 (PW 十(二)5). */
export interface SupervisedHandlingTracked {
  readonly type: 'SupervisedHandlingTracked';
  readonly data: AboutAnomaly & { readonly note: Marked };
}

/** 异常处理, by the organ concerned or by who supervises. */
export interface AnomalyHandled {
  readonly type: 'AnomalyHandled';
  readonly data: AboutAnomaly & { readonly measures: Marked };
}

/** 考核: the entry of an anomaly in an assessment. */
export interface AnomalyAssessed {
  readonly type: 'AnomalyAssessed';
  readonly data: AboutAnomaly & { readonly assessed: Uuid; readonly entry: Marked };
}

/** 销号: a false alarm, by a person with a reason; it stays visible. Not in any text. */
export interface AnomalyDismissed {
  readonly type: 'AnomalyDismissed';
  readonly data: AboutAnomaly & { readonly reason: Marked };
}

/** 申诉, of the organ concerned. */
export interface AnomalyAppealed {
  readonly type: 'AnomalyAppealed';
  readonly data: AboutAnomaly & { readonly reason: Marked };
}

export const APPEAL_OUTCOMES = ['upheld', 'rejected'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** 申诉决定, by a person with no hand in what it is about. Upheld, the anomaly counts no more. */
export interface AnomalyAppealDecided {
  readonly type: 'AnomalyAppealDecided';
  readonly data: AboutAnomaly & { readonly appeal: Uuid; readonly outcome: AppealOutcome; readonly reason: Marked };
}

/** What the service records by itself. */
export type WatchedFact =
  | SupervisionWarningIssued
  | SupervisionWarningWithdrawn
  | SupervisionCardIssued
  | SupervisionCardWithdrawn
  | SupervisionAnomalyDetected
  | SupervisionAnomalyCleared;

/** What persons record. */
export type PersonalFact =
  | SupervisionReminderSent
  | SupervisedHandlingOrdered
  | SupervisedHandlingTracked
  | AnomalyHandled
  | AnomalyAssessed
  | AnomalyDismissed
  | AnomalyAppealed
  | AnomalyAppealDecided;

export type SupervisionFact = WatchedFact | PersonalFact;
export type SupervisionFactType = SupervisionFact['type'];
export type DataOf = { readonly [F in SupervisionFact as F['type']]: F['data'] };

const stored = (...texts: readonly string[]) => ({
  version: 1,
  ...(texts.length > 0 && { marks: Object.fromEntries(texts.map((at) => [at, 'text' as const])) }),
});

/** How each is stored. */
export const supervisionFacts: FactTypes<SupervisionFact> = {
  SupervisionWarningIssued: stored(),
  SupervisionWarningWithdrawn: stored(),
  SupervisionCardIssued: stored(),
  SupervisionCardWithdrawn: stored(),
  SupervisionAnomalyDetected: stored(),
  SupervisionAnomalyCleared: stored(),
  SupervisionReminderSent: stored('/message'),
  SupervisedHandlingOrdered: stored('/requirement'),
  SupervisedHandlingTracked: stored('/note'),
  AnomalyHandled: stored('/measures'),
  AnomalyAssessed: stored('/entry'),
  AnomalyDismissed: stored('/reason'),
  AnomalyAppealed: stored('/reason'),
  AnomalyAppealDecided: stored('/reason'),
};
