import type { Uuid } from '#libs/kernel';
import { standingFor, type OrganRegister } from '#libs/law';
import { requestingOf, requestOf, type AssistanceCase } from './case-state.js';
import type { Side } from './facts/index.js';

/**
 * Which side of the case an organ is: the one named, or the one whose successor it is (职权承继). An organ that was a side
 * itself stays that one, also where it succeeded the other.
 */
export function sideFor(state: AssistanceCase, organ: Uuid, register: OrganRegister): Side | undefined {
  const sides = [
    ['requesting', requestingOf(state)],
    ['requested', requestOf(state)?.data.requested],
  ] as const;
  const own = sides.find(([, party]) => party === organ);
  const [side] = own ?? sides.find(([, party]) => party !== undefined && standingFor(register, party) === organ) ?? [];
  return side;
}
