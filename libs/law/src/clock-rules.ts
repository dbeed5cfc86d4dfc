import { endOfDay, type LegalDate, type Mark, type ScheduledClock, type Uuid } from '#libs/kernel';
import type { Calendar } from './calendar.js';
import { countDaysOutside, type CountedDays } from './days.js';
import type { ClockRule } from './rule-pack.js';
import type { Suspension } from './suspension.js';

export type ClockLimit = ClockRule['limits'][number];

/** Whether the condition a limit names holds in this case. It is never asked for `always`. */
export type Holds = (when: string) => boolean;

/** 延长: one the system found effective. Whether it is (entitled, in time) is the system's to say. */
export interface EffectiveExtension {
  /** The fact that granted it. */
  readonly event: Uuid;
  /** Days it grants, when it says so. Beyond those of the pack they have no effect; below 1 it has none at all. */
  readonly days?: number | undefined;
}

/** What a case tells of one clock. */
export interface ClockMarks {
  readonly holder: Uuid;
  readonly holds: Holds;
  readonly started?: Mark | undefined;
  readonly stopped?: Mark | undefined;
  /** In the order they took effect. Those beyond the pack's number have no effect. */
  readonly extensions?: readonly EffectiveExtension[] | undefined;
  /** Days on which the clock stands still. One that has not ended leaves a clock it meets without a due day. */
  readonly suspensions?: readonly Suspension[] | undefined;
}

/** What an extension is counted on: the calendar, and the days on which the clock stands still. */
export interface Counting {
  readonly calendar: Calendar;
  readonly suspensions?: readonly Suspension[] | undefined;
}

/** The limit that applies: the first whose condition holds. Undefined when none does: then no clock runs. */
export const limitOf = (rule: ClockRule, holds: Holds): ClockLimit | undefined =>
  rule.limits.find(({ when }) => when === 'always' || holds(when));

/**
 * The due day an extension moves `due` to: counted on from it (2020-04-24 and ten working days more), not from the day of
 * approval. It moves by `days`, at most by what the pack allows. Undefined when it moves nothing (the pack knows no
 * extension, or `days` is below 1), and when a suspension that has not ended leaves no day to move it to.
 */
export function extendedDue(
  { extension: allowed }: ClockRule,
  { calendar, suspensions = [] }: Counting,
  due: LegalDate,
  days?: number,
): CountedDays | undefined {
  const granted = grantedBy({ days }, allowed);
  if (!allowed || granted < 1) return undefined;
  return countDaysOutside(calendar, due, { days: granted, unit: allowed.unit }, suspensions);
}

/**
 * The clock as the law schedules it. The limit runs from the day of `started`, extensions one after the other from the
 * due day; `rule` is the one that set it, the extension's once extended. It is late from the first instant after the due
 * day. Without `started`, or while a suspension that has not ended holds it, it has no due day; without a limit that
 * applies there is no clock.
 */
export function scheduledClock(rule: ClockRule, calendar: Calendar, marks: ClockMarks): ScheduledClock | undefined {
  const { holder, started, stopped, suspensions = [] } = marks;
  const limit = limitOf(rule, marks.holds);
  if (!limit) return undefined;
  const known = { clock: rule.clock, rule: limit.rule, holder, ...(stopped ? { stopped } : {}) };
  if (!started) return { ...known, provisional: false };
  const base = countDaysOutside(calendar, started.on, limit, suspensions);
  if (!base) return { ...known, from: started, provisional: false };
  const counted = extended(rule, { calendar, suspensions }, base, marks.extensions ?? []);
  if (!counted) return { ...known, from: started, provisional: false };
  const { due, provisional, extendedBy } = counted;
  return {
    ...known,
    ...(rule.extension && extendedBy ? { rule: rule.extension.rule, extendedBy } : {}),
    from: started,
    due,
    lateFrom: endOfDay(due),
    provisional,
  };
}

type Extended = CountedDays & { readonly extendedBy?: Uuid };

/** Undefined when a suspension that has not ended stands before the last day of an extension that is in force. */
function extended(
  rule: ClockRule,
  counting: Counting,
  base: CountedDays,
  extensions: readonly EffectiveExtension[],
): Extended | undefined {
  const granted = extensions
    .filter((one) => grantedBy(one, rule.extension) >= 1)
    .slice(0, rule.extension?.maxCount ?? 0);
  return granted.reduce<Extended | undefined>((sofar, { event, days }) => {
    const next = sofar && extendedDue(rule, counting, sofar.due, days);
    return next && { due: next.due, provisional: sofar.provisional || next.provisional, extendedBy: event };
  }, base);
}

/** How many days an extension moves the due day by: at most what the pack allows; below 1 it moves nothing. */
const grantedBy = ({ days }: { readonly days?: number | undefined }, allowed: ClockRule['extension']): number =>
  Math.min(days ?? Infinity, allowed?.days ?? 0);
