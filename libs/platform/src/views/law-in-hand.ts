import type { EventLog, LoggedEvent, StreamName } from '#libs/kernel';
import { changedDays, emptyLawBook, type DaySpan, type LawBook, type PackEdition } from '#libs/law';
import { bookAfter, isOfRegister, registerFact } from '../ledger/index.js';
import { reasonOf, type Fault } from './fault.js';
import { registerReach } from './register-reach.js';

/** Which cases a change of the law may judge anew: those that one of these conditions holds of. */
export interface Reach {
  /** Their facts name one of these. */
  readonly names: ReadonlySet<string>;
  /** The calendar is another: whoever looked up one of these days in it, or more of it than days. */
  readonly calendar?: { readonly days: DaySpan | undefined };
  /** A pack of one of these codes governs them, or none does. */
  readonly packs?: ReadonlySet<string>;
}

export const reachesNone = ({ names, calendar, packs }: Reach): boolean =>
  names.size === 0 && calendar === undefined && packs === undefined;

/** All law recorded up to one place of the log, and how far each of its streams was read for it. */
export interface LawInHand {
  readonly book: LawBook;
  readonly revisions: ReadonlyMap<StreamName, number>;
}

export interface LawChange {
  readonly law: LawInHand;
  readonly reach: Reach;
  readonly faults: readonly Fault[];
}

/**
 * The law after `events`, each stream in its order; streams do not change each other's law. Streams of `broken` are left
 * out. One whose event cannot be read stays as it was before that event.
 */
export function lawAfter(
  before: LawInHand,
  events: readonly LoggedEvent[],
  broken: ReadonlySet<StreamName>,
): LawChange {
  const revisions = new Map(before.revisions);
  const faults: Fault[] = [];
  const taken: LoggedEvent[] = [];
  let { book } = before;
  for (const [stream, own] of byStream(events)) {
    if (broken.has(stream)) continue;
    const result = readOn(book, own);
    book = result.book;
    const last = own[result.count - 1];
    if (last) revisions.set(stream, last.revision);
    const next = own[result.count];
    if (next) faults.push({ stream, revision: next.revision, reason: result.reason });
    taken.push(...own.slice(0, result.count));
  }
  return { law: { book, revisions }, reach: reachOf(before.book, book, taken), faults };
}

/** The law as the streams of `revisions` had it, read from the log. */
export async function readLaw(log: EventLog, revisions: ReadonlyMap<StreamName, number>): Promise<LawInHand> {
  const streams = await Promise.all([...revisions].map(([stream, last]) => log.readStream(stream, 0, last + 1)));
  return lawAfter({ book: emptyLawBook, revisions: new Map() }, streams.flat(), new Set()).law;
}

/** The book after as many `events` of one stream as can be read: all at once, because that copies the register once. */
function readOn(book: LawBook, events: readonly LoggedEvent[]): { book: LawBook; count: number; reason: string } {
  try {
    return { book: bookAfter(book, events), count: events.length, reason: '' };
  } catch (error) {
    if (events.length === 1) return { book, count: 0, reason: reasonOf(error) };
  }
  let result = { book, count: 0, reason: '' };
  for (const event of events) {
    const one = readOn(result.book, [event]);
    if (one.count === 0) return { ...result, reason: one.reason };
    result = { ...one, count: result.count + 1 };
  }
  return result;
}

/** Of the register, what it says of whom; of the calendar, the days it tells otherwise; of an edition, its places. */
export function reachOf(before: LawBook, after: LawBook, events: readonly LoggedEvent[]): Reach {
  const names = events.filter(isOfRegister).flatMap((event) => [...registerReach(registerFact(event), after.organs)]);
  const { calendar } = after;
  return {
    names: new Set(names),
    ...(before.calendar === calendar ? {} : { calendar: { days: changedDays(before.calendar, calendar) } }),
    ...(before.editions === after.editions ? {} : { packs: packsReached(before.editions, after.editions) }),
  };
}

/** The codes of all packs that bind a place which an edition binds that is new, or stands at another place in the order. */
function packsReached(before: readonly PackEdition[], after: readonly PackEdition[]): ReadonlySet<string> {
  const regions = after.filter((edition, index) => before[index] !== edition).flatMap(({ pack }) => pack.regions);
  const isReached = (region: string): boolean =>
    regions.some((other) => region.startsWith(other) || other.startsWith(region));
  const reached = [...before, ...after].filter(({ pack }) => pack.regions.some(isReached));
  return new Set(reached.map(({ pack }) => pack.pack));
}

/** Events by stream, streams in the order they first come, each in its own order. */
export function byStream(events: readonly LoggedEvent[]): ReadonlyMap<StreamName, readonly LoggedEvent[]> {
  const streams = new Map<StreamName, LoggedEvent[]>();
  for (const event of events) {
    const own = streams.get(event.stream);
    if (own) own.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}
