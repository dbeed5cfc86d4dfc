import { firstInstantOf, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { schedule } from '../schedule.js';

/** 待办目录: one row per duty without a number of days, also once it has ended. */
export const duties: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_duty',
  columns: {
    case: 'text',
    code: 'text',
    /** The fact it rests on, and on which day. */
    since_event: 'text',
    since_on: 'text',
    /** The first instant by which it may have begun, and ended. */
    since_from: 'text',
    holder: 'text',
    rule: 'text',
    ended_on: 'text',
    ended_from: 'text',
    ended_event: 'text',
  },
  key: ['case', 'code', 'holder', 'since_event'],
  indexes: [['code', 'since_on']],
  whole: true,
  rowsOf: ({ case: id, state, law }) =>
    schedule(state, law).duties.map(({ code, since, holder, rule, endedBy }) => ({
      case: id,
      code,
      since_event: since.event,
      since_on: since.on,
      since_from: firstInstantOf(since),
      holder,
      rule,
      ended_on: endedBy?.on,
      ended_from: endedBy && firstInstantOf(endedBy),
      ended_event: endedBy?.event,
    })),
};
