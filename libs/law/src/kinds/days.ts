import { addDays, endOfDay, type LegalDate, type Uuid } from '#libs/kernel';
import type { Calendar } from '../calendar.js';
import type { ClockRule, DaysClockLimit } from '../clock-rule.js';
import { dayNumber, kindsOf } from '../day-kinds.js';
import { countDaysOutside, explain, whyOf, type CountedDays } from '../days.js';
import { kindsOutside, openSuspension, type Suspension } from '../suspension.js';
import { cannotTell, type ClockRun, type EffectiveExtension, type Timing, type ToldDay, type ToldPart } from './run.js';

/** What an extension is counted on: the calendar, and the days on which the clock stands still. */
export interface Counting {
  readonly calendar: Calendar;
  readonly suspensions?: readonly Suspension[] | undefined;
}

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

/** The limit from the day of the start, and its extensions one after the other from the due day before them. */
export function daysTiming(limit: DaysClockLimit, { rule, calendar, marks }: ClockRun): Timing {
  const { started, suspensions = [] } = marks;
  if (!started) return cannotTell();
  const base = countDaysOutside(calendar, started.on, limit, suspensions);
  const counted = base && extended(rule, { calendar, suspensions }, base, marks.extensions ?? []);
  if (!counted) return cannotTell(started);
  const { provisional, extendedBy } = counted;
  const last = limit.rollsOver === undefined ? counted : rolledOver(counted, { calendar, suspensions });
  if (!last) return cannotTell(started);
  return {
    ...(rule.extension && extendedBy ? { rule: rule.extension.rule, extendedBy } : {}),
    ...(limit.backstop && { personFinds: true }),
    from: started,
    due: last.due,
    lateFrom: endOfDay(last.due),
    provisional: provisional || last.provisional,
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
  return inForce(rule, extensions).reduce<Extended | undefined>((sofar, { event, days }) => {
    const next = sofar && extendedDue(rule, counting, sofar.due, days);
    return next && { due: next.due, provisional: sofar.provisional || next.provisional, extendedBy: event };
  }, base);
}

const inForce = (rule: ClockRule, extensions: readonly EffectiveExtension[]): readonly EffectiveExtension[] =>
  extensions.filter((one) => grantedBy(one, rule.extension) >= 1).slice(0, rule.extension?.maxCount ?? 0);

/** How many days an extension moves the due day by: at most what the pack allows; below 1 it moves nothing. */
const grantedBy = ({ days }: { readonly days?: number | undefined }, allowed: ClockRule['extension']): number =>
  Math.min(days ?? Infinity, allowed?.days ?? 0);

/** 顺延: `due`, or the next working day after it. Undefined where a suspension without an end stands before that. */
function rolledOver({ due }: CountedDays, { calendar, suspensions = [] }: Counting): CountedDays | undefined {
  const kindOf = kindsOutside(
    calendar,
    suspensions.filter(({ to }) => to !== undefined),
  );
  let day = due;
  let provisional = kindsOf(calendar)(dayNumber(day)).provisional;
  while (!kindOf(dayNumber(day)).working) {
    day = addDays(day, 1);
    provisional ||= kindOf(dayNumber(day)).provisional;
  }
  const open = openSuspension(suspensions);
  return open && open.from <= day ? undefined : { due: day, provisional };
}

/** The count day by day, with the extensions in force: what {@link daysTiming} counted. */
export function daysTold(
  limit: DaysClockLimit,
  { rule, calendar, marks }: ClockRun,
): { readonly days: readonly ToldDay[]; readonly parts: readonly ToldPart[] } {
  const { started, suspensions = [], extensions = [] } = marks;
  if (!started) return { days: [], parts: [] };
  const granted = inForce(rule, extensions).map((one) => ({
    days: grantedBy(one, rule.extension),
    unit: rule.extension?.unit ?? limit.unit,
  }));
  const days: ToldDay[] = [];
  const parts: ToldPart[] = [];
  let from: LegalDate | undefined = started.on;
  for (const [part, each] of [{ days: limit.days, unit: limit.unit }, ...granted].entries()) {
    if (from === undefined) {
      parts.push({ part, ...each });
      continue;
    }
    const told = explain(calendar, from, each, suspensions).map((day) => ({ ...day, part }));
    // The day an extension is counted on from was told as the last of the part before it.
    days.push(...(part === 0 ? told : told.slice(1)));
    const due: LegalDate | undefined = countDaysOutside(calendar, from, each, suspensions)?.due;
    parts.push({ part, from, ...(due !== undefined && { due }), ...each });
    from = due;
  }
  if (limit.rollsOver !== undefined && from !== undefined)
    days.push(...rolledDays(from, { calendar, suspensions }, granted.length));
  return { days, parts };
}

/** The days a last day that is no working day is moved over. */
function rolledDays(due: LegalDate, counting: Counting, part: number): readonly ToldDay[] {
  const last = rolledOver({ due, provisional: false }, counting)?.due ?? due;
  const kindOf = kindsOutside(counting.calendar, counting.suspensions ?? []);
  const days: ToldDay[] = [];
  for (let day = due; day < last;) {
    day = addDays(day, 1);
    const kind = kindOf(dayNumber(day));
    const { provisional } = kind;
    days.push({ day, counted: false, provisional, ...whyOf(counting.calendar, day, kind), part, rolledOver: true });
  }
  return days;
}
