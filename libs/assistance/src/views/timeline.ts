import { timelineView, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { policy } from '../policy.js';

/** 时间线 of 行政协助. */
export const timeline: View<AssistanceCase, AssistanceFact, LawBook> = timelineView('assistance_timeline', policy);
