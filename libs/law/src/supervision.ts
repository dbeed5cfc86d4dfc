import type { Uuid } from '#libs/kernel';
import type { OrganRegister } from './organ-register.js';
import { areaOf } from './register-questions.js';

/** An appointment as somebody acts under it. */
interface Acting {
  readonly organ: Uuid;
  readonly roles: readonly string[];
}

/**
 * 监督 (XM-5-1, 第五条): supervisors of an establishment office, and auditors, look into what organs in their own organ's
 * region and below it do.
 */
export function supervises({ organs }: OrganRegister, { organ, roles }: Acting, other: Uuid): boolean {
  const own = organs.get(organ);
  if (!own) return false;
  const may = roles.includes('auditor') || (roles.includes('supervisor') && own.kind === 'staffingOffice');
  return may && (organs.get(other)?.region ?? '').startsWith(areaOf(own.region));
}

/** The organs that {@link supervises} lets the viewer look into, in the order of the register. */
export const supervisedBy = (acting: Acting, register: OrganRegister): readonly Uuid[] =>
  [...register.organs.keys()].filter((organ) => supervises(register, acting, organ));
