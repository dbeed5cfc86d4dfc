import type { Question } from '#libs/kernel';
import { due } from './due.js';
import { extensionFaults } from './extensions.js';
import { held } from './held.js';
import { missingFormalities } from './missing-formalities.js';
import { openFlags } from './open-flags.js';
import { organQuarter } from './organ-quarter.js';
import { overdue } from './overdue.js';
import { refusals } from './refusals.js';
import { registerDifferences } from './register-differences.js';
import { requestTimeliness } from './request-timeliness.js';
import { unnamedHandlers } from './unnamed-handlers.js';

/** What may be asked of all cases of 行政协助 at once: one file each. */
export const questions: readonly Question[] = [
  overdue,
  due,
  requestTimeliness,
  extensionFaults,
  missingFormalities,
  refusals,
  unnamedHandlers,
  registerDifferences,
  openFlags,
  held,
  organQuarter,
];
