import type { Instant } from './instant.js';

/** 时钟: the only source of the present moment. Deciders and folds never see it; they are given an instant. */
export interface Clock {
  now(): Instant;
}
