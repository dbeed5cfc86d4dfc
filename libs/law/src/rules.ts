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

/** 产品提示: what the product points out for a person to look at. No text asks for it, and it is nobody's breach. */
export const isProductHint = (id: string): boolean => rule(id)?.system === 'product';
