import { commonDecisions, type CaseSystem, type JsonObject, type Names } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { anomalyKind } from './anomaly-kinds.js';
import { assistanceCase } from './assistance-case.js';
import { requestingOf, requestOf, statusOf, type AssistanceCase } from './case-state.js';
import { custodyLine } from './custody.js';
import { turnText } from './custody-texts.js';
import { explainedClocks } from './explained.js';
import type { AssistanceFact } from './facts/index.js';
import { clockText, dutyText, flagText } from './flag-texts.js';
import { overlaysOf } from './overlays.js';
import { correctionRule, packOf } from './governed-case.js';
import { commonGrants, handlesCases, policy, relation, supervised } from './policy.js';
import { questions } from './questions/index.js';
import { refusals } from './refusals.js';
import { counted, schedule } from './schedule.js';
import { sentence } from './sentences.js';
import { acts } from './views/acts.js';
import { caseFile } from './views/case-file.js';
import { clocks } from './views/clocks.js';
import { duties } from './views/duties.js';
import { extensions } from './views/extensions.js';
import { flags } from './views/flags.js';
import { timeline } from './views/timeline.js';
import { turns } from './views/turns.js';
import { statuses, statusWord } from './words.js';

/** How far the case has come, and what it is about: the obstacle that was met first, and the request as it was sent. */
function particulars(state: AssistanceCase, _names: Names, law: LawBook): JsonObject {
  const [met] = state.facts.AssistanceObstacleNoted;
  const request = requestOf(state);
  const { obstacle, dateUnknown } = met?.data ?? {};
  const { judged: _judged, ...opening } = (request ?? met)?.data ?? {};
  const told = { ...(obstacle !== undefined && { obstacle }), ...(dateUnknown && { dateUnknown }), ...opening };
  // What is kept of a fact is its stored JSON, though its interface does not say so.
  return { status: statusOf(state), overlays: overlaysOf(state, law), ...(told as unknown as JsonObject) };
}

/** 行政协助, as the platform takes it. */
export const assistance: CaseSystem<AssistanceCase, AssistanceFact, LawBook> = {
  decider: assistanceCase,
  common: { decisions: commonDecisions(), grants: commonGrants, rule: correctionRule },
  policy,
  relation,
  handlesCases,
  supervised,
  isFedBack: ({ facts }) => facts.AssistanceFeedbackGiven.length > 0,
  schedule,
  counted,
  explained: explainedClocks,
  custody: { line: custodyLine, says: turnText },
  packOf,
  sentence,
  particulars,
  statuses,
  watched: {
    parties: (state) => [requestingOf(state), requestOf(state)?.data.requested].filter((organ) => organ !== undefined),
    kindOf: anomalyKind,
  },
  told: { clock: clockText, flag: flagText, duty: dutyText, status: statusWord },
  refusals,
  views: [caseFile, timeline, clocks, duties, flags, extensions, acts, turns],
  questions,
};
