import { timelineView, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SupervisionFact } from '../facts.js';
import type { SupervisionFile } from '../file-state.js';
import { policy } from '../policy.js';

/** 时间线 of 电子监察. */
export const timeline: View<SupervisionFile, SupervisionFact, LawBook> = timelineView('supervision_timeline', policy);
