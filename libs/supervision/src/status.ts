import type { CardColour, PersonalFact } from './facts.js';
import type { Anomaly, Issued, SupervisionFile } from './file-state.js';
import { openOrders } from './orders.js';

/** The cards of a lateness, in the order in which they were issued. */
export const cardsOf = (
  { issued }: SupervisionFile,
  { clock, due }: Pick<Anomaly, 'clock' | 'due'>,
): readonly (Issued & { readonly stage: CardColour })[] =>
  issued.filter(
    (one): one is Issued & { readonly stage: CardColour } =>
      one.stage !== 'warning' && one.clock === clock && one.due === due,
  );

/**
 * 监察状态 of an anomaly: what was last done about it, or why it counts no more. While an order waits it is `ordered`, also
 * where it was handled or assessed before; what was assessed stays so otherwise.
 */
export const ANOMALY_STATUSES = [
  'detected',
  'reminded',
  'ordered',
  'handled',
  'assessed',
  'dismissed',
  'withdrawn',
] as const;
export type AnomalyStatus = (typeof ANOMALY_STATUSES)[number];

const REACHED: Partial<Record<PersonalFact['type'], AnomalyStatus>> = {
  SupervisionReminderSent: 'reminded',
  SupervisedHandlingOrdered: 'ordered',
  AnomalyHandled: 'handled',
  AnomalyAssessed: 'assessed',
};

export function statusOf(file: SupervisionFile, anomaly: Anomaly): AnomalyStatus {
  const cards = cardsOf(file, anomaly);
  const gone = anomaly.kind === 'lateness' && cards.length > 0 && cards.every((card) => card.withdrawn);
  if (gone || anomaly.cleared !== undefined) return 'withdrawn';
  if (anomaly.dismissal) return 'dismissed';
  if (openOrders(anomaly).length > 0) return 'ordered';
  const reached = anomaly.steps.flatMap(({ type }) => REACHED[type] ?? []);
  return reached.includes('assessed') ? 'assessed' : (reached.at(-1) ?? 'detected');
}

/** 未了结: somebody still has something to do about it. */
export const isOpen = (status: AnomalyStatus): boolean =>
  ['detected', 'reminded', 'ordered', 'handled'].includes(status);

/** The colour that stands of a lateness; undefined where none does. */
export const colourOf = (file: SupervisionFile, anomaly: Anomaly): CardColour | undefined => {
  const standing = cardsOf(file, anomaly).filter(({ withdrawn: gone }) => !gone);
  return standing.some(({ stage }) => stage === 'red') ? 'red' : standing.at(0)?.stage;
};

/** The four stages of supervision in order, and which were passed over: shown, never flagged. */
export function skippedStages({ steps }: Anomaly): readonly AnomalyStatus[] {
  const passed = new Set(steps.flatMap(({ type }) => REACHED[type] ?? []));
  const last = FOUR.findLastIndex((stage) => passed.has(stage));
  return FOUR.slice(0, Math.max(last, 0)).filter((stage) => !passed.has(stage));
}

const FOUR: readonly AnomalyStatus[] = ['reminded', 'ordered', 'handled', 'assessed'];
