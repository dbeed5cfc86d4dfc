import type { LegalDate } from '#libs/kernel';
import type { ClockRule } from './clock-rule.js';
import type { OrganRole } from './organ-role.js';

/**
 * 规则包: the law of one place as dated data. Facts are place-neutral; what differs between places stands here, as
 * values and as names of rule functions that a system implements.
 */
export interface RulePack {
  /** Short code, the prefix of its rule ids: `XM`. */
  readonly pack: string;
  /** 文件名称 and 文号, for people; a text that names no 文号 has none. */
  readonly instrument: string;
  readonly documentNumber?: string;
  /** 行政区划 prefixes (GB/T 2260) of the organs it binds; empty only while the text names no place and is not in force. */
  readonly regions: readonly string[];
  /** 施行日期. Without it the text is not in force: it applies to no case. */
  readonly effectiveFrom?: LegalDate;
  readonly effectiveTo?: LegalDate;
  /** 范文: a sample and nobody's law, until a place adopts it by an edition with a date. */
  readonly sample?: true;
  /** Counts corrections of this data under one effective date, from 1. */
  readonly edition: number;
  /** What each system needs, by the system's name (`assistance`). Its shape is that system's; law checks it is there. */
  readonly systems: Readonly<Record<string, SystemRules>>;
  /** 机构指称: the bodies the text names by their office, and which organs of the register they are, from when to when. */
  readonly roles?: readonly OrganRole[];
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
  /** The rules that values rest on, by the value's name. */
  readonly cites?: Readonly<Record<string, string>>;
  /** 应载明的内容: what a document or an act is to say, by the document's name. */
  readonly fields?: Readonly<Record<string, readonly FieldEntry[]>>;
  /** 争议解决的层级, by the kind of dispute: its rungs from the first to the last. */
  readonly ladders?: Readonly<Record<string, readonly Rung[]>>;
}

export interface FieldEntry {
  readonly field: string;
  readonly name: string;
  readonly rule: string;
  /** The condition under which the text asks for it; without one it always does. */
  readonly when?: string;
  /** May be answered with 无 or 不适用. */
  readonly allowNone?: true;
  /** 文书式样: a slot of a form. A gap is a fault of the form, never a breach. */
  readonly template?: true;
}

/** One step of a dispute. No text gives it a limit. */
export interface Rung {
  readonly rung: string;
  readonly name: string;
  /** Who decides there: the parties themselves, or a body of the pack's `roles`. */
  readonly body: string;
  readonly rule: string;
  /** The condition under which this rung, and none of the same `rung`, is taken. */
  readonly when?: string;
  /** 可以: it may be left out. */
  readonly optional?: true;
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
