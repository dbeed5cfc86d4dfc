import { assertSound, type Fault } from './data-check.js';
import { packShape } from './pack-shape.js';
import type { RulePack } from './rule-pack.js';

/**
 * Every fault of `packs`, taken together as the packs one program ships: missing, unknown and malformed fields, rule ids
 * the catalogue does not have, repeated names, limits that are none or can never apply, dates of one pack that overlap, and
 * two packs that say of one place and time what one system follows. Empty when they can be used.
 */
export function packFaults(packs: readonly unknown[]): readonly Fault[] {
  const own = packs.map((pack, index) => packShape(pack, `/${index}`));
  return [...own.flat(), ...overlaps(packs.map((pack, index) => (own[index]?.length === 0 ? pack : undefined)))];
}

/** @throws DataFaulty naming every fault. */
export function packsFrom(packs: readonly unknown[]): readonly RulePack[] {
  assertSound('规则包', packFaults(packs));
  // The check above admits nothing that is not a rule pack.
  return packs as readonly RulePack[];
}

/** What two packs must not say at once. */
function overlaps(packs: readonly unknown[]): readonly Fault[] {
  const sound = packs.flatMap((pack, index) =>
    pack === undefined ? [] : [{ pack: pack as RulePack, at: `/${index}` }],
  );
  return sound.flatMap(({ pack: later, at }, index) =>
    sound
      .slice(0, index)
      .flatMap(({ pack: earlier }) =>
        later.pack === earlier.pack ? datesOverlapping(earlier, later, at) : placesOverlapping(earlier, later, at),
      ),
  );
}

/** Editions of one effective date replace each other; different effective dates of one pack must not meet. */
function datesOverlapping(earlier: RulePack, later: RulePack, at: string): readonly Fault[] {
  if (later.effectiveFrom !== earlier.effectiveFrom)
    return areApart(earlier, later)
      ? []
      : [{ at: `${at}/effectiveFrom`, says: `与施行日期为 ${earlier.effectiveFrom} 的规则包有效期重叠` }];
  return later.edition === earlier.edition ? [{ at: `${at}/edition`, says: `版次重复：${later.edition}` }] : [];
}

/**
 * Which of two packs a case of a place is judged by must never be open: one place, one time and one system have one. Which text
 * gives way is for persons to say, so nothing is put together by date: an edition of one of the two leaves the system out.
 */
function placesOverlapping(earlier: RulePack, later: RulePack, at: string): readonly Fault[] {
  const region = later.regions.find((one) =>
    earlier.regions.some((other) => one.startsWith(other) || other.startsWith(one)),
  );
  if (region === undefined || areApart(earlier, later)) return [];
  return Object.keys(later.systems)
    .filter((system) => Object.hasOwn(earlier.systems, system))
    .map((system) => ({
      at: `${at}/systems/${system}`,
      says:
        `${earlier.pack} 已就行政区划 ${region} 同一时期的 ${system} 作出规定，两个规则包不能同时规定；` +
        `由哪个文件规定须由人确定：本版次不写 ${system}，或者先就 ${earlier.pack} 发布不写 ${system}、写明失效日期的版次`,
    }));
}

/** Never in force on the same day; a pack without a date is in force on none. */
const areApart = (a: RulePack, b: RulePack): boolean => endsBefore(a, b) || endsBefore(b, a);
const endsBefore = (a: RulePack, b: RulePack): boolean =>
  a.effectiveFrom === undefined || (b.effectiveFrom !== undefined && (a.effectiveTo ?? '9999') < b.effectiveFrom);
