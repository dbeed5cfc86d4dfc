import { closureOf, isArchivedBy, isRefused, sidesOf, type AssistanceCase } from './case-state.js';
import type { Side } from './facts/index.js';
import { materialsOf } from './materials.js';

/** 该做的事, in the order a case comes to them. */
export type TaskCode =
  'requesting' | 'delivering' | 'providing' | 'feedingBack' | 'returning' | 'closing' | 'archiving' | 'nothing';

/** What is to be done, and whose it is. */
export interface Task {
  readonly task: TaskCode;
  readonly sides: readonly Side[];
  /** By which stops a pack's clock is known to wait for it. */
  readonly stops: readonly string[];
  /** The check whose rule asks for it, where a text does. */
  readonly check?: string;
}

const task = (code: TaskCode, sides: readonly Side[], of: Partial<Pick<Task, 'stops' | 'check'>> = {}): Task => ({
  task: code,
  sides,
  stops: [],
  ...of,
});

const TASKS = {
  /** 提出请求 (XM-16-1). */
  requesting: task('requesting', ['requesting'], { stops: ['requested'] }),
  /** 送达: who asks sees that it arrives. No text says so. */
  delivering: task('delivering', ['requesting']),
  /** 提供协助, or telling that it cannot be (XM-16-4, XM-16-5, XM-6-4). */
  providing: task('providing', ['requested'], { stops: ['provided', 'answered'] }),
  /** 书面反馈 (XM-14-2): without a number of days. */
  feedingBack: task('feedingBack', ['requested'], { check: 'feedbackProvesProvision' }),
  /** 退回资料 (XM-6-5). */
  returning: task('returning', ['requested'], { check: 'materialsReturned' }),
  /** 办结: whose need it was. No text says who. */
  closing: task('closing', ['requesting']),
};

/**
 * Whose turn it is and for what, once all acts of `past` have taken place: the furthest the case has come. Undefined
 * before an obstacle or a request. `forgone`: it was decided not to ask, nothing binds to, and it stayed so.
 */
export function taskIn(past: AssistanceCase, forgone: boolean): Task | undefined {
  const { facts } = past;
  const isRequested = facts.AssistanceRequested.length > 0;
  if (!isRequested && facts.AssistanceObstacleNoted.length === 0) return undefined;
  if (closureOf(past)) return archivingIn(facts);
  if (!isRequested) return forgone && facts.AssistanceRequestForgone.length > 0 ? TASKS.closing : TASKS.requesting;
  if (facts.AssistanceProvided.length > 0) return isFedBack(facts) ? TASKS.closing : TASKS.feedingBack;
  if (isRefused(past)) return materialsOf(facts).outstanding > 0 ? TASKS.returning : TASKS.closing;
  return isReceived(facts) ? TASKS.providing : TASKS.delivering;
}

type Facts = AssistanceCase['facts'];

/** 归档 (XM-15-7): each side its own file, side by side; nobody's turn once all have. */
function archivingIn(facts: Facts): Task {
  const left = sidesOf(facts).filter((side) => !isArchivedBy(facts, side));
  return task(left.length > 0 ? 'archiving' : 'nothing', left, { check: 'archived' });
}

/** Every provision is covered by feedback of its day or later. */
const isFedBack = ({ AssistanceProvided: provisions, AssistanceFeedbackGiven: given }: Facts): boolean =>
  provisions.every((provision) => given.some(({ on }) => on >= provision.on));

/** 收到: delivered, or the requested organ itself has shown that it has the request. */
const isReceived = (facts: Facts): boolean =>
  [
    facts.AssistanceRequestDelivered,
    facts.AssistanceReceiptConfirmed,
    facts.AssistanceAccepted,
    facts.AssistanceClassDisputed,
    facts.AssistanceInabilityNotified,
  ].some((acts) => acts.length > 0);
