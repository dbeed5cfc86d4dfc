import type { LegalDate, Uuid } from '#libs/kernel';
import { organOn, staffingOfficesOf, type OrganRegister } from '#libs/law';

/**
 * 本级优先: the organs whose staffing office of their own level and region `office` was on `day`, in ascending order. None
 * for what was no staffing office.
 */
export function ownLevelOrgans(register: OrganRegister, office: Uuid | undefined, day: LegalDate): readonly Uuid[] {
  if (office === undefined || organOn(register, office, day)?.kind !== 'staffingOffice') return [];
  return [...register.organs.keys()]
    .filter((organ) => organ !== office && staffingOfficesOf(register, organ, day).some(({ id }) => id === office))
    .toSorted();
}
