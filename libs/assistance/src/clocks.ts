import type { Flag, ScheduledClock, Uuid } from '#libs/kernel';
import { limitOf, scheduledClock, type ClockRule } from '#libs/law';
import { deliveryOf, markOf, type Kept } from './case-state.js';
import { extensionsOf, type Extensions } from './extensions.js';
import type { FlagCode } from './flag-texts.js';
import { listOf, type GovernedCase } from './governed-case.js';

type Act = Pick<Kept, 'on' | 'event'>;

interface Start {
  readonly act?: Act;
  /** Acts of other days that might be the start instead. */
  readonly rivals: readonly Act[];
}

/** 起算 — which act starts a clock, by the name a pack gives. */
export const STARTS: Readonly<Record<string, (of: GovernedCase) => Start>> = {
  delivered: ({ facts }) => deliveryOf(facts),
};

/** 截止 — which acts stop a clock: the earliest does. */
export const STOPS: Readonly<Record<string, (of: GovernedCase) => readonly Act[]>> = {
  /** 提供协助: the text limits the providing, so feedback stops nothing (XM 16(2), recommended reading 2). */
  provided: ({ facts }) => facts.AssistanceProvided,
};

/** 承担方 — who has the ball while a clock runs. */
export const HOLDERS: Readonly<Record<string, (of: GovernedCase) => Uuid>> = {
  requesting: ({ request }) => request.data.requesting,
  requested: ({ request }) => request.data.requested,
};

/** 适用条件 — when a limit applies, beside `always`. */
export const CONDITIONS: Readonly<Record<string, (of: GovernedCase) => boolean>> = {
  /** 协助执行、协助调查、协助出具意见: one special class is enough in a mixed request (XM-16-5). */
  specialClass: ({ rules, request }) =>
    request.data.matterClasses.some((code) => listOf(rules, 'specialClasses').includes(code)),
};

export interface RunClock {
  readonly clock: ScheduledClock;
  readonly flags: readonly Flag[];
  readonly effectiveExtensions: Extensions['effective'];
}

/** One clock of the pack over the facts of the case; undefined when no limit of it applies. */
export function runClock(of: GovernedCase, rule: ClockRule): RunClock | undefined {
  const holds = (when: string): boolean => named(CONDITIONS, when)(of);
  const limit = limitOf(rule, holds);
  if (!limit) return undefined;
  const starting = named(STARTS, rule.starts)(of);
  const start = starting.act;
  const [stop, ...furtherStops] = named(STOPS, rule.stops)(of);
  const running = start && { start: start.on, limit, ...(stop && { stop: stop.on }) };
  const { effective, flags } = running ? extensionsOf(of, rule, running) : { effective: [], flags: [] };
  const clock = scheduledClock(rule, of.book.calendar, {
    holder: named(HOLDERS, rule.holder)(of),
    holds,
    ...(start && { started: markOf(start) }),
    ...(stop && { stopped: markOf(stop) }),
    extensions: effective.map(({ event, data }) => ({ event, days: data.days })),
  });
  return (
    clock && {
      clock,
      flags: [...contested(limit.rule, starting), ...inParts(limit.rule, stop, furtherStops), ...flags],
      effectiveExtensions: effective,
    }
  );
}

/** One flag a rival, naming both days: whoever is timed moves no clock unseen. */
const contested = (rule: string, { act, rivals }: Start): readonly Flag[] =>
  rivals.flatMap((rival) =>
    act ? [flag(rule, 'startContested', [act, rival], { start: act.on, other: rival.on })] : [],
  );

const inParts = (rule: string, stop: Act | undefined, further: readonly Act[]): readonly Flag[] =>
  stop && further.length > 0 ? [flag(rule, 'stoppedInParts', [stop, ...further], { count: further.length + 1 })] : [];

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
