import { IntegrityBroken, type Followed, type LoggedEvent, type Position } from '#libs/kernel';
import { positionNumber, positionText } from './record.js';
import type { Found } from './stored-events.js';

/** Positions looked at before others get a turn of the event loop. */
const PAGE_POSITIONS = 256;
const PAGE_BYTES = 1024 * 1024;

/** The log as a reader in order sees it. */
export interface OrderedLog {
  /** The last durable position. @throws LogUnavailable when the log is closed or has failed. */
  end(): number;
  /** One position, undefined when it is none of the ledger's. @throws LogUnavailable */
  at(position: number): Found | undefined;
  /** Resolves when a commit has moved the end, when the log is closed or has failed, or when `signal` is aborted. */
  moved(signal: AbortSignal): Promise<void>;
}

/** The events after `after` up to the end as it stands now. @throws IntegrityBroken at the first damaged one. */
export async function* readAll(log: OrderedLog, after: Position | undefined): AsyncGenerator<LoggedEvent> {
  const end = log.end();
  for (let cursor = startAfter(log, after); cursor < end;) {
    const page = pageAfter(log, cursor, end);
    for (const found of page.found) {
      if ('alarm' in found) throw new IntegrityBroken(found.alarm);
      yield found.event;
    }
    cursor = page.end;
    await turn();
  }
}

/** A cursor woken by commits: it reads at the pace of its consumer, so a slow one loses nothing. */
export async function* follow(
  log: OrderedLog,
  after: Position | undefined,
  signal: AbortSignal,
): AsyncGenerator<Followed> {
  let cursor = startAfter(log, after);
  while (!signal.aborted) {
    const page = pageAfter(log, cursor, log.end());
    for (const found of page.found) {
      yield followedOf(found);
      if (signal.aborted) return;
    }
    if (page.end > cursor) yield { kind: 'checkpoint', position: positionText(page.end) };
    cursor = page.end;
    if (signal.aborted) return;
    if (cursor < log.end()) {
      await turn();
      continue;
    }
    yield { kind: 'caughtUp' };
    while (!signal.aborted && cursor === log.end()) await log.moved(signal);
  }
}

const followedOf = (found: Found): Followed =>
  'alarm' in found
    ? { kind: 'alarm', alarm: found.alarm, position: positionText(found.position) }
    : { kind: 'event', event: found.event };

function startAfter(log: OrderedLog, after: Position | undefined): number {
  const cursor = after === undefined ? 0 : positionNumber(after);
  if (cursor > log.end()) throw new RangeError(`position ${cursor} lies beyond the end of this log`);
  return cursor;
}

/** Read in one go, so that no transaction of the store is open while the consumer works. */
function pageAfter(log: OrderedLog, after: number, end: number): { found: Found[]; end: number } {
  const found: Found[] = [];
  let position = after;
  for (let size = 0; position < end && position - after < PAGE_POSITIONS && size < PAGE_BYTES;) {
    position += 1;
    const one = log.at(position);
    if (!one) continue;
    found.push(one);
    size += one.bytes;
  }
  return { found, end: position };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
