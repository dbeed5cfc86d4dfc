import type { CaseSystem, JsonObject } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { assistanceCase } from './assistance-case.js';
import { requestOf, type AssistanceCase } from './case-state.js';
import type { AssistanceFact } from './facts.js';
import { clockText, dutyText, flagText } from './flag-texts.js';
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
  // The request is stored JSON, though its interface does not say so.
  particulars: (state) => (requestOf(state)?.data ?? {}) as JsonObject,
  told: {
    clock: (clock) => clockText(clock),
    flag: (flag) => flagText(flag),
    duty: (duty) => dutyText(duty, duty.ageDays),
  },
  refusals,
  views: [caseFile, timeline],
};
