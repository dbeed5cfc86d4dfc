import type { Json, View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { requestingOf, requestOf, statusOf, type AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { packOf } from '../governed-case.js';
import { schedule } from '../schedule.js';

/**
 * 案卷: one row per case with everything a list compares: status, parties, and of the clock that still runs the due day
 * and the instant from which it is late. What is late *now* is for the reader's clock to say: `late_from <= now`.
 */
export const caseFile: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_case_file',
  columns: {
    case: 'text',
    revision: 'integer',
    /** The audience: only these two organs and supervision may see the case. */
    requesting: 'text',
    requested: 'text',
    status: 'text',
    document_number: 'text',
    pack: 'text',
    requested_on: 'text',
    /** Clocks, duties and flags as scheduled. */
    schedule: 'json',
    flag_count: 'integer',
    due_on: 'text',
    /** 1 where a notice of holidays to come may still move that day. */
    due_provisional: 'integer',
    late_from: 'text',
    /** 1 once steps have been fed back and the other side may read them. */
    fed_back: 'integer',
    last_recorded_at: 'text',
  },
  key: ['case'],
  indexes: [['requesting', 'status'], ['requested', 'status'], ['late_from']],
  rowsOf: ({ case: id, state, newest, law }) => {
    const request = requestOf(state);
    const requesting = requestingOf(state);
    if (!requesting) return [];
    const judged = schedule(state, law);
    const next = judged.clocks
      .filter(({ stopped, due, notApplicable }) => !stopped && due && notApplicable === undefined)
      .toSorted((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))[0];
    return [
      {
        case: id,
        revision: newest.revision,
        requesting,
        requested: request?.data.requested,
        status: statusOf(state),
        document_number: request?.data.documentNumber,
        pack: packOf(state, law)?.edition,
        requested_on: request?.on,
        // A schedule holds texts, numbers and lists of them: JSON, though its interfaces do not say so.
        schedule: judged as unknown as Json,
        flag_count: judged.flags.length,
        due_on: next?.due,
        due_provisional: next && (next.provisional ? 1 : 0),
        late_from: next?.lateFrom,
        fed_back: state.facts.AssistanceFeedbackGiven.length > 0 ? 1 : 0,
        last_recorded_at: newest.recordedAt,
      },
    ];
  },
};
