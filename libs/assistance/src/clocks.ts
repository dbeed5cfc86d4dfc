import type { Flag, LegalDate, ScheduledClock, Uuid } from '#libs/kernel';
import {
  isDaysLimit,
  limitOf,
  scheduledClock,
  type ClockLimit,
  type ClockMarks,
  type ClockRule,
  type Suspension,
  type SystemRules,
} from '#libs/law';
import { deliveryOf, markOf, type Kept } from './case-state.js';
import { extensionsOf, type Extensions } from './extensions.js';
import { STOPS, type Stop } from './clock-stops.js';
import type { FlagCode, NotApplicableCode } from './flag-texts.js';
import { citing, isOn, isRequested, listOf, type GovernedCase } from './governed-case.js';
import { classesOf } from './matter-classes.js';
import { regimesIn } from './regimes.js';

type Act = Pick<Kept, 'on' | 'event' | 'occurredAt'>;

interface Start {
  readonly act?: Omit<Kept, 'data'>;
  /** Acts of other days that might be the start instead. */
  readonly rivals: readonly Act[];
  readonly notApplicable?: NotApplicableCode;
}

/** 起算 — which act starts a clock, by the name a pack gives. */
export const STARTS: Readonly<Record<string, (of: GovernedCase) => Start>> = {
  delivered: ({ facts }) => deliveryOf(facts),
  obstacleMet,
};

/**
 * 遇到障碍之日 (XM 16(1), recommended reading 9): the earliest obstacle whose day is known, whatever was forgone in between.
 * Without an obstacle, or once it was decided not to ask where nothing binds to ask, the clock does not apply; an obstacle
 * without a day cannot be judged, and is never on time.
 */
function obstacleMet(of: GovernedCase): Start {
  const { facts } = of;
  const dated = facts.AssistanceObstacleNoted.find(({ data }) => data.dateUnknown !== true);
  if (facts.AssistanceObstacleNoted.length === 0) return { rivals: [], notApplicable: 'noObstacle' };
  const forgone = facts.AssistanceRequestForgone.length > 0 && !isRequested(of);
  if (forgone && mandatoryGroundsOf(of).length === 0) return { rivals: [], notApplicable: 'requestForgone' };
  return dated ? { act: dated, rivals: [] } : { rivals: [] };
}

/** 应当提出请求的情形 on record with an obstacle (XM 10): the codes the pack lists. */
export const mandatoryGroundsOf = ({ facts, rules }: GovernedCase): readonly string[] => {
  const mandatory = listOf(rules, 'mandatoryGrounds');
  const codes = facts.AssistanceObstacleNoted.flatMap(({ data }) => (data.grounds ?? []).map(({ code }) => code));
  return mandatory.filter((code) => codes.includes(code));
};

/** 承担方 — who has the ball while a clock runs; undefined before there is one. */
export const HOLDERS: Readonly<Record<string, (of: GovernedCase) => Uuid | undefined>> = {
  requesting: ({ requesting }) => requesting,
  requested: ({ request }) => request?.data.requested,
};

/** 适用条件 — when a limit applies, beside `always`. */
export const CONDITIONS: Readonly<Record<string, (of: GovernedCase) => boolean>> = {
  /** 协助执行、协助调查、协助出具意见: one special class is enough in a mixed request (XM-16-5). */
  specialClass: (of) => isSpecial(of, classesOf(of)),
  /** 能够当场提供 (XM-16-2): said when it was accepted, or shown by help given on the spot. */
  onSpotPossible: ({ facts }) =>
    facts.AssistanceAccepted.some(({ data }) => data.onSpotPossible === true) ||
    facts.AssistanceProvided.some(({ data }) => data.onSpot),
};

/** Whether any of `classes` is one the pack gives the longer limit. */
export const isSpecial = ({ rules }: Pick<GovernedCase, 'rules'>, classes: readonly string[]): boolean =>
  classes.some((code) => listOf(rules, 'specialClasses').includes(code));

/**
 * 突发事件期间 (XM 17): the days on which clocks give way, where the pack says that they do. A regime that began only after
 * the clock had stopped holds nothing up.
 */
const suspensionsOf = ({ facts, rules }: GovernedCase, stop: Stop | undefined): readonly Suspension[] =>
  isOn(rules, 'emergencyRegimeSuspends') ? regimesIn(facts, stop?.act.on) : [];

/** The rule that sets a regime in force, and the switch of the pack by which limits do not run in it. */
function suspendedBy(rules: SystemRules): Pick<ClockMarks, 'suspendedBy'> {
  const { rule } = citing(rules, 'emergencyRegime');
  return rule === undefined ? {} : { suspendedBy: { rule, value: 'emergencyRegimeSuspends' } };
}

export interface RunClock {
  readonly clock: ScheduledClock;
  readonly flags: readonly Flag[];
  /** What the case told of it: the extensions among them are those that count. */
  readonly marks: ClockMarks;
}

const runs = new WeakMap<GovernedCase, Map<ClockRule, RunClock | undefined>>();

/**
 * One clock of the pack over the facts of the case, run once; undefined when no limit of it applies, or nobody holds it yet.
 */
export function runClock(of: GovernedCase, rule: ClockRule): RunClock | undefined {
  const known = runs.get(of) ?? new Map<ClockRule, RunClock | undefined>();
  runs.set(of, known);
  if (!known.has(rule)) known.set(rule, run(of, rule));
  return known.get(rule);
}

