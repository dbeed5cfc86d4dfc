import 'reflect-metadata';
import { assistance, assistancePackFaults } from '#libs/assistance';
import { editionFaults, shippedPacks, type Fault, type RulePack } from '#libs/law';
import { unknownTo } from '#libs/publishing';
import { supervision, supervisionPackFaults } from '#libs/supervision';

const FUNCTIONS = {
  [assistance.decider.category]: assistancePackFaults,
  [supervision.decider.category]: supervisionPackFaults,
};

/** What the service would find wrong with a pack if it had in hand what this program ships. */
export function shippedEditionFaults(candidate: object): readonly Fault[] {
  const { pack: code } = candidate as { pack?: unknown };
  const faults = editionFaults(candidate, String(code), shippedPacks());
  if (faults.some(({ at }) => at === '' || at.startsWith('/systems'))) return faults;
  // Without a fault in its systems, they are those of a pack.
  const { systems } = candidate as Pick<RulePack, 'systems'>;
  return [...faults, ...unknownTo(FUNCTIONS, { systems })];
}
