import { replayed } from './pure.js';
import type { Stage } from './stage.js';
import type { Step } from './story.js';

/** The story without what it can do without: the fewest of its steps, in their order, after which the two still differ. */
export function shortest(steps: readonly Step[], stage: Stage): readonly Step[] {
  let kept = steps;
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const fewer = kept.filter((_step, index) => index !== at);
    if (replayed(fewer, stage).length > 0) kept = fewer;
  }
  return kept;
}
