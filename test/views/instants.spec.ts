import { fromMilliseconds, streamName, type Instant, type LoggedEvent, type Position } from '#libs/kernel';
import {
  createSchema,
  knownBy,
  positionAt,
  Projector,
  rebuild,
  scannedKnown,
  scannedPosition,
  viewHash,
  viewTables,
} from '../../libs/platform/src/views/index.js';
import { stepsAfter } from '../../libs/platform/src/views/instants.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { silent } from '../service/index.js';
import { followToEnd, freshLedger, onEveryDatabase, until, whileRunning } from './bench.js';
import { id, ticketSystem, ticketViews } from './tickets.js';

const at = (second: number): Instant => fromMilliseconds(1_790_000_000_000 + second * 1000);

/** Seconds at which events were recorded, in the order of the log: several clocks, one of them fast. */
const RECORDED = [1, 2, 2, 5, 3, 4, 5, 6, 60, 7, 8, 61, 61, 30];

/** By hand: the running maximum, and so the index of the last event known at each second. */
const KNOWN: readonly (readonly [second: number, last: number])[] = [
  [0, -1],
  [1, 0],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 6],
  [6, 7],
  [7, 7],
  [59, 7],
  [60, 10],
  [61, 13],
  [99, 13],
];

/** By hand: what was known by at each of them. */
const MAXIMA = [1, 2, 2, 5, 5, 5, 5, 6, 60, 60, 60, 61, 61, 61];

/** Places between two events are places too: an event of something else stands there. */
const between = (position: Position | undefined): Position => `${position}-1` as Position;

async function recorded(ledger: string, seconds = RECORDED) {
  const log = new MemoryEventLog(ledger);
  const positions: Position[] = [];
  const append = async (second: number): Promise<void> => {
    const event = id([ledger, positions.length]);
    const metadata = { envelope: 1, version: 1, recordedAt: at(second) };
    const stream = streamName(ledger, 'other', event);
    const [logged] = await log.append(stream, 'no-stream', [{ id: event, type: 'Happened', data: {}, metadata }]);
    if (logged) positions.push(logged.position);
  };
  for (const second of seconds) await append(second);
  return { log, positions, append };
}

it('has a step for every value of the running maximum, at the last event it holds for', async () => {
  const { log, positions } = await recorded(freshLedger());
  const events: LoggedEvent[] = [];
  for await (const event of log.readAll()) events.push(event);
  const whole = stepsAfter(undefined, events);
  expect(whole).toEqual(
    [1, 2, 5, 6, 60, 61].map((second) => ({
      recordedAt: at(second),
      position: positions[KNOWN.find(([known]) => known === second)?.[1] ?? -1],
    })),
  );
  for (const cut of [1, 3, 4, 9]) {
    const first = stepsAfter(undefined, events.slice(0, cut));
    const rest = stepsAfter(first.at(-1)?.recordedAt, events.slice(cut));
    expect([...new Map([...first, ...rest].map((step) => [step.recordedAt, step])).values()]).toEqual(whole);
  }
});

it('is found by reading the whole log, where there is no index', async () => {
  const { log, positions } = await recorded(freshLedger());
  for (const [second, last] of KNOWN)
    expect([second, await scannedPosition(log, at(second))]).toEqual([second, positions[last]]);
  for (const [index, second] of MAXIMA.entries())
    expect([index, await scannedKnown(log, between(positions[index]))]).toEqual([index, at(second)]);
  expect(await scannedKnown(log, '0' as Position)).toBeUndefined();
});

let only: string | undefined;

onEveryDatabase((db) => {
  it.each([1, 3, 1000])('is found in the index, live and rebuilt in batches of %i: one hash', async (batchSize) => {
    const ledger = freshLedger();
    const { log, positions } = await recorded(ledger);
    await followToEnd(db(), log, ledger, { batchSize });
    const tables = viewTables(db(), ledger);
    const found = async () => {
      for (const [second, last] of KNOWN)
        expect([second, await positionAt(tables, log, at(second))]).toEqual([second, positions[last]]);
      for (const [index, second] of MAXIMA.entries())
        for (const place of [positions[index] as Position, between(positions[index])])
          expect([index, await knownBy(tables, log, place)]).toEqual([index, at(second)]);
      expect(await knownBy(tables, log, '0' as Position)).toBeUndefined();
    };
    await found();
    const live = await viewHash(db(), ledger, ticketViews);
    expect(live).toBe((only ??= live));
    expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger, batchSize })).hash).toBe(live);
    await found();
  });

  it('is told apart by the hash', async () => {
    const hashOf = async (seconds: number[]): Promise<string> => {
      const ledger = freshLedger();
      await followToEnd(db(), (await recorded(ledger, seconds)).log, ledger);
      return viewHash(db(), ledger, ticketViews);
    };
    expect(await hashOf([1, 2, 3])).not.toBe(await hashOf([1, 2, 2]));
  });

  it('is right while the index is behind: the rest is read from the log', async () => {
    const ledger = freshLedger();
    const { log, positions, append } = await recorded(ledger, RECORDED.slice(0, 5));
    await followToEnd(db(), log, ledger);
    for (const second of RECORDED.slice(5)) await append(second);
    const tables = viewTables(db(), ledger);
    for (const [second, last] of KNOWN)
      expect([second, await positionAt(tables, log, at(second))]).toEqual([second, positions[last]]);
    for (const [index, second] of MAXIMA.entries())
      expect([index, await knownBy(tables, log, between(positions[index]))]).toEqual([index, at(second)]);
  });

  it('has no index at all before the first event', async () => {
    const ledger = freshLedger();
    const tables = await createSchema(db(), ledger, ticketViews);
    expect(await positionAt(tables, new MemoryEventLog(ledger), at(1))).toBeUndefined();
  });

  it('is counted once, also when a stream is let out of quarantine', async () => {
    const ledger = freshLedger();
    const { log, positions, append } = await recorded(ledger, [1, 9]);
    const stream = streamName(ledger, 'ticket', id('unknown'));
    const metadata = { envelope: 1, version: 1, recordedAt: at(2) };
    await log.append(stream, 'no-stream', [{ id: id([ledger, 'x']), type: 'NotKnownYet', data: {}, metadata }]);
    await append(10);
    await followToEnd(db(), log, ledger);
    const before = await viewHash(db(), ledger, ticketViews);
    const projector = new Projector({ db: db(), log, ledger, systems: [ticketSystem], logger: silent });
    await whileRunning([projector], () => until(() => projector.lag().caughtUp));
    expect(await viewHash(db(), ledger, ticketViews)).toBe(before);
    expect(await positionAt(viewTables(db(), ledger), log, at(10))).toBe(positions[2]);
  });
});
