import type { LegalDate, Uuid } from '#libs/kernel';
import type { OrganRegister } from './organ-register.js';
import { organOn } from './register-questions.js';

/** 机构指称: a body that a text names by its office (政府法制机构), and which organs are it. Reforms move it to others. */
export interface OrganRole {
  readonly role: string;
  /** As the text names it. */
  readonly name: string;
  /** The rules that name it. */
  readonly rules: readonly string[];
  /** Empty where this program does not know: an operator's edition says which organs of its register they are. */
  readonly held: readonly RoleHolding[];
}

/**
 * Who is the body, from `from` to the day before `to`: one organ of the register, or every organ of a kind in the region of
 * the pack.
 */
export type RoleHolding = (
  { readonly organ: Uuid; readonly kind?: undefined } | { readonly kind: string; readonly organ?: undefined }
) & { readonly from: LegalDate; readonly to?: LegalDate };

/**
 * The organs that are the body named `role` on `day`, in the order of the register. Empty when nobody is known to be.
 * `regions` are those of the pack.
 */
export function roleHolders(
  { roles = [], regions }: { readonly roles?: readonly OrganRole[] | undefined; readonly regions: readonly string[] },
  role: string,
  register: OrganRegister,
  day: LegalDate,
): readonly Uuid[] {
  const held = (roles.find((known) => known.role === role)?.held ?? []).filter(
    ({ from, to }) => from <= day && (to === undefined || day < to),
  );
  return [...register.organs.keys()].filter((id) => {
    const organ = organOn(register, id, day);
    if (!organ || !regions.some((prefix) => organ.region.startsWith(prefix))) return false;
    return held.some((holding) => (holding.organ === undefined ? holding.kind === organ.kind : holding.organ === id));
  });
}
