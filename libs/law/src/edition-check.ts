import { isLegalDate, type LegalDate } from '#libs/kernel';
import { memberOf, type Fault } from './data-check.js';
import { packFaults } from './pack-check.js';
import type { PackEdition, RulePack } from './rule-pack.js';

/**
 * Every fault of a pack that is to be published as an edition of `code` beside the editions in hand: what
 * {@link packFaults} says of it beside the other packs, a code that is not that one, a number that is not the next under
 * its effective date, and dates that overlap with those of another effective date. Pointers lead into the pack itself.
 */
export function editionFaults(candidate: unknown, code: string, held: readonly PackEdition[]): readonly Fault[] {
  const own = held.filter(({ pack }) => pack.pack === code).map(({ pack }) => pack);
  const others = latest(held.filter(({ pack }) => pack.pack !== code).map(({ pack }) => pack));
  const root = `/${others.length}`;
  const found = packFaults([...others, candidate]).filter(({ at }) => at === root || at.startsWith(`${root}/`));
  return [
    ...found.map((fault) => ({ ...fault, at: fault.at.slice(root.length) })),
    ...codeFaults(candidate, code),
    ...numberFaults(candidate, own),
    ...overlaps(candidate, own),
  ];
}

/** Under each effective date of each pack, the edition that took effect last is the one that applies. */
const latest = (packs: readonly RulePack[]): readonly RulePack[] => [
  ...new Map(packs.map((pack) => [`${pack.pack}@${pack.effectiveFrom ?? 'none'}`, pack])).values(),
];

function codeFaults(candidate: unknown, code: string): readonly Fault[] {
  const said = memberOf(candidate, 'pack');
  return typeof said !== 'string' || said === code ? [] : [{ at: '/pack', says: `不是规则包 ${code}：${said}` }];
}

function numberFaults(candidate: unknown, own: readonly RulePack[]): readonly Fault[] {
  const from = memberOf(candidate, 'effectiveFrom');
  const said = memberOf(candidate, 'edition');
  const next = Math.max(0, ...own.flatMap((pack) => (pack.effectiveFrom === from ? [pack.edition] : []))) + 1;
  return typeof said !== 'number' || said === next ? [] : [{ at: '/edition', says: `版次须为 ${next}，现为 ${said}` }];
}

function overlaps(candidate: unknown, own: readonly RulePack[]): readonly Fault[] {
  const from = dayIn(candidate, 'effectiveFrom');
  if (from === undefined) return [];
  const to = dayIn(candidate, 'effectiveTo');
  return latest(own)
    .filter(({ effectiveFrom, effectiveTo }) => {
      if (effectiveFrom === undefined || effectiveFrom === from) return false;
      return !(to !== undefined && to < effectiveFrom) && !(effectiveTo !== undefined && effectiveTo < from);
    })
    .map(({ effectiveFrom, edition }) => ({
      at: '/effectiveFrom',
      says: `与自 ${effectiveFrom} 起施行的第 ${edition} 版有效期重叠；新规定替代旧规定的，先就旧规定发布写明失效日期的版次`,
    }));
}

function dayIn(value: unknown, name: string): LegalDate | undefined {
  const day = memberOf(value, name);
  return isLegalDate(day) ? day : undefined;
}
