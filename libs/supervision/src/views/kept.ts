import { identitiesDigest, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SupervisionFact } from '../facts.js';
import { isOrderClock } from '../schedule.js';
import { identityOf, standingAnomalies, type SupervisionFile } from '../file-state.js';

/**
 * 已发之牌: what stands of a supervised case, in the shape in which the due-index says what should: one row per stage of a
 * clock, and one for all anomalies together. Whatever the two do not have in common is to be looked at.
 */
export const kept: View<SupervisionFile, SupervisionFact, LawBook> = {
  name: 'supervision_kept',
  columns: { case: 'text', category: 'text', supervised: 'text', item: 'text', stage: 'text', mark: 'text' },
  key: ['case', 'item', 'stage', 'mark'],
  indexes: [['supervised', 'item']],
  whole: true,
  rowsOf: ({ case: id, state }) => {
    const { supervised, issued } = state;
    if (!supervised) return [];
    const supervisedCase = { category: supervised.category, supervised: supervised.case };
    const standing = issued.filter(({ withdrawn }) => !withdrawn);
    const found = standingAnomalies(state).map(identityOf);
    return [
      ...standing.map(({ clock, stage, due }) => {
        // The clock of an order is the file's own.
        const own = isOrderClock(clock);
        const of = own ? { category: 'supervision', supervised: id } : supervisedCase;
        return { case: id, ...of, item: clock, stage, mark: due };
      }),
      ...(found.length === 0
        ? []
        : [{ case: id, ...supervisedCase, item: 'anomalies', stage: 'anomalies', mark: identitiesDigest(found) }]),
    ];
  },
};
