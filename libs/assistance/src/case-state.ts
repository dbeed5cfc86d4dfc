import {
  compareOccurrences,
  dayOfOccurrence,
  type Evolve,
  type Instant,
  type LegalDate,
  type Mark,
  type Occurrence,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { AssistanceFact } from './facts.js';

export type DataOf = { readonly [F in AssistanceFact as F['type']]: F['data'] };
export type AssistanceFactType = keyof DataOf;

/** A fact as the case remembers it: marked values stay sealed. */
export interface Kept<T extends AssistanceFactType = AssistanceFactType> {
  readonly event: Uuid;
  readonly revision: number;
  readonly occurredAt: Occurrence;
  /** The day of `occurredAt`. */
  readonly on: LegalDate;
  readonly data: DataOf[T];
}

/**
 * 协助案件: its facts by kind, each list in the order the acts took place. It draws no conclusion: what a fact effects
 * depends on the law in hand and is settled by `schedule`. So any history folds, in any order of occurrence.
 */
export interface AssistanceCase {
  readonly facts: { readonly [T in AssistanceFactType]: readonly Kept<T>[] };
  /** Of the newest fact, −1 before the first. */
  readonly revision: number;
  readonly lastRecordedAt?: Instant;
}

export const noCase: AssistanceCase = {
  facts: {
    AssistanceRequested: [],
    AssistanceRequestDelivered: [],
    AssistanceAccepted: [],
    AssistanceStepRecorded: [],
    AssistanceExtensionApproved: [],
    AssistanceExtensionFiled: [],
    AssistanceProvided: [],
    AssistanceFeedbackGiven: [],
    AssistanceClosed: [],
  },
  revision: -1,
};

export const evolve: Evolve<AssistanceCase, AssistanceFact> = {
  AssistanceRequested: kept('AssistanceRequested'),
  AssistanceRequestDelivered: kept('AssistanceRequestDelivered'),
  AssistanceAccepted: kept('AssistanceAccepted'),
  AssistanceStepRecorded: kept('AssistanceStepRecorded'),
  AssistanceExtensionApproved: kept('AssistanceExtensionApproved'),
  AssistanceExtensionFiled: kept('AssistanceExtensionFiled'),
  AssistanceProvided: kept('AssistanceProvided'),
  AssistanceFeedbackGiven: kept('AssistanceFeedbackGiven'),
  AssistanceClosed: kept('AssistanceClosed'),
};

function kept<T extends AssistanceFactType>(type: T) {
  return (
    state: AssistanceCase,
    fact: Pick<Recorded, 'id' | 'revision' | 'occurredAt' | 'recordedAt'> & { readonly data: DataOf[T] },
  ): AssistanceCase => {
    const { id: event, revision, occurredAt, data, recordedAt } = fact;
    const entry = { event, revision, occurredAt, on: dayOfOccurrence(occurredAt), data };
    return { ...withFact(state, type, entry), lastRecordedAt: recordedAt };
  };
}

/** The case with one more fact in its place among those of its kind. */
export function withFact<T extends AssistanceFactType>(state: AssistanceCase, type: T, fact: Kept<T>): AssistanceCase {
  const before = state.facts[type];
  const last = before.at(-1);
  const inOrder = [...before, fact];
  if (last && byOccurrence(last, fact) > 0) inOrder.sort(byOccurrence);
  return { ...state, facts: { ...state.facts, [type]: inOrder }, revision: Math.max(state.revision, fact.revision) };
}

/** Earlier act first; of acts not told apart by their time, the one recorded first. */
export function byOccurrence(a: Omit<Kept, 'data'>, b: Omit<Kept, 'data'>): number {
  return compareOccurrences(a.occurredAt, b.occurredAt) || a.revision - b.revision;
}

export const markOf = ({ on, event }: Pick<Kept, 'on' | 'event'>): Mark => ({ on, event });

/** 请求. A case has one; of several in a damaged history the earliest counts. */
export const requestOf = (state: AssistanceCase): Kept<'AssistanceRequested'> | undefined =>
  state.facts.AssistanceRequested[0];

/**
 * 送达: which delivery counts as the receipt, everywhere: the earliest proven one, or without any proof the earliest.
 * Never acceptance or a confirmation click: the organ that is timed would control its own clock (XM 16(2), recommended
 * reading 1). `rivals` are all others of a different day, proven or not: which day is right is for a person.
 */
export function deliveryOf({ AssistanceRequestDelivered: all }: AssistanceCase['facts']): {
  readonly act?: Kept<'AssistanceRequestDelivered'>;
  readonly rivals: readonly Kept<'AssistanceRequestDelivered'>[];
} {
  const act = all.find(({ data }) => data.proof !== undefined) ?? all[0];
  return act ? { act, rivals: all.filter(({ on }) => on !== act.on) } : { rivals: [] };
}

export const closureOf = ({ facts }: Pick<AssistanceCase, 'facts'>): Kept<'AssistanceClosed'> | undefined =>
  facts.AssistanceClosed[0];

/** 办理状态, the furthest the case has come. It decides nothing by itself. */
export type CaseStatus = 'none' | 'requested' | 'delivered' | 'accepted' | 'provided' | 'fedBack' | 'closed';

export function statusOf({ facts }: AssistanceCase): CaseStatus {
  if (facts.AssistanceClosed.length > 0) return 'closed';
  if (facts.AssistanceFeedbackGiven.length > 0) return 'fedBack';
  if (facts.AssistanceProvided.length > 0) return 'provided';
  if (facts.AssistanceAccepted.length > 0) return 'accepted';
  if (facts.AssistanceRequestDelivered.length > 0) return 'delivered';
  return facts.AssistanceRequested.length > 0 ? 'requested' : 'none';
}
