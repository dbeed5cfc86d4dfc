import type { View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SamplingFact } from '../facts.js';
import { checkOf, type Sample } from '../sample-state.js';

/** 抽中的案件: one row per case drawn, with how it was found last. */
export const sampledCases: View<Sample, SamplingFact, LawBook> = {
  name: 'sample_sampled_case',
  columns: {
    case: 'text',
    sampled: 'text',
    category: 'text',
    office: 'text',
    place: 'integer',
    drawn_on: 'text',
    drawn_by: 'text',
    outcome: 'text',
  },
  key: ['case', 'sampled'],
  indexes: [['outcome', 'drawn_on']],
  rowsOf: ({ case: id, state }) =>
    (state.drawn?.cases ?? []).map((sampled, index) => ({
      case: id,
      sampled,
      category: state.fixed?.frame.category,
      office: state.office,
      place: index + 1,
      drawn_on: state.drawn?.on,
      drawn_by: state.drawn?.event,
      outcome: checkOf(state, sampled)?.outcome,
    })),
};
