import type { ClockUnit } from './clock-rule.js';

/**
 * 由谁判断. `auto`: software decides it from what is on record. `record`: software keeps what was done, and points at
 * what is not there. `human`: only a person decides it, and the decision is a fact.
 */
export const CHECK_KINDS = ['auto', 'record', 'human'] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** 应当、可以、不得. */
export const MODALITIES = ['must', 'may', 'mustNot'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Whose acts a rule governs, by the area of the catalogue it belongs to. `product`: no law, a hint of the product. */
export const RULE_SYSTEMS = [
  'general',
  'identity',
  'assistance',
  'register',
  'agreement',
  'catalogue',
  'supervision',
  'accountability',
  'dispute',
  'disclosure',
  'complaint',
  'transfer',
  'jointEnforcement',
  'informationSharing',
  'product',
] as const;
export type RuleSystem = (typeof RULE_SYSTEMS)[number];

/**
 * What a rule is, where it is no duty, leave or prohibition by itself. `template`: a slot of a form, whose gap is a fault of
 * the form and never a breach. `competence`: says who may act; not acting is no breach. `scope`, `definition`, `exception`:
 * say what other rules cover.
 */
export const RULE_FORCES = ['template', 'competence', 'scope', 'definition', 'exception'] as const;
export type RuleForce = (typeof RULE_FORCES)[number];

/** Asks nothing of anybody and allows nothing: has no modality. */
export const ASKS_NOTHING: readonly (RuleForce | undefined)[] = ['scope', 'definition', 'exception'];

/** 时限, as the text has it. What starts and stops it is for people; a pack's clocks say it to the program. */
export interface RuleDeadline {
  /** Missing where the text gives no number of days: 当场、立即, 当日, a day set for the task, a number of acts. */
  readonly days?: number;
  /** How many acts a year, with `countPerYear`. */
  readonly least?: number;
  readonly unit: Exclude<ClockUnit, 'hour' | 'promptly'>;
  readonly from: string;
  readonly to: string;
  /** 推定: the text gives the limit, and what it runs from, or its exact period, is a reading. */
  readonly reading?: true;
}

/** A rule of the catalogue, in the product's own words. */
export interface Rule {
  readonly id: string;
  readonly system: RuleSystem;
  /** 条款, as cited: 第十六条第二款. */
  readonly article: string;
  readonly instrument: string;
  /** Missing on what asks nothing of anybody: a scope, a definition, an exception, a hint of the product. */
  readonly modality?: Modality;
  readonly force?: RuleForce;
  /** Which of the three the rule is in the main. */
  readonly check: CheckKind;
  /** What of it software can see all the same, or the limit of what it sees. */
  readonly autoPart?: string;
  /** What of it is left to a person. */
  readonly humanPart?: string;
  readonly deadline?: RuleDeadline;
  readonly says: string;
}

/** A rule as an explanation cites it. */
export interface CitedRule {
  readonly rule: string;
  readonly article: string;
  readonly instrument: string;
}

/** One file of the catalogue: the rules of one instrument. */
export interface RuleFile {
  readonly instrument: string;
  readonly rules: readonly Omit<Rule, 'instrument'>[];
}
