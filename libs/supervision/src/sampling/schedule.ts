import type { Schedule } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { rulesOf } from './governed-sample.js';
import * as rules from './rules.js';
import type { Sample } from './sample-state.js';

/** The checks a pack may name of samples: a plain table, so that tests can watch which of them run. */
export const SAMPLE_CHECKS: Readonly<Record<string, rules.Check>> = { ...rules };

/** What the pack's checks find open: no text sets a limit for an inspection. */
export const schedule = (sample: Sample, book: LawBook): Schedule => ({
  clocks: [],
  flags: [],
  duties: (rulesOf(sample, book)?.checks ?? []).flatMap(({ check, rule }) =>
    Object.hasOwn(SAMPLE_CHECKS, check) ? (SAMPLE_CHECKS[check]?.(sample, rule) ?? []) : [],
  ),
});
