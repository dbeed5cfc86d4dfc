import type { Json, View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SamplingFact } from '../facts.js';
import { packOf } from '../governed-sample.js';
import { statusOf, uncheckedIn, type Sample } from '../sample-state.js';
import { schedule } from '../schedule.js';

/** 抽查目录: one row per sample. Its office stands as both sides: it is nobody else's business. */
export const caseFile: View<Sample, SamplingFact, LawBook> = {
  name: 'sample_case_file',
  columns: {
    case: 'text',
    revision: 'integer',
    requesting: 'text',
    requested: 'text',
    sampled_category: 'text',
    from_on: 'text',
    to_on: 'text',
    fixed_on: 'text',
    drawn_on: 'text',
    status: 'text',
    frame_count: 'integer',
    size: 'integer',
    unchecked_count: 'integer',
    pack: 'text',
    schedule: 'json',
    last_recorded_at: 'text',
  },
  key: ['case'],
  indexes: [['requesting', 'fixed_on']],
  rowsOf: ({ case: id, state, newest, law }) => {
    const { office, fixed, drawn } = state;
    if (!fixed || office === undefined) return [];
    return [
      {
        case: id,
        revision: newest.revision,
        requesting: office,
        requested: office,
        sampled_category: fixed.frame.category,
        from_on: fixed.frame.from,
        to_on: fixed.frame.to,
        fixed_on: fixed.on,
        drawn_on: drawn?.on,
        status: statusOf(state),
        frame_count: fixed.frame.count,
        size: fixed.size,
        unchecked_count: uncheckedIn(state).length,
        pack: packOf(state, law)?.edition,
        // A schedule holds texts, numbers and lists of them: JSON, though its interfaces do not say so.
        schedule: schedule(state, law) as unknown as Json,
        last_recorded_at: newest.recordedAt,
      },
    ];
  },
};
