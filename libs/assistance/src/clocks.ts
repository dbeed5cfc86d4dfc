import type { Flag, ScheduledClock, Uuid } from '#libs/kernel';
import { limitOf, scheduledClock, type ClockRule } from '#libs/law';
import { markOf, type Kept } from './case-state.js';
import { extensionsOf, type Extensions } from './extensions.js';
import type { FlagCode } from './flag-texts.js';
import { listOf, type GovernedCase } from './governed-case.js';

type Act = Pick<Kept, 'on' | 'event'>;

/** 起算 — which act starts a clock, by the name a pack gives. `rivals` are acts of another day with an equal claim. */
export const STARTS: Readonly<Record<string, (of: GovernedCase) => { act?: Act; rivals: readonly Act[] }>> = {
  /**
   * 送达: the earliest proven delivery, or without any proof the earliest one. Never acceptance or a confirmation click:
   * the organ that is timed would control its own clock (XM 16(2), recommended reading 1).
   */
  delivered: ({ facts: { AssistanceRequestDelivered: all } }) => {
    const proven = all.filter(({ data }) => data.proof !== undefined);
    const [act, ...others] = proven.length > 0 ? proven : all;
    return { ...(act && { act }), rivals: others.filter(({ on }) => on !== act?.on) };
  },
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
  const { act: start, rivals } = named(STARTS, rule.starts)(of);
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
      flags: [
        ...flagged('startContested', limit.rule, start, rivals),
        ...flagged('stoppedInParts', limit.rule, stop, furtherStops),
        ...flags,
      ],
      effectiveExtensions: effective,
    }
  );
}

function flagged(code: FlagCode, rule: string, act: Act | undefined, others: readonly Act[]): readonly Flag[] {
  if (!act || others.length === 0) return [];
  return [{ rule, code, about: [act, ...others].map(({ event }) => event), values: { count: others.length + 1 } }];
}

/** What the pack calls `name`. @throws Error when this program has nothing of that name: the pack is faulty. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`the rule pack names ${name}, which 行政协助 does not have`);
  return found;
}
