import { FIRST_LEGAL_DATE, isCalendarDay, LAST_LEGAL_DATE, legalDate, type LegalDate } from './legal-date.js';

/** A moment, as UTC text of fixed width with six decimals (`2026-09-18T01:02:03.000000Z`): text order is time order. */
export type Instant = string & { readonly Instant: unique symbol };

const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?([Zz]|[+-]\d{2}:\d{2})$/;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** A moment on a day in Asia/Shanghai that is before or after all {@link LegalDate}s. */
export class BeyondCalendar extends RangeError {
  override readonly name = 'BeyondCalendar';
}

/**
 * Reads an RFC 3339 date-time with at most six decimals and an offset; leap seconds are not accepted.
 * @throws RangeError when `text` is not one; BeyondCalendar when it is one of a day that is no {@link LegalDate}.
 */
export function instant(text: string): Instant {
  const parts = RFC3339.exec(text);
  if (!parts || !isCalendarDay(parts[1])) throw new RangeError(`not an instant: ${text}`);
  const [, day, hour, minute, second, decimals = '', offset = 'Z'] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw new RangeError(`not an instant: ${text}`);
  if (!/^[Zz]$/.test(offset) && (Number(offset.slice(1, 3)) > 23 || Number(offset.slice(4)) > 59))
    throw new RangeError(`not an instant: ${text}`);
  const milliseconds = Date.parse(`${day}T${hour}:${minute}:${second}${offset.toUpperCase()}`);
  if (milliseconds < FIRST_MS || milliseconds >= AFTER_LAST_MS) throw new BeyondCalendar(`beyond all days: ${text}`);
  return fromMicros(BigInt(milliseconds) * 1000n + BigInt(decimals.padEnd(6, '0')));
}

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse(`${FIRST_LEGAL_DATE}T00:00:00+08:00`);
const AFTER_LAST_MS = Date.parse(`${LAST_LEGAL_DATE}T00:00:00+08:00`) + DAY_MS;

/** The moment `text` names; `beyond` where it is on no day there is; undefined when it is none. */
export function instantIn(text: unknown): Instant | 'beyond' | undefined {
  try {
    return typeof text === 'string' ? instant(text) : undefined;
  } catch (error) {
    return error instanceof BeyondCalendar ? 'beyond' : undefined;
  }
}

export function isInstant(text: unknown): text is Instant {
  try {
    return typeof text === 'string' && CANONICAL.test(text) && instant(text) === text;
  } catch {
    return false;
  }
}

/** @param milliseconds since 1970-01-01T00:00:00Z; decimals below a microsecond are dropped. */
export function fromMilliseconds(milliseconds: number): Instant {
  const whole = Math.floor(milliseconds);
  const micros = Math.floor((milliseconds - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}Z` as Instant;
}

/** Milliseconds since 1970-01-01T00:00:00Z, decimals dropped. */
export function toMilliseconds(at: Instant): number {
  return Date.parse(`${at.slice(0, 23)}Z`);
}

/** From `from` to `to`; exact up to 285 years. */
export const microsecondsBetween = (from: Instant, to: Instant): number => Number(toMicros(to) - toMicros(from));

/** The smallest instant after `at`: one microsecond later. */
export function nextInstant(at: Instant): Instant {
  return fromMicros(toMicros(at) + 1n);
}

/** The day in Asia/Shanghai that holds `at`. */
export function dayOf(at: Instant): LegalDate {
  return legalDate(new Date(toMilliseconds(at) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10));
}

/** The moment as a clock in Asia/Shanghai shows it, to the minute: `2026-09-18 09:30`. */
export function inShanghai(at: Instant): string {
  return new Date(toMilliseconds(at) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** As {@link inShanghai}, with the seconds and their fraction where there are any: nothing is left out. */
export function exactlyInShanghai(at: Instant): string {
  const [seconds, fraction] = [at.slice(17, 19), at.slice(19, -1).replace(/\.?0+$/, '')];
  return seconds === '00' && fraction === '' ? inShanghai(at) : `${inShanghai(at)}:${seconds}${fraction}`;
}

/** The first instant of `day` in Asia/Shanghai. */
export function startOfDay(day: LegalDate): Instant {
  return instant(`${day}T00:00:00+08:00`);
}

/** The first instant after `day` in Asia/Shanghai (UTC+8): what is due on `day` is late from here on. */
export function endOfDay(day: LegalDate): Instant {
  return `${day}T16:00:00.000000Z` as Instant;
}

/** The last instant of `day` in Asia/Shanghai: what a bare date stands for when somebody asks how things stood then. */
export const lastInstantOf = (day: LegalDate): Instant => `${day}T15:59:59.999999Z` as Instant;

export const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);

function toMicros(at: Instant): bigint {
  return BigInt(Date.parse(`${at.slice(0, 19)}Z`)) * 1000n + BigInt(at.slice(20, 26));
}

function fromMicros(micros: bigint): Instant {
  const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000n).padStart(6, '0')}Z` as Instant;
}
