import type { By, FactTypes, LegalDate, Marked, Position, Uuid } from '#libs/kernel';

/** 总体条件: which cases may be drawn: of a system, of these organs as either side, opened on these days. */
export interface FrameCriteria {
  readonly category: string;
  /** In ascending order. */
  readonly organs: readonly Uuid[];
  /** 立案之日, both included. */
  readonly from: LegalDate;
  readonly to: LegalDate;
  /** The status of the case file, where only such cases count. */
  readonly status?: string;
}

/** 抽样总体 as it was read: so many cases at one place of the log, and the digest of their ids (`frameDigest`). */
export interface Frame extends FrameCriteria {
  readonly position: Position;
  readonly count: number;
  readonly digest: string;
}

/**
 * 抽查立项 (PW 十(二)5; 厦门办法第二十五条): the frame is fixed, and how many are to be drawn from it, before anybody can know the
 * seed: that follows from the salt which the service draws for this very event when it is stored.
 */
export interface SampleFrameFixed {
  readonly type: 'SampleFrameFixed';
  readonly data: {
    readonly frame: Frame;
    readonly size: number;
    /** How it will be drawn (`DRAWING`). */
    readonly algorithm: string;
    readonly reason?: Marked;
    readonly by?: By;
  };
}

/** 抽取, by the service itself: nobody chooses whether, when or how. */
export interface SampleDrawn {
  readonly type: 'SampleDrawn';
  readonly data: {
    /** The event that fixed the frame, and the salt it stands in the log with. */
    readonly fixed: Uuid;
    readonly salt: string;
    /** Of salt and frame (`seedOf`). */
    readonly seed: string;
    readonly algorithm: string;
    /** In the order of their ranks (`drawnBy`). */
    readonly cases: readonly Uuid[];
  };
}

export const CHECK_OUTCOMES = ['inOrder', 'notInOrder'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** 抽查结果 of one case drawn, by a person. */
export interface SampleChecked {
  readonly type: 'SampleChecked';
  readonly data: {
    readonly case: Uuid;
    readonly outcome: CheckOutcome;
    /** Of the catalogue; none where all is in order. */
    readonly rules: readonly string[];
    readonly remark?: Marked;
    /** 更正: the event whose result this one corrects, recorded by somebody else. It stays visible. */
    readonly replaces?: Uuid;
    readonly by?: By;
  };
}

export type SamplingFact = SampleFrameFixed | SampleDrawn | SampleChecked;
export type SamplingFactType = SamplingFact['type'];
export type SamplingDataOf = { readonly [F in SamplingFact as F['type']]: F['data'] };

/** How each is stored. */
export const samplingFacts: FactTypes<SamplingFact> = {
  SampleFrameFixed: { version: 1, marks: { '/reason': 'text' } },
  SampleDrawn: { version: 1 },
  SampleChecked: { version: 1, marks: { '/remark': 'text' } },
};
