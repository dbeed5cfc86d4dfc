import type { FactTypes } from './fact.js';
import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import type { Schedule, ScheduledClock } from './judging.js';
import type { LegalDate } from './legal-date.js';
import { canonicalJson } from './json.js';

/** What a clock came to under one law: without a due day it could not be judged, or did not apply. */
export interface ClockStand {
  readonly due?: LegalDate;
  /** Of a limit in hours. */
  readonly dueAt?: Instant;
  readonly provisional: boolean;
  readonly notApplicable?: string;
}

/** One clock before and after; a side is left out where the law of then knew no such clock. */
export interface RecomputedClock {
  readonly clock: string;
  /** 名称, for people. */
  readonly name: string;
  readonly rule: string;
  readonly before?: ClockStand;
  readonly after?: ClockStand;
}

/**
 * 期限重新计算: a notice of the service to people that a change of the law moved clocks or flags of the case, as its facts
 * stood when the law changed. It effects nothing: what holds follows from facts and law, and no fold reads it.
 */
export interface ClocksRecomputed {
  readonly type: 'ClocksRecomputed';
  readonly data: {
    /** The event that changed the law, and what it brought, for people. */
    readonly because: { readonly event: Uuid; readonly title: string };
    readonly clocks: readonly RecomputedClock[];
    /** Rules that flag the case since, and those that no longer do. */
    readonly flagged?: readonly string[];
    readonly unflagged?: readonly string[];
  };
}

export const recomputedFacts: FactTypes<ClocksRecomputed> = { ClocksRecomputed: { version: 1 } };

/** Whether a common fact only tells: a state folded before it is the state after it. */
export const isNotice = (type: string): boolean => Object.hasOwn(recomputedFacts, type);

/** What one law and the next make of the same facts; undefined where they make the same. @param nameOf a clock's 名称. */
export function recomputed(
  before: Schedule,
  after: Schedule,
  nameOf: (clock: string) => string,
): Omit<ClocksRecomputed['data'], 'because'> | undefined {
  const names = new Set([...before.clocks, ...after.clocks].map(({ clock }) => clock));
  const clocks = [...names].flatMap((clock) => recomputedClock(clock, nameOf, [before, after]) ?? []);
  const [was, is] = [rulesIn(before), rulesIn(after)];
  const flagged = [...is].filter((rule) => !was.has(rule));
  const unflagged = [...was].filter((rule) => !is.has(rule));
  if (clocks.length === 0 && flagged.length === 0 && unflagged.length === 0) return undefined;
  return {
    clocks,
    ...(flagged.length > 0 ? { flagged } : {}),
    ...(unflagged.length > 0 ? { unflagged } : {}),
  };
}

function recomputedClock(
  clock: string,
  nameOf: (clock: string) => string,
  [before, after]: readonly [Schedule, Schedule],
): RecomputedClock | undefined {
  const [was, is] = [before, after].map(({ clocks }) => clocks.find((one) => one.clock === clock));
  const sides = { ...(was && { before: standOf(was) }), ...(is && { after: standOf(is) }) };
  if (canonicalJson(sides.before ?? null) === canonicalJson(sides.after ?? null)) return undefined;
  return { clock, name: nameOf(clock), rule: (is ?? was)?.rule ?? '', ...sides };
}

const standOf = ({ due, dueAt, provisional, notApplicable }: ScheduledClock): ClockStand => ({
  ...(due === undefined ? {} : { due }),
  ...(dueAt === undefined ? {} : { dueAt }),
  provisional,
  ...(notApplicable === undefined ? {} : { notApplicable }),
});

const rulesIn = ({ flags }: Schedule): ReadonlySet<string> => new Set(flags.map(({ rule }) => rule));
