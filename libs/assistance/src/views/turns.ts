import { dayOfOccurrence, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import { custodyLine } from '../custody.js';
import type { AssistanceFact } from '../facts/index.js';

/**
 * 责任环节: one row per turn and organ that holds it; the last has no end. Turns rest on no internal step, so both sides may
 * see and count them; whom a step names is not in them.
 */
export const turns: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_turn',
  columns: {
    case: 'text',
    /** From 0, in their order. */
    turn: 'integer',
    holder: 'text',
    task: 'text',
    rule: 'text',
    clock: 'text',
    suspended: 'integer',
    from_on: 'text',
    to_on: 'text',
    since: 'text',
    ended_by: 'text',
  },
  key: ['case', 'turn', 'holder'],
  indexes: [['holder', 'from_on']],
  whole: true,
  rowsOf: ({ case: id, state, law }) => {
    const line = custodyLine(state, law);
    return line.flatMap((turn, index) => {
      const next = line[index + 1];
      return turn.holders.map(({ organ }) => ({
        case: id,
        turn: index,
        holder: organ,
        task: turn.task,
        rule: turn.rule,
        clock: turn.clock,
        suspended: turn.suspended ? 1 : 0,
        from_on: dayOfOccurrence(turn.from),
        to_on: next && dayOfOccurrence(next.from),
        since: turn.since,
        ended_by: next?.since,
      }));
    });
  },
};
