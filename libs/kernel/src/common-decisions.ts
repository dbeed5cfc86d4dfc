import * as commands from './common-commands.js';
import type { CommonDecision } from './common-decision.js';
import { approveCorrection, refuseCorrection, requestCorrection } from './correcting.js';
import type { Command, CommandType } from './decider.js';
import { tellRecomputed } from './telling.js';
import { approveErasure, refuseErasure, requestErasure } from './erasing.js';

/**
 * What may be asked of any case: corrections and erasures; and what the service tells in any. A system takes the rows in with one line; its commands are
 * classes of its own below those of common-commands.ts, because a bus finds who handles a command by its class.
 */
export const commonDecisions = (): readonly CommonDecision[] => [
  row({ command: commands.RequestCorrection, records: 'CorrectionRequested', decideWhole: requestCorrection }),
  row({ command: commands.ApproveCorrection, records: 'FactCorrected', seen: true, decideWhole: approveCorrection }),
  row({ command: commands.RefuseCorrection, records: 'CorrectionRefused', seen: true, decideWhole: refuseCorrection }),
  row({ command: commands.RequestErasure, records: 'ErasureRequested', decideWhole: requestErasure }),
  row({ command: commands.ApproveErasure, records: 'SubjectErased', seen: true, decideWhole: approveErasure }),
  row({ command: commands.RefuseErasure, records: 'ErasureRefused', seen: true, decideWhole: refuseErasure }),
  row(tellRecomputed),
];

function row<C extends Command>(decision: CommonDecision<C>): CommonDecision {
  class Own extends (decision.command as CommandType) {}
  Object.defineProperty(Own, 'name', { value: decision.command.name });
  // The command's type is remembered for `decideWhole` and forgotten after it, as in `on`.
  return { ...decision, command: Own } as unknown as CommonDecision;
}
