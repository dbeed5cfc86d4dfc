import {
  canonicalJson,
  dayOfOccurrence,
  derivedId,
  type Judged,
  type Occurrence,
  type ScheduledClock,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { withFact, type AssistanceCase, type AssistanceFactType, type DataOf } from './case-state.js';
import { schedule } from './schedule.js';

interface Act<T extends AssistanceFactType> {
  readonly type: T;
  readonly occurredAt: Occurrence;
  readonly data: DataOf[T];
}

/** Stands for the id of the act that is being decided, which has none yet. It is never stored. */
const THIS_ACT = derivedId(['the act being decided']);

/** The fact that records `act`, with what is judged of it in this state of the case and under the law in hand. */
export const recording = <T extends AssistanceFactType>(
  act: Act<T>,
  state: AssistanceCase,
  { law }: { readonly law: LawBook },
): readonly { readonly type: T; readonly data: DataOf[T] }[] => [
  { type: act.type, data: withJudgement(act, state, law) },
];

/**
 * The data of the act with what is judged as it is recorded: the clocks it starts, moves or stops, and with the first of
 * them the rules that flag it. An act that touches none of these carries no judgement.
 */
function withJudgement<T extends AssistanceFactType>(
  { type, occurredAt, data }: Act<T>,
  state: AssistanceCase,
  law: LawBook,
): DataOf[T] {
  const on = dayOfOccurrence(occurredAt);
  const entry = { event: THIS_ACT, revision: state.revision + 1, occurredAt, on, data };
  const before = schedule(state, law);
  const after = schedule(withFact(state, type, entry), law);
  const raised = after.flags.filter(({ about }) => about.includes(THIS_ACT)).map(({ rule }) => rule);
  const flags = [...new Set(raised)];
  const touched = after.clocks.filter((clock) => !before.clocks.some((known) => isSame(known, clock)));
  const judgedClocks = touched.length > 0 || flags.length === 0 ? touched : after.clocks.slice(0, 1);
  if (judgedClocks.length === 0) return data;
  return { ...data, judged: judgedClocks.map((clock, index) => judgedClock(clock, index === 0 ? flags : [])) };
}

const isSame = (a: ScheduledClock, b: ScheduledClock): boolean => canonicalJson(a) === canonicalJson(b);

const judgedClock = ({ clock, from, due, provisional }: ScheduledClock, flags: readonly string[]): Judged => ({
  clock,
  ...(from && { from: from.on }),
  ...(due && { due }),
  provisional,
  flags,
});
