import { asked } from '#libs/kernel';
import { flagRows } from './flag-rows.js';

/** 不予协助的问题: no code or 其他, no written reason, no number, materials that did not all come back. */
export const refusals = asked({
  name: 'refusals',
  asks: '哪些不能提供协助的告知没有写明事由或者只写“其他”，没有书面理由，或者资料没有退清？',
  restsOn: { checks: ['inabilityReasoned', 'inabilityCoded', 'materialsReturned', 'closedReturned'] },
  ...flagRows([
    'inabilityUncoded',
    'openCause',
    'inabilityUnreasoned',
    'inabilityUnwritten',
    'closedUnreturned',
    'returnUnmatched',
  ]),
});
