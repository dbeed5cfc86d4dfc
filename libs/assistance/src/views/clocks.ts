import { beginsAt, firstInstantOf, type Json, type View } from '#libs/kernel';
import { workingDaysBetween, type LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { governed } from '../governed-case.js';
import { classesOf } from '../matter-classes.js';
import { schedule } from '../schedule.js';

/** 期限目录: one row per clock of the case, as scheduled. Late at an instant: `late_from <= coalesce(stopped_from, instant)`. */
export const clocks: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_clock',
  columns: {
    case: 'text',
    clock: 'text',
    rule: 'text',
    holder: 'text',
    /** 事项类别 in effect, in order, one space between. */
    classes: 'text',
    from_on: 'text',
    /** From when on it is a clock; empty where it is known before it begins. */
    begins_at: 'text',
    due_on: 'text',
    late_from: 'text',
    stopped_on: 'text',
    /** The first instant by which it may have been stopped. */
    stopped_from: 'text',
    /** By what kind of act. */
    stopped_by: 'text',
    /** 工作日 from its start to its stop. */
    working_days: 'integer',
    extended_by: 'text',
    not_applicable: 'text',
    provisional: 'integer',
    /** The clock itself, to be judged for its sentence. */
    standing: 'json',
  },
  key: ['case', 'clock'],
  indexes: [['due_on'], ['stopped_on'], ['holder', 'due_on']],
  whole: true,
  rowsOf: ({ case: id, state, law }) => {
    const of = governed(state, law);
    const classes = of ? [...classesOf(of)].sort().join(' ') : '';
    return schedule(state, law).clocks.map((clock) => ({
      case: id,
      clock: clock.clock,
      rule: clock.rule,
      holder: clock.holder,
      classes,
      from_on: clock.from?.on,
      begins_at: beginsAt(clock),
      due_on: clock.due,
      late_from: clock.lateFrom,
      stopped_on: clock.stopped?.on,
      stopped_from: clock.stopped && firstInstantOf(clock.stopped),
      stopped_by: clock.stoppedBy,
      working_days: clock.from && clock.stopped && workingDaysBetween(law.calendar, clock.from.on, clock.stopped.on),
      extended_by: clock.extendedBy,
      not_applicable: clock.notApplicable,
      provisional: clock.provisional ? 1 : 0,
      // A clock holds texts, numbers and marks of them: JSON, though its interface does not say so.
      standing: clock as unknown as Json,
    }));
  },
};
