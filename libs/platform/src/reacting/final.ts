import { IntegrityBroken, Refusal, UnknownFact } from '#libs/kernel';
import { Denial, Quarantined } from '../ledger/index.js';

/** It was decided that nothing is recorded, or the case cannot be read by this program: trying again changes nothing. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Refusal ||
  error instanceof Denial ||
  error instanceof IntegrityBroken ||
  error instanceof Quarantined ||
  error instanceof UnknownFact;
