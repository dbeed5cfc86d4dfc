import type { Uuid } from './ids.js';
import { dayOf, microsecondsBetween, type Instant } from './instant.js';
import { daysBetween, type LegalDate } from './legal-date.js';
import { compareOccurrences, dayOfOccurrence, type Occurrence } from './occurrence.js';

/** 承办人: whom an act on record names as handling the case for an organ, and from when. */
export interface NamedOfficer {
  readonly person: Uuid;
  /** 职务, as it stood on the paper. */
  readonly post: string;
  readonly from: Occurrence;
  /** The fact that names them. */
  readonly event: Uuid;
}

export interface Holder {
  readonly organ: Uuid;
  /** Everybody who is ever named for the organ, in order; cut to a moment, those who were in charge during the turn. */
  readonly officers: readonly NamedOfficer[];
}

/**
 * 责任环节: whose turn it is, until the next one begins. The turns of a case follow each other without a gap, so `to` is
 * nowhere stored: the last one is open, and nothing here knows what time it is.
 */
export interface Turn {
  readonly from: Occurrence;
  /** The fact that began it. */
  readonly since: Uuid;
  /** Nobody, once everything is done. */
  readonly holders: readonly Holder[];
  /** What they have to do, by the system's own name. */
  readonly task: string;
  /** The rule it rests on; left out where the text has none and the product chose. */
  readonly rule?: string;
  /** The clock that runs meanwhile, by the name the pack gives it. */
  readonly clock?: string;
  /** 中止: the clock stands still meanwhile. */
  readonly suspended: boolean;
}

/** How long something took: in calendar days always, in time only where both ends are known to the moment. */
export interface Elapsed {
  readonly days: number;
  readonly microseconds?: number;
}

/** A turn up to the moment asked for. */
export interface HeldTurn extends Turn, Elapsed {
  /** Left out of the last one. */
  readonly to?: Occurrence;
  readonly endedBy?: Uuid;
}

/** 责任链 at `asOf`. The turns add up to the whole: their days always, their time where every beginning has an hour. */
export interface Custody extends Elapsed {
  readonly asOf: Instant;
  readonly turns: readonly HeldTurn[];
}

/**
 * The line as it was by `asOf`. A turn that began on a day without an hour counts from that day on, but never before one
 * that stands in front of it. The day of a handover is the new holder's, so days add up to those from the first to `asOf`'s.
 */
export function custodyAt(line: readonly Turn[], asOf: Instant): Custody {
  const ahead = line.findIndex(({ from }) => !hasBegun(from, asOf));
  const begun = ahead < 0 ? line : line.slice(0, ahead);
  const [first] = begun;
  const turns = begun.map((turn, index): HeldTurn => {
    const next = begun[index + 1];
    return {
      ...turn,
      holders: turn.holders.map(({ organ, officers }) => ({ organ, officers: inCharge(officers, turn, next, asOf) })),
      ...elapsed(turn.from, next?.from ?? { at: asOf }),
      ...(next && { to: next.from, endedBy: next.since }),
    };
  });
  return { asOf, turns, ...(first ? elapsed(first.from, { at: asOf }) : { days: 0 }) };
}

/** Who was in charge as the turn began, if anybody, and who was named before the next one did. */
function inCharge(
  officers: readonly NamedOfficer[],
  turn: Turn,
  next: Turn | undefined,
  asOf: Instant,
): readonly NamedOfficer[] {
  const begun = officers.filter(({ from }) => hasBegun(from, asOf));
  const before = begun.findLastIndex(({ from }) => compareOccurrences(from, turn.from) <= 0);
  const during = begun.filter(
    ({ from }, at) => at > before && (next === undefined || compareOccurrences(from, next.from) < 0),
  );
  return [...begun.slice(Math.max(before, 0), before + 1), ...during];
}

function elapsed(from: Occurrence, to: Occurrence): Elapsed {
  const days = daysBetween(dayOfOccurrence(from), dayOfOccurrence(to));
  return 'at' in from && 'at' in to ? { days, microseconds: microsecondsBetween(from.at, to.at) } : { days };
}

const hasBegun = (occurrence: Occurrence, asOf: Instant): boolean =>
  'at' in occurrence ? occurrence.at <= asOf : occurrence.on <= dayOf(asOf);

/** Days on which clocks stand still: from `from`, which `since` made one, to the day before `to`, which `until` ended. */
export interface Standstill {
  readonly from: LegalDate;
  readonly since: Uuid;
  readonly to?: LegalDate | undefined;
  readonly until?: Uuid | undefined;
}

/** A turn in parts: those on days of a standstill, and those between. `next`: the day the turn after it begins. */
export function interrupted(
  turn: Turn,
  next: LegalDate | undefined,
  standstills: readonly Standstill[],
): readonly Turn[] {
  const begins = dayOfOccurrence(turn.from);
  const isWithin = (day: LegalDate | undefined): day is LegalDate =>
    day !== undefined && begins < day && (next === undefined || day < next);
  const stands = standstills.some(({ from, to }) => from <= begins && (to === undefined || begins < to));
  const parts = [{ ...turn, suspended: stands }];
  for (const { from, since, to, until = since } of standstills) {
    if (from === to) continue;
    if (isWithin(from)) parts.push({ ...turn, from: { on: from }, since, suspended: true });
    if (isWithin(to)) parts.push({ ...turn, from: { on: to }, since: until, suspended: false });
  }
  return parts;
}
