import type { CaseSystem, Json, JsonObject, Names, Uuid } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SamplingFact } from './facts.js';
import { packOf } from './governed-sample.js';
import { policy, relation, supervised } from './policy.js';
import { refusals } from './refusals.js';
import { sampleCase } from './sample-case.js';
import { checkOf, SAMPLE_STATUSES, uncheckedIn, type Sample, type SampleStatus } from './sample-state.js';
import { schedule } from './schedule.js';
import { dutyText, frameText, sentence, sizeText, statusWords } from './sentences.js';
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
    cases: (drawn?.cases ?? []).map((of) => ({ case: of, ...checkShown(sample, of) })),
    unchecked: uncheckedIn(sample).length,
    ...(fixed.size > fixed.frame.count && { whole: true }),
    says: `${frameText(fixed.frame, names)}，抽取${sizeText(fixed.size, fixed.frame)}。`,
  };
  // Texts, numbers and lists of them: JSON, though its interfaces do not say so.
  return shown as unknown as Record<string, Json>;
}

/** The result that stands; who recorded it is told by the timeline. */
function checkShown(sample: Sample, of: Uuid): object {
  const { persons: _persons, ...check } = checkOf(sample, of) ?? { persons: [] };
  return Object.keys(check).length > 0 ? { check } : {};
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
