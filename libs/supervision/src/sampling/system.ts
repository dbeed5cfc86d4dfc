import type { CaseSystem, Json, JsonObject, Names } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SamplingFact } from './facts.js';
import { packOf } from './governed-sample.js';
import { policy, relation, supervised } from './policy.js';
import { refusals } from './refusals.js';
import { sampleCase } from './sample-case.js';
import { checkOf, SAMPLE_STATUSES, uncheckedIn, type Sample, type SampleStatus } from './sample-state.js';
import { schedule } from './schedule.js';
import { dutyText, frameText, sentence, statusWords } from './sentences.js';
import { questions } from './unchecked-samples.js';
import { caseFile } from './views/case-file.js';
import { sampledCases } from './views/sampled-cases.js';
import { timeline } from './views/timeline.js';

/** Everything that is needed to draw the same sample again, but for the members of the frame, and how each case was found. */
function particulars(sample: Sample, names: Names): JsonObject {
  const { office, fixed, drawn } = sample;
  if (!fixed) return {};
  const shown = {
    office,
    frame: fixed.frame,
    size: fixed.size,
    algorithm: fixed.algorithm,
    fixed: fixed.event,
    ...(fixed.reason !== undefined && { reason: fixed.reason }),
    ...(drawn && { salt: drawn.salt, seed: drawn.seed, drawn: drawn.event }),
    cases: (drawn?.cases ?? []).map((of) => ({ case: of, ...(checkOf(sample, of) && { check: checkOf(sample, of) }) })),
    unchecked: uncheckedIn(sample).length,
    says: `${frameText(fixed.frame, names)}。`,
  };
  // Texts, numbers and lists of them: JSON, though its interfaces do not say so.
  return shown as unknown as Record<string, Json>;
}

/** 随机抽查, as the platform takes it. */
export const sampling: CaseSystem<Sample, SamplingFact, LawBook> = {
  decider: sampleCase,
  policy,
  relation,
  handlesCases: () => false,
  supervised,
  isFedBack: () => true,
  schedule,
  packOf,
  sentence,
  particulars,
  statuses: SAMPLE_STATUSES,
  told: {
    clock: () => '',
    flag: () => '',
    duty: dutyText,
    status: (status) => statusWords[status as SampleStatus],
  },
  refusals,
  views: [caseFile, timeline, sampledCases],
  questions,
};
