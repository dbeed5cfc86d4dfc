import hints from '../data/rules/kesu.json';
import xiamen from '../data/rules/xm.json';
import type { Rule } from './rule-pack.js';

/**
 * 规则目录: every rule this product cites, in its own words. The text of the instrument prevails. The hints of the
 * product itself stand here too, so that what is flagged without any law behind it never cites one.
 */
export const RULES: readonly Rule[] = [...xiamen, ...hints];

const byId = new Map(RULES.map((entry) => [entry.id, entry]));

/** The rule with this id, or undefined when the catalogue has none. */
export const rule = (id: string): Rule | undefined => byId.get(id);

const hintIds: ReadonlySet<string> = new Set(hints.map(({ id }) => id));

/** 产品提示: what the product points out for a person to look at. No text asks for it, and it is nobody's breach. */
export const isProductHint = (id: string): boolean => hintIds.has(id);
