import entries from '../data/rules/xm.json';
import type { Rule } from './rule-pack.js';

/** 规则目录: every rule this product cites, in its own words. The text of the instrument prevails. */
export const RULES: readonly Rule[] = entries;

const byId = new Map(RULES.map((entry) => [entry.id, entry]));

/** The rule with this id, or undefined when the catalogue has none. */
export const rule = (id: string): Rule | undefined => byId.get(id);
