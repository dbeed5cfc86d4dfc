import type { Difference } from './compare.js';
import type { Step } from './story.js';

/** The seed, the steps and the difference, for whoever looks into it. */
export const told = (seed: number, steps: readonly Step[], differences: readonly Difference[]): string =>
  [
    `model and product do not agree; KESU_TEST_SEED=${seed} has it again`,
    ...steps.map(
      ({ now, post, kind, day, moment, body }) =>
        `  ${now} ${post.account} ${kind} of ${moment ?? day} ${JSON.stringify(body)}`,
    ),
    ...differences.map((difference) => JSON.stringify(difference, undefined, 2)),
  ].join('\n');
