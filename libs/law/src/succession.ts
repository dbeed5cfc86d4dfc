import type { LegalDate, Uuid } from '#libs/kernel';
import type { OrganRegister } from './organ-register.js';

/**
 * 职权承继: the organ that stands in the place of `id` on `day`, or, without a day, as the register has it now: itself, or
 * the one it was merged into, and so on. From the day of the abolition on its cases and its duties are the successor's
 * (行政诉讼法第二十六条第六款 has it answer for them; that it acts in them is inferred). One that was abolished without one is
 * nobody's but supervision's. The register takes no abolition ahead of its day.
 */
export function standingFor({ organs }: OrganRegister, id: Uuid, day?: LegalDate): Uuid {
  const passed = new Set<Uuid>();
  let current = id;
  while (!passed.has(current)) {
    passed.add(current);
    const { abolishedOn, mergedInto } = organs.get(current) ?? {};
    if (abolishedOn === undefined || mergedInto === undefined || (day !== undefined && day < abolishedOn)) break;
    current = mergedInto;
  }
  return current;
}

/** The organs that `organ` now stands for: itself first, and those it succeeded. */
export const standsFor = (register: OrganRegister, organ: Uuid): readonly Uuid[] => [
  organ,
  ...[...register.organs.values()].flatMap(({ id, mergedInto }) =>
    mergedInto !== undefined && id !== organ && standingFor(register, id) === organ ? [id] : [],
  ),
];
