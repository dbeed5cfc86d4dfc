import {
  compareOccurrences,
  dayOf,
  dayOfOccurrence,
  firstInstantOf,
  type Earlier,
  type Evolve,
  type Instant,
  type LegalDate,
  type Mark,
  type Occurrence,
  type Recorded,
  type Recorder,
  UnknownFact,
  type Uuid,
} from '#libs/kernel';
import { assistanceFacts, type AssistanceFact, type Side } from './facts/index.js';

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
  readonly recorder: Recorder;
  /** The day it was recorded. */
  readonly recordedOn: LegalDate;
  /** What it said before it was corrected, the first first. */
  readonly earlier?: readonly Earlier<DataOf[T]>[];
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

const types = Object.keys(assistanceFacts) as readonly AssistanceFactType[];

export const noCase: AssistanceCase = {
  // One empty list per kind of fact: the table of facts names each, which entries made in a loop cannot say.
  facts: Object.fromEntries(types.map((type) => [type, []])) as unknown as AssistanceCase['facts'],
  revision: -1,
};

// Every step keeps the fact among those of its own kind, which entries made in a loop cannot say of each.
export const evolve = Object.fromEntries(types.map((type) => [type, kept(type)])) as unknown as Evolve<
  AssistanceCase,
  AssistanceFact
>;

function kept<T extends AssistanceFactType>(type: T) {
  return (state: AssistanceCase, fact: Taken<T>): AssistanceCase => ({
    ...withFact(state, type, entryOf(fact)),
    lastRecordedAt: fact.recordedAt,
  });
}

type Taken<T extends AssistanceFactType> = Pick<
  Recorded,
  'id' | 'revision' | 'occurredAt' | 'recordedAt' | 'recorder'
> & {
  readonly data: DataOf[T];
  readonly earlier?: readonly Earlier<DataOf[T]>[];
};

const entryOf = <T extends AssistanceFactType>(fact: Taken<T>): Kept<T> => ({
  event: fact.id,
  revision: fact.revision,
  occurredAt: fact.occurredAt,
  on: dayOfOccurrence(fact.occurredAt),
  data: fact.data,
  recorder: fact.recorder,
  recordedOn: dayOf(fact.recordedAt),
  ...(fact.earlier && { earlier: fact.earlier }),
});

/** What {@link evolve} makes of all these facts, with each list made once. @throws UnknownFact */
export function gather(facts: readonly Recorded<AssistanceFact>[]): AssistanceCase {
  const lists = new Map<string, Kept[]>(types.map((type) => [type, []]));
  for (const fact of facts) {
    const list = lists.get(fact.type);
    if (!list) throw new UnknownFact(fact.type, fact.version);
    list.push(entryOf(fact));
  }
  const last = facts.at(-1);
  return {
    // As above, of `noCase`.
    facts: Object.fromEntries(
      [...lists].map(([type, list]) => [type, list.sort(byOccurrence)]),
    ) as unknown as AssistanceCase['facts'],
    revision: facts.reduce((newest, { revision }) => Math.max(newest, revision), noCase.revision),
    ...(last && { lastRecordedAt: last.recordedAt }),
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

export const markOf = ({ on, event, occurredAt }: Pick<Kept, 'on' | 'event' | 'occurredAt'>): Mark => ({
  on,
  event,
  ...('at' in occurredAt && { at: occurredAt.at }),
});

/**
 * Of acts, some of which may be missing, the one that may have taken place first: as `verdict` counts it, one of which only
 * the day is known may have from the beginning of that day on.
 */
export const earliestOf = (...acts: readonly (Kept | undefined)[]): Kept | undefined => {
  const from = (act: Kept): Instant => firstInstantOf(markOf(act));
  const known = acts.filter((act) => act !== undefined);
  return known.toSorted((a, b) => (from(a) < from(b) ? -1 : from(a) > from(b) ? 1 : a.revision - b.revision))[0];
};

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

/** 不能提供协助的告知: the earliest. One about the manner or the date alone leaves the case as it was. */
export const refusalOf = ({ facts }: Pick<AssistanceCase, 'facts'>): Kept<'AssistanceInabilityNotified'> | undefined =>
  facts.AssistanceInabilityNotified.find(({ data }) => data.kind === 'cannotProvide');

/** 未予协助: no help was given, and the requested organ said that it cannot give any. */
export const isRefused = ({ facts }: Pick<AssistanceCase, 'facts'>): boolean =>
  facts.AssistanceProvided.length === 0 && refusalOf({ facts }) !== undefined;

/** 请求机关: who asked, or noted the obstacle that the case began with. */
export const requestingOf = (state: AssistanceCase): Uuid | undefined =>
  (requestOf(state) ?? state.facts.AssistanceObstacleNoted[0])?.data.requesting;

/** 办理状态, the furthest the case has come. It decides nothing by itself. */
export type CaseStatus =
  | 'none'
  | 'obstacleNoted'
  | 'notRequested'
  | 'requested'
  | 'delivered'
  | 'accepted'
  | 'inProgress'
  | 'provided'
  | 'fedBack'
  | 'cannotAssist'
  | 'closed'
  | 'refusedClosed'
  | 'archived';

/** From the furthest to the nearest: the first that holds. */
const STATUSES: readonly (readonly [CaseStatus, (facts: AssistanceCase['facts']) => boolean])[] = [
  [
    'archived',
    (facts) => facts.AssistanceClosed.length > 0 && sidesOf(facts).every((side) => isArchivedBy(facts, side)),
  ],
  ['refusedClosed', (facts) => facts.AssistanceClosed.length > 0 && isRefused({ facts })],
  ['closed', (facts) => facts.AssistanceClosed.length > 0],
  ['fedBack', (facts) => facts.AssistanceFeedbackGiven.length > 0],
  ['provided', (facts) => facts.AssistanceProvided.length > 0],
  ['cannotAssist', (facts) => isRefused({ facts })],
  ['inProgress', (facts) => facts.AssistanceStepRecorded.length > 0],
  ['accepted', (facts) => facts.AssistanceAccepted.length > 0],
  ['delivered', (facts) => facts.AssistanceRequestDelivered.length > 0],
  ['requested', (facts) => facts.AssistanceRequested.length > 0],
  ['notRequested', (facts) => facts.AssistanceRequestForgone.length > 0],
  ['obstacleNoted', (facts) => facts.AssistanceObstacleNoted.length > 0],
];

export const SIDES = ['requesting', 'requested'] as const satisfies readonly Side[];

/** Before a request there is one side, and nobody else has a file to archive. */
export const sidesOf = ({ AssistanceRequested: requests }: AssistanceCase['facts']): readonly Side[] =>
  requests.length > 0 ? SIDES : ['requesting'];

export const isArchivedBy = ({ AssistanceArchived: all }: AssistanceCase['facts'], side: Side): boolean =>
  all.some(({ data }) => data.side === side);

export const statusOf = ({ facts }: AssistanceCase): CaseStatus =>
  STATUSES.find(([, holds]) => holds(facts))?.[0] ?? 'none';
