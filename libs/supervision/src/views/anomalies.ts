import type { Json, View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { isUnsettled, pendingAppeal } from '../appeals.js';
import type { SupervisionFact } from '../facts.js';
import type { Anomaly, SupervisionFile } from '../file-state.js';
import { colourOf, statusOf } from '../status.js';

/** 异常目录: one row per anomaly. When it came and what it is never change, so pages in that order miss none. */
export const anomalies: View<SupervisionFile, SupervisionFact, LawBook> = {
  name: 'supervision_anomaly',
  columns: {
    case: 'text',
    anomaly: 'text',
    supervised_category: 'text',
    supervised_case: 'text',
    /** Both sides of the case, whose business it is; the organ it is for first, which `holder` names where it is for one. */
    organ: 'text',
    other: 'text',
    holder: 'text',
    kind: 'text',
    colour: 'text',
    rule: 'text',
    due: 'text',
    provisional: 'integer',
    status: 'text',
    open: 'integer',
    since: 'text',
    dismissed_on: 'text',
    /** 申诉待决定的，申诉之日. */
    appealed_on: 'text',
    /** The anomaly and its cards as they stand, for its sentence. */
    standing: 'json',
  },
  key: ['case', 'anomaly'],
  indexes: [
    ['since', 'case'],
    ['organ', 'since'],
    ['other', 'since'],
  ],
  rowsOf: ({ case: id, state }) => {
    const { supervised } = state;
    if (!supervised) return [];
    return state.anomalies.map((anomaly) => {
      const [organ, other] = sides(anomaly, supervised.parties);
      const status = statusOf(state, anomaly);
      const colour = colourOf(state, anomaly);
      return {
        case: id,
        anomaly: anomaly.id,
        supervised_category: supervised.category,
        supervised_case: supervised.case,
        organ,
        other,
        holder: anomaly.holder,
        kind: anomaly.kind,
        colour,
        rule: anomaly.rule,
        due: anomaly.due,
        provisional: anomaly.provisional ? 1 : 0,
        status,
        open: isUnsettled(state, anomaly) ? 1 : 0,
        since: anomaly.since.on,
        dismissed_on: status === 'dismissed' ? anomaly.dismissal?.on : undefined,
        appealed_on: pendingAppeal(anomaly)?.on,
        standing: standingOf(state, anomaly),
      };
    });
  },
};

const sides = (
  { holder }: Anomaly,
  parties: readonly string[],
): readonly [organ: string | undefined, other: string | undefined] => {
  const organ = holder ?? parties[0];
  return [organ, parties.find((party) => party !== organ)];
};

/** The part of a file that one anomaly's sentence is made from. */
const standingOf = (file: SupervisionFile, anomaly: Anomaly): Json => {
  const own = { issued: file.issued.filter(({ clock, due }) => clock === anomaly.clock && due === anomaly.due) };
  // What is kept of facts is their stored JSON, though its interfaces do not say so.
  return { ...own, anomalies: [anomaly] } as unknown as Json;
};
