import type { Uuid, View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { deliveryOf, requestingOf, requestOf, type AssistanceCase, type Kept } from '../case-state.js';
import type { AssistanceFact, Side } from '../facts/index.js';

/** The acts that figures count, and the side each is of. Of several deliveries the one that counts is the receipt. */
const COUNTED: readonly (readonly [
  act: string,
  side: Side,
  of: (facts: AssistanceCase['facts']) => readonly Kept[],
])[] = [
  ['obstacle', 'requesting', (facts) => facts.AssistanceObstacleNoted],
  ['request', 'requesting', (facts) => facts.AssistanceRequested.slice(0, 1)],
  ['receipt', 'requested', (facts) => [deliveryOf(facts).act ?? []].flat()],
  ['provision', 'requested', (facts) => facts.AssistanceProvided],
  ['feedback', 'requested', (facts) => facts.AssistanceFeedbackGiven],
  [
    'refusal',
    'requested',
    (facts) => facts.AssistanceInabilityNotified.filter(({ data }) => data.kind === 'cannotProvide'),
  ],
  ['closure', 'requesting', (facts) => facts.AssistanceClosed.slice(0, 1)],
];

/** 行为目录: one row per act of those that are counted, on the day it took place. */
export const acts: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_act',
  columns: { case: 'text', event: 'text', act: 'text', organ: 'text', on_day: 'text' },
  key: ['case', 'event'],
  indexes: [['act', 'on_day']],
  whole: true,
  rowsOf: ({ case: id, state }) => {
    const organs: Readonly<Record<Side, Uuid | undefined>> = {
      requesting: requestingOf(state),
      requested: requestOf(state)?.data.requested,
    };
    return COUNTED.flatMap(([act, side, of]) =>
      of(state.facts).map(({ event, on }) => ({ case: id, event, act, organ: organs[side], on_day: on })),
    );
  },
};
