import type { Json, View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { isUnsettled } from '../appeals.js';
import type { SupervisionFact } from '../facts.js';
import type { SupervisionFile } from '../file-state.js';
import { packOf } from '../governed-file.js';
import { schedule } from '../schedule.js';

/** 监察档案: one row per file. What holds now is for the reader's clock to say. */
export const caseFile: View<SupervisionFile, SupervisionFact, LawBook> = {
  name: 'supervision_case_file',
  columns: {
    case: 'text',
    revision: 'integer',
    supervised_category: 'text',
    supervised_case: 'text',
    /** 当事机关, whose cases questions are asked of; the only one twice, where there is one. */
    requesting: 'text',
    requested: 'text',
    pack: 'text',
    status: 'text',
    schedule: 'json',
    open_count: 'integer',
    last_recorded_at: 'text',
  },
  key: ['case'],
  indexes: [['supervised_case']],
  rowsOf: ({ case: id, state, newest, law }) => {
    if (!state.supervised) return [];
    const open = state.anomalies.filter((anomaly) => isUnsettled(state, anomaly)).length;
    return [
      {
        case: id,
        revision: newest.revision,
        supervised_category: state.supervised.category,
        supervised_case: state.supervised.case,
        requesting: state.supervised.parties[0],
        requested: state.supervised.parties[1] ?? state.supervised.parties[0],
        pack: packOf(state, law)?.edition,
        status: open > 0 ? 'open' : 'closed',
        // A schedule holds texts, numbers and lists of them: JSON, though its interfaces do not say so.
        schedule: schedule(state, law) as unknown as Json,
        open_count: open,
        last_recorded_at: newest.recordedAt,
      },
    ];
  },
};
