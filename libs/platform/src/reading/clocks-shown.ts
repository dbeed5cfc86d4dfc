import { verdict, type AnyFact, type CaseSystem } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { namesIn } from './case-pages.js';
import type { Asked } from './case-reader.js';

/** 期限说明 of a case at the moment asked for: each clock with its verdict, and how it came to its day, day by day. */
export function clocksShown<State, F extends AnyFact>(
  { schedule, explained, told }: CaseSystem<State, F, LawBook>,
  { at: { case: id, state, law }, moment, revision }: Asked<State, F>,
): object {
  const names = namesIn(law);
  const explanations = explained?.(state, law) ?? [];
  const { clocks } = verdict(schedule(state, law), moment.asOf);
  return {
    ...moment,
    case: id,
    revision,
    clocks: clocks.map((clock) => {
      const says = told.clock(clock, names);
      const {
        days = [],
        parts = [],
        cites = [],
        notices = [],
        text = [],
      } = explanations.find((one) => one.clock.clock === clock.clock) ?? {};
      return { ...clock, says, days, parts, cites, notices, text: [...text, says] };
    }),
  };
}
