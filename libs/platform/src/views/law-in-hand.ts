import type { EventLog, LoggedEvent, StreamName } from '#libs/kernel';
import { emptyLawBook, type LawBook } from '#libs/law';
import { bookAfter, isOfRegister, registerFact } from '../ledger/index.js';
import { reasonOf, type Fault } from './fault.js';
import { registerReach } from './register-reach.js';

/** Which cases a change of the law may judge anew: all, or those whose facts name one of these ids. */
export type Reach = 'all' | ReadonlySet<string>;

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
  return { law: { book, revisions }, reach: together(taken.map((event) => reachOf(event, book))), faults };
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

/** An edition or a calendar may judge any case; of the register, what it says of whom. */
const reachOf = (event: LoggedEvent, { organs }: LawBook): Reach =>
  isOfRegister(event) ? registerReach(registerFact(event), organs) : 'all';

const together = (reaches: readonly Reach[]): Reach =>
  reaches.includes('all') ? 'all' : new Set(reaches.flatMap((reach) => (reach === 'all' ? [] : [...reach])));

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
