import type { CaseSystem } from '#libs/kernel';
import type { LawBook, RegisterFact } from '#libs/law';
import { policy, relation } from './policy.js';
import { refusals } from './refusals.js';
import { registerCase } from './register-case.js';
import type { RegisterState } from './register-state.js';
import { sentence } from './sentences.js';

const nothing = (): string => '';

/** 机关登记, as the platform takes it: one case for ever, without clocks, flags or duties, and with pages of its own. */
export const organRegister: CaseSystem<RegisterState, RegisterFact, LawBook> = {
  decider: registerCase,
  policy,
  relation,
  handlesCases: () => false,
  supervised: () => [],
  isFedBack: () => true,
  schedule: () => ({ clocks: [], flags: [], duties: [] }),
  packOf: () => undefined,
  sentence,
  particulars: () => ({}),
  statuses: [],
  told: { clock: nothing, flag: nothing, duty: nothing, status: nothing },
  refusals,
  views: [],
};
