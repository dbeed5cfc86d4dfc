import {
  dayOf,
  dayOfOccurrence,
  derivedId,
  type Context,
  type Judged,
  type Occurrence,
  type ScheduledClock,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { requestOf, withFact, type AssistanceCase, type AssistanceFactType, type DataOf } from './case-state.js';
import { schedule } from './schedule.js';

interface Act<T extends AssistanceFactType> {
  readonly type: T;
  readonly occurredAt: Occurrence;
  readonly data: DataOf[T];
}

/** Stands for the id of the act that is being decided, which has none yet. It is never stored. */
const THIS_ACT = derivedId(['the act being decided']);

/** By whom it is recorded, when, and under which law. */
type Recording = Pick<Context<LawBook>, 'law' | 'now' | 'recorder'>;

/** The fact that records `act`, with what is judged of it in this state of the case and under the law in hand. */
export const recording = <T extends AssistanceFactType>(
  act: Act<T>,
  state: AssistanceCase,
  context: Recording,
): readonly { readonly type: T; readonly data: DataOf[T] }[] => [
  { type: act.type, data: withJudgement(act, state, context) },
];

/**
 * The data of the act with what is judged as it is recorded: the clocks it starts, moves or stops (a request: every clock
 * of the case), and with the first of them the rules that flag it. An act that touches none carries no judgement.
 */
function withJudgement<T extends AssistanceFactType>(
  { type, occurredAt, data }: Act<T>,
  state: AssistanceCase,
  { law, now, recorder }: Recording,
): DataOf[T] {
  const when = { occurredAt, on: dayOfOccurrence(occurredAt), recordedOn: dayOf(now) };
  const after = withFact(state, type, { event: THIS_ACT, revision: state.revision + 1, ...when, data, recorder });
  const { clocks, flags: raised } = schedule(after, law);
  const opens = requestOf(after)?.event === THIS_ACT;
  const flags = [...new Set(raised.filter(({ about }) => about.includes(THIS_ACT)).map(({ rule }) => rule))];
  const applying = clocks.filter(({ notApplicable }) => notApplicable === undefined);
  const touched = applying.filter((clock) => opens || turnsOnThisAct(clock));
  const first = applying.length > 0 ? applying : clocks;
  const judgedClocks = touched.length > 0 || flags.length === 0 ? touched : first.slice(0, 1);
  if (judgedClocks.length === 0) return data;
  return { ...data, judged: judgedClocks.map((clock, index) => judgedClock(clock, index === 0 ? flags : [])) };
}

const turnsOnThisAct = ({ from, stopped, extendedBy }: ScheduledClock): boolean =>
  [from?.event, stopped?.event, extendedBy].includes(THIS_ACT);

const judgedClock = ({ clock, from, due, provisional }: ScheduledClock, flags: readonly string[]): Judged => ({
  clock,
  ...(from && { from: from.on }),
  ...(due && { due }),
  provisional,
  flags,
});
