import type { LegalDate } from '#libs/kernel';

/** The unit a limit is counted in. Working days follow the calendar (调休 included); the first day is not counted. */
export type LimitUnit = 'workingDay' | 'calendarDay';

/**
 * 规则包: the law of one place as dated data. Facts are place-neutral; what differs between places stands here, as
 * values and as names of rule functions that a system implements.
 */
export interface RulePack {
  /** Short code, the prefix of its rule ids: `XM`. */
  readonly pack: string;
  /** 文件名称 and 文号, for people. */
  readonly instrument: string;
  readonly documentNumber: string;
  /** 行政区划 prefixes (GB/T 2260) of the organs it binds. */
  readonly regions: readonly string[];
  readonly effectiveFrom: LegalDate;
  readonly effectiveTo?: LegalDate;
  /** Counts corrections of this data under one effective date, from 1. */
  readonly edition: number;
  /** What each system needs, by the system's name (`assistance`). Its shape is that system's; law checks it is there. */
  readonly systems: Readonly<Record<string, SystemRules>>;
  /** 说明: what is a reading or a choice of this product and not in the text, for people. */
  readonly notes?: readonly string[];
}

/** What a pack says to one system. */
export interface SystemRules {
  /** The fact whose day picks the effective date, so that a new law never reaches an old case. */
  readonly governedBy: string;
  readonly clocks: readonly ClockRule[];
  readonly codes: Readonly<Record<string, readonly CodeEntry[]>>;
  /** Checks of a fact or of the whole case: the name of a rule function and the rule id it speaks for. */
  readonly checks: readonly CheckRule[];
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A statutory clock: which fact starts and stops it, how long it runs, who has the ball. */
export interface ClockRule {
  readonly clock: string;
  /** 名称, for people. */
  readonly name: string;
  /** Which fact starts and stops it are names the system knows. */
  readonly starts: string;
  readonly stops: string;
  readonly holder: string;
  /** The first entry whose `when` holds applies (`always`, or the name of a condition the system implements). */
  readonly limits: readonly {
    readonly when: string;
    readonly days: number;
    readonly unit: LimitUnit;
    readonly rule: string;
  }[];
  readonly extension?: {
    readonly days: number;
    readonly unit: LimitUnit;
    readonly maxCount: number;
    readonly rule: string;
  };
}

export interface CodeEntry {
  readonly code: string;
  readonly name: string;
  /** The rule the code stands for, where it stands for one. */
  readonly rule?: string;
  /** 等、其他: open entries go to a person, they are not refused. */
  readonly open?: true;
  /** 应载明的要素: what whoever gives the code is to tell beside it, by the names of the pack's list `particulars`. */
  readonly asks?: readonly string[];
  /** The rule said to have been broken is to be named beside the code. */
  readonly asksRule?: true;
  /** 紧急: the code is one of how an urgent request is made, and asks for the emergency. */
  readonly needsEmergency?: true;
  /** 不得: the code says that the act may not be done at all. */
  readonly forbids?: true;
}

export interface CheckRule {
  readonly check: string;
  readonly rule: string;
}

/** A pack as this ledger recorded it. `digest` is the SHA-256 (hex) of its canonical JSON. */
export interface PackEdition {
  readonly pack: RulePack;
  readonly digest: string;
}
