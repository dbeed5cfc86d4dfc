import { derivedId, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { daysIn } from '../case-days.js';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { schedule } from '../schedule.js';

/** 疑点目录: one row per flag of the case. */
export const flags: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_flag',
  columns: {
    case: 'text',
    /** Made of what tells it apart: rule, code, the facts it is about, and a number where these are the same. */
    flag: 'text',
    rule: 'text',
    code: 'text',
    about: 'json',
    values: 'json',
    /** The organ it names. */
    holder: 'text',
    /** The day of the last act it is about: before it nothing pointed at it. */
    on_day: 'text',
    /** 1 is 认定, no 疑点. */
    finding: 'integer',
    /** 1 is a hint at what the text allows: no anomaly. */
    informs: 'integer',
    /** 1 once a person has decided on what it points at. */
    assessed: 'integer',
  },
  key: ['case', 'flag'],
  indexes: [['code', 'on_day'], ['on_day']],
  whole: true,
  rowsOf: ({ case: id, state, law }) => {
    const days = daysIn(state);
    const seen = new Map<string, number>();
    return schedule(state, law).flags.map(
      ({ rule, code, about, values = {}, holder, finding, informs, assessedBy = [] }) => {
        const same = derivedId([rule, code, about]);
        const times = seen.get(same) ?? 0;
        seen.set(same, times + 1);
        return {
          case: id,
          flag: times === 0 ? same : derivedId([rule, code, about, times]),
          rule,
          code,
          about,
          values,
          holder,
          on_day: about
            .flatMap((event) => days.get(event) ?? [])
            .toSorted()
            .at(-1),
          finding: finding ? 1 : 0,
          informs: informs ? 1 : 0,
          assessed: assessedBy.length > 0 ? 1 : 0,
        };
      },
    );
  },
};