function run(of: GovernedCase, rule: ClockRule): RunClock | undefined {
  const holds = (when: string): boolean => named(CONDITIONS, when)(of);
  const limit = limitOf(rule, holds);
  const holder = named(HOLDERS, rule.holder)(of);
  if (!limit || !holder) return undefined;
  const starting = named(STARTS, rule.starts)(of);
  if (starting.notApplicable !== undefined)
    return givenUp(rule, { holder, holds, rule: limit.rule }, starting.notApplicable);
  const start = starting.act;
  const [stop, ...furtherStops] = named(STOPS, rule.stops)(of);
  const suspensions = suspensionsOf(of, stop);
  const { effective, flags } = extensionsIn(of, rule, limit, { start, stop, suspensions });
  const marks: ClockMarks = {
    holder,
    holds,
    suspensions,
    ...suspendedBy(of.rules),
    ...(start && { started: markOf(start) }),
    ...(stop && { stopped: markOf(stop.act) }),
    extensions: effective.map(({ event, data }) => ({ event, days: data.days })),
  };
  const clock = scheduledClock(rule, of.book.calendar, marks);
  if (!clock) return undefined;
  const parts = furtherStops.filter(({ by }) => by === 'provided');
  const left = leftBecause(clock, stop);
  return {
    marks,
    clock: left ? givenUp(rule, { ...clock, holds }, left).clock : { ...clock, ...(stop && { stoppedBy: stop.by }) },
    // Where only a person finds whether it was in time, the doubts stand beside the clock that has a number.
    flags: clock.personFinds
      ? []
      : [
          ...contested(limit.rule, starting),
          ...inParts(limit.rule, stop, parts),
          ...helpedAfterAll(limit.rule, { stop, due: clock.due }, parts),
          ...flags,
        ],
  };
}

/**
 * Why a clock that began is left: a suspension that has not ended leaves it no due day; and a case that was closed without an
 * answer before the limit was out leaves nothing to be in time with (inferred). Closed after it, the clock is late by that day.
 */
function leftBecause(
  { from, due, personFinds }: ScheduledClock,
  stop: Stop | undefined,
): NotApplicableCode | undefined {
  if (from === undefined) return undefined;
  if (stop?.by === 'closed' && (due === undefined ? personFinds : stop.act.on <= due)) return 'closedUnanswered';
  return due === undefined && !personFinds ? 'emergencyRegime' : undefined;
}

interface Ends {
  readonly start: Act | undefined;
  readonly stop: Stop | undefined;
  readonly suspensions: readonly Suspension[];
}

/** What was approved for a clock that runs in days; no other is extended. */
function extensionsIn(
  of: GovernedCase,
  rule: ClockRule,
  limit: ClockLimit,
  { start, stop, suspensions }: Ends,
): Extensions {
  if (of.facts.AssistanceExtensionApproved.length === 0 || !isDaysLimit(limit) || !isExtensible(of, rule)) return none;
  const running = start && { start: start.on, limit, suspensions, ...(stop && { stop: stop.act.on }) };
  return extensionsOf(of, rule, limit.rule, running);
}

const none: Extensions = { effective: [], flags: [] };

/** An extension is of the clock the pack extends; where it extends none, it is shown beside the requested organ's. */
const isExtensible = ({ rules }: GovernedCase, rule: ClockRule): boolean =>
  rule.extension !== undefined ||
  (rule.holder === 'requested' && rules.clocks.every(({ extension }) => extension === undefined));

const givenUp = (
  { clock }: ClockRule,
  { holder, rule, holds }: Pick<ScheduledClock, 'holder' | 'rule'> & Pick<ClockMarks, 'holds'>,
  notApplicable: NotApplicableCode,
): RunClock => ({
  clock: { clock, rule, holder, provisional: false, notApplicable },
  flags: [],
  marks: { holder, holds, notApplicable },
});

/** One flag a rival, naming both days: whoever is timed moves no clock unseen. */
const contested = (rule: string, { act, rivals }: Start): readonly Flag[] =>
  rivals.flatMap((rival) =>
    act ? [flag(rule, 'startContested', [act, rival], { start: act.on, other: rival.on })] : [],
  );

const inParts = (rule: string, stop: Stop | undefined, further: readonly Stop[]): readonly Flag[] =>
  stop?.by === 'provided' && further.length > 0
    ? [flag(rule, 'stoppedInParts', [stop.act, ...further.map(({ act }) => act)], { count: further.length + 1 })]
    : [];

/** Help that came after the limit in a case whose notice that none can be given had stopped it: whether the notice was true. */
const helpedAfterAll = (
  rule: string,
  { stop, due }: { readonly stop: Stop | undefined; readonly due: LegalDate | undefined },
  further: readonly Stop[],
): readonly Flag[] => {
  const help = stop?.by === 'cannotProvide' && due !== undefined && further.find(({ act }) => act.on > due);
  return stop && due && help
    ? [flag(rule, 'providedAfterRefusal', [help.act, stop.act], { due, refused: stop.act.on, provided: help.act.on })]
    : [];
};

const flag = (rule: string, code: FlagCode, about: readonly Act[], values: NonNullable<Flag['values']>): Flag => ({
  rule,
  code,
  about: about.map(({ event }) => event),
  values,
});

/** What the pack calls `name`. @throws Error when this program has nothing of that name: the pack is faulty. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`the rule pack names ${name}, which 行政协助 does not have`);
  return found;
}
