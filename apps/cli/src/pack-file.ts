import 'reflect-metadata';
import { assistance, assistancePackFaults } from '#libs/assistance';
import { editionFaults, shippedPacks, type Fault } from '#libs/law';
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
  return [...faults, ...unknownTo(FUNCTIONS, candidate, faults)];
}
