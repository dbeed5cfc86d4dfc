import type { Cast } from '../simulation.js';
import type { Scene } from '../story.js';
import { badlyDone } from './badly-done.js';
import { ordinary } from './ordinary.js';
import { refused } from './refused.js';
import { urgent } from './urgent.js';

/** Every story the demo tells, in the order it tells them. */
export const stories: readonly ((cast: Cast) => Scene)[] = [ordinary, urgent, refused, badlyDone];

/** All of them begin after this instant and are told on this day. */
export const BEGINS = '2026-09-06T16:00:00Z';
export const TOLD_ON = '2026-11-09';
/** All of them were opened on these days. */
export const SAMPLED = { from: '2026-09-07', to: '2026-10-31' } as const;
