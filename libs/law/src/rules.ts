import chongqing from '../data/rules/cq.json';
import townships from '../data/rules/gz.json';
import hints from '../data/rules/kesu.json';
import online from '../data/rules/pw.json';
import quzhou from '../data/rules/qz.json';
import xiamen from '../data/rules/xm.json';
import { rulesFrom } from './rule-check.js';
import type { Rule } from './rule.js';

/** The files of the catalogue, one an instrument. */
const FILES: readonly unknown[] = [xiamen, chongqing, townships, quzhou, online, hints];

/**
 * 规则目录: every rule of the texts this product knows, in its own words, whether or not anything implements it yet. The
 * text of the instrument prevails. The hints of the product itself stand here too, so that what is flagged without any
 * law behind it never cites one.
 */
export const RULES: readonly Rule[] = rulesFrom(FILES);

const byId = new Map(RULES.map((entry) => [entry.id, entry]));

/** The rule with this id, or undefined when the catalogue has none. */
export const rule = (id: string): Rule | undefined => byId.get(id);

/** The rule with this id and where it stands: the instrument and the article; undefined when the catalogue has none. */
export function citation(id: string): { readonly rule: string; readonly article: string } | undefined {
  const cited = rule(id);
  return cited && { rule: cited.id, article: `${cited.instrument}${cited.article}` };
}

/** 产品提示: what the product points out for a person to look at. No text asks for it, and it is nobody's breach. */
export const isProductHint = (id: string): boolean => rule(id)?.system === 'product';
