import type { CommonDecision } from './common-decision.js';
import type { Command } from './decider.js';
import type { Occurrence } from './occurrence.js';
import type { ClocksRecomputed } from './recomputing.js';

/** What the service issues to have it told; nobody else may. */
export class TellRecomputed implements Command {
  occurredAt!: Occurrence;
  told!: ClocksRecomputed['data'];
}

export const tellRecomputed: CommonDecision<TellRecomputed> = {
  command: TellRecomputed,
  records: 'ClocksRecomputed',
  decideWhole: ({ told }) => [{ type: 'ClocksRecomputed', data: told }],
};
