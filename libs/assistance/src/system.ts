import type { CaseSystem } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { assistanceCase } from './assistance-case.js';
import type { AssistanceCase } from './case-state.js';
import type { AssistanceFact } from './facts.js';
import { packOf } from './governed-case.js';
import { policy, relation } from './policy.js';
import { refusals } from './refusals.js';
import { schedule } from './schedule.js';
import { sentence } from './sentences.js';
import { caseFile } from './views/case-file.js';
import { timeline } from './views/timeline.js';

/** 行政协助, as the platform takes it. */
export const assistance: CaseSystem<AssistanceCase, AssistanceFact, LawBook> = {
  decider: assistanceCase,
  policy,
  relation,
  isFedBack: ({ facts }) => facts.AssistanceFeedbackGiven.length > 0,
  schedule,
  packOf,
  sentence,
  refusals,
  views: [caseFile, timeline],
};
