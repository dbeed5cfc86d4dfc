import type { Flag, ScheduledClock, Uuid } from '#libs/kernel';
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
import { markOf, type Kept } from './case-state.js';
import { extensionsOf, type Extensions } from './extensions.js';
import { doubtsAbout } from './clock-doubts.js';
import { STARTS, type Start } from './clock-starts.js';
import { STOPS, type Stop } from './clock-stops.js';
import type { NotApplicableCode } from './flag-texts.js';
import { citing, isOn, listOf, type GovernedCase } from './governed-case.js';
import { classesOf } from './matter-classes.js';
import { regimesIn } from './regimes.js';

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
  const all: ClockMarks = {
    holder,
    holds,
    suspensions,
    ...suspendedBy(of.rules),
    ...(start && { started: markOf(start) }),
    ...(stop && { stopped: markOf(stop.act) }),
    extensions: effective.map(({ event, data }) => ({ event, days: data.days })),
  };
  const told = scheduledClock(rule, of.book.calendar, all);
  if (!told) return undefined;
  const marks = cannotTell(starting, told) ? withoutStart(all) : all;
  const clock = marks === all ? told : (scheduledClock(rule, of.book.calendar, marks) ?? told);
  const parts = furtherStops.filter(({ by }) => by === 'provided');
  const left = leftBecause(clock, stop);
  return {
    marks,
    clock: left ? givenUp(rule, { ...clock, holds }, left).clock : { ...clock, ...(stop && { stoppedBy: stop.by }) },
    // Where only a person finds whether it was in time, the doubts stand beside the clock that has a number.
    flags: clock.personFinds
      ? []
      : [...doubtsAbout(limit.rule, { start: starting, stop, due: told.due, parts }), ...flags],
  };
}

/** 不能判断: it may have begun earlier than all that is known, so that what was in time by that may have been late. */
const cannotTell = ({ undated }: Start, told: ScheduledClock): boolean =>
  undated !== undefined && told.stopped !== undefined && !isLate(told);

const withoutStart = ({ started: _started, ...marks }: ClockMarks): ClockMarks => marks;

/** Whether a clock was stopped after its last day. */
export const isLate = ({ due, stopped }: ScheduledClock): boolean =>
  due !== undefined && stopped !== undefined && stopped.on > due;

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
  readonly start: Pick<Kept, 'on' | 'recordedOn'> | undefined;
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
  const running = start && { start, limit, suspensions, ...(stop && { stop: stop.act.on }) };
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

/** What the pack calls `name`. @throws Error when this program has nothing of that name: the pack is faulty. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`the rule pack names ${name}, which 行政协助 does not have`);
  return found;
}
