import { timelineView, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SamplingFact } from '../facts.js';
import { policy } from '../policy.js';
import type { Sample } from '../sample-state.js';

/** 时间线 of 抽查. */
export const timeline: View<Sample, SamplingFact, LawBook> = timelineView('sample_timeline', policy);
