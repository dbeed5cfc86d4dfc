import { dayOfOccurrence, interrupted, type Holder, type Standstill, type Turn, type Uuid } from '#libs/kernel';
import type { LawBook, OrganRegister } from '#libs/law';
import {
  byOccurrence,
  deliveryOf,
  noCase,
  requestingOf,
  requestOf,
  withFact,
  type AssistanceCase,
  type AssistanceFactType,
  type Kept,
} from './case-state.js';
import { mandatoryGroundsOf, STARTS } from './clock-starts.js';
import { named, runClock } from './clocks.js';
import { taskIn, type Task } from './custody-tasks.js';
import type { Side } from './facts/index.js';
import { governed, isOn, type GovernedCase } from './governed-case.js';
import { officersOf } from './officers.js';
import { regimesIn } from './regimes.js';

/** Acts after which it may be another's turn. Internal steps are none, so the line tells nobody of them. */
const TURNING = [
  'AssistanceObstacleNoted',
  'AssistanceRequestForgone',
  'AssistanceRequested',
  'AssistanceMaterialsHandedOver',
  'AssistanceReceiptConfirmed',
  'AssistanceAccepted',
  'AssistanceClassDisputed',
  'AssistanceProvided',
  'AssistanceFeedbackGiven',
  'AssistanceInabilityNotified',
  'AssistanceMaterialsReturned',
  'AssistanceClosed',
  'AssistanceArchived',
] as const satisfies readonly AssistanceFactType[];

interface Turning {
  readonly type: AssistanceFactType;
  readonly fact: Kept;
}

/**
 * 责任链: whose turn it is from the first obstacle or the request on, as the facts and the law in hand have it now. After
 * each act that may turn something the task follows from everything that had taken place by then (custody-tasks.ts), its
 * clock from the schedule, so that line and clocks never differ. README.md has every transition with its article.
 */
export function custodyLine(state: AssistanceCase, law: LawBook): readonly Turn[] {
  const of = governed(state, law);
  const whole = { state, of, register: law.organs, clocks: of ? startedClocks(of) : [] };
  const turns: Turn[] = [];
  let past = noCase;
  for (const { type, fact } of turningIn(state)) {
    past = withFact(past, type, fact);
    const task = taskIn(past, isForgone(state, of));
    const turn = task && turnOf(whole, task, fact);
    if (turn && !isSame(turns.at(-1), turn)) turns.push(turn);
  }
  const standstills = of && isOn(of.rules, 'emergencyRegimeSuspends') ? standstillsIn(state) : [];
  return turns.flatMap((turn, index) => {
    const next = turns[index + 1];
    return turn.clock === undefined ? [turn] : interrupted(turn, next && dayOfOccurrence(next.from), standstills);
  });
}

/** In the order they took place. Of several deliveries the one that counts as the receipt: it starts the clock too. */
function turningIn({ facts }: AssistanceCase): readonly Turning[] {
  const { act: delivery } = deliveryOf(facts);
  return [
    ...TURNING.flatMap((type) => facts[type].map((fact: Kept) => ({ type, fact }))),
    ...(delivery ? [{ type: 'AssistanceRequestDelivered' as const, fact: delivery }] : []),
  ].toSorted((a, b) => byOccurrence(a.fact, b.fact));
}

/** 决定不提出请求: nothing was asked, and no ground of 第十条 binds to ask. A request that came all the same undoes it. */
const isForgone = (state: AssistanceCase, of: GovernedCase | undefined): boolean =>
  requestOf(state) === undefined &&
  state.facts.AssistanceRequestForgone.length > 0 &&
  (of === undefined || mandatoryGroundsOf(of).length === 0);

/** A clock that applies to the case and has a start. */
interface Started {
  readonly clock: string;
  /** The rule that sets its limit. */
  readonly rule: string;
  readonly stops: string;
  readonly start: Omit<Kept, 'data'>;
}

const startedClocks = (of: GovernedCase): readonly Started[] =>
  of.rules.clocks.flatMap((rule) => {
    const { act: start, notApplicable } = named(STARTS, rule.starts)(of);
    const clock = start && notApplicable === undefined ? runClock(of, rule)?.clock : undefined;
    // What only a person finds in time has no number of days: it runs beside the clock that has one.
    return start && clock && !clock.personFinds
      ? [{ clock: clock.clock, rule: clock.rule, stops: rule.stops, start }]
      : [];
  });

interface Whole {
  readonly state: AssistanceCase;
  readonly of: GovernedCase | undefined;
  readonly register: OrganRegister;
  readonly clocks: readonly Started[];
}

function turnOf({ state, of, clocks, register }: Whole, { task, sides, stops, check }: Task, fact: Kept): Turn {
  const clock = clocks.find((one) => stops.includes(one.stops) && byOccurrence(one.start, fact) <= 0);
  const rule = clock?.rule ?? of?.rules.checks.find((known) => known.check === check)?.rule;
  return {
    from: fact.occurredAt,
    since: fact.event,
    holders: sides.flatMap((side) => holderOf({ state, register }, side)),
    task,
    ...(rule !== undefined && { rule }),
    ...(clock && { clock: clock.clock }),
    suspended: false,
  };
}

function holderOf({ state, register }: Pick<Whole, 'state' | 'register'>, side: Side): readonly Holder[] {
  const organ: Uuid | undefined = side === 'requesting' ? requestingOf(state) : requestOf(state)?.data.requested;
  return organ === undefined ? [] : [{ organ, officers: officersOf(state.facts, side, { organ, register }) }];
}

const isSame = (before: Turn | undefined, turn: Turn): boolean =>
  before !== undefined &&
  before.task === turn.task &&
  before.clock === turn.clock &&
  before.holders.map(({ organ }) => organ).join() === turn.holders.map(({ organ }) => organ).join();

/** 应急处置期间, with the facts that began and ended each stretch of days. */
function standstillsIn({ facts }: AssistanceCase): readonly Standstill[] {
  return regimesIn(facts).flatMap(({ from, to }) => {
    const began = facts.AssistanceEmergencyRegimeActivated.find(({ on }) => on === from);
    const ended = facts.AssistanceEmergencyRegimeEnded.findLast(({ on }) => on === to);
    return began ? [{ from, since: began.event, to, until: ended?.event }] : [];
  });
}
