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
  'product',
] as const;
export type RuleSystem = (typeof RULE_SYSTEMS)[number];

/** 时限, as the text has it. What starts and stops it is for people; a pack's clocks say it to the program. */
export interface RuleDeadline {
  /** Missing with `immediate`: 当场、立即 have no number. */
  readonly days?: number;
  readonly unit: 'workingDay' | 'calendarDay' | 'immediate';
  readonly from: string;
  readonly to: string;
}

/** A rule of the catalogue, in the product's own words. */
export interface Rule {
  readonly id: string;
  readonly system: RuleSystem;
  /** 条款, as cited: 第十六条第二款. */
  readonly article: string;
  readonly instrument: string;
  /** Missing on a hint of the product, which asks nothing of anybody. */
  readonly modality?: Modality;
  /** Which of the three the rule is in the main. */
  readonly check: CheckKind;
  /** What of it software can see all the same, or the limit of what it sees. */
  readonly autoPart?: string;
  /** What of it is left to a person. */
  readonly humanPart?: string;
  readonly deadline?: RuleDeadline;
  readonly says: string;
}

/** One file of the catalogue: the rules of one instrument. */
export interface RuleFile {
  readonly instrument: string;
  readonly rules: readonly Omit<Rule, 'instrument'>[];
}
