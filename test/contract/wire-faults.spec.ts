import { EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable, WrongExpectation, type StreamName } from '#libs/kernel';
import { anEvent, Bench, eventsIn, idsOf, someEvents, upTo } from '../../libs/testing/src/event-log-contract/index.js';
import { startCluster, startWire, WRITES, type Cluster, type Fault, type Wire } from '../wire/index.js';
import { openOnEventStore } from './event-store-target.js';

let wire: Wire;
let bench: Bench;

const start = async (retryForMs = 10_000): Promise<void> => {
  wire = await startWire();
  bench = new Bench(() => openOnEventStore(wire.connectionString, () => wire.stop(), retryForMs));
  await bench.open();
};
const stored = (stream: StreamName): number => wire.store.eventsOf(stream).length;

afterEach(() => bench.close());

const UNKNOWN: readonly (readonly [string, Fault])[] = [
  ['lost in silence', { kind: 'answerLost', by: 'silence' }],
  ['lost with the connection', { kind: 'answerLost', by: 'cut' }],
  ['lost by cancelling', { kind: 'answerLost', by: 'cancelled' }],
  ['lost as unavailable', { kind: 'answerLost', by: 'unavailable' }],
  ['a timeout after it was stored', { kind: 'timeout', stored: true }],
  ['a timeout before it was stored', { kind: 'timeout' }],
  ['an unknown outcome after it was stored', { kind: 'unknownOutcome', stored: true }],
  ['an unknown outcome before it was stored', { kind: 'unknownOutcome' }],
  ['"not ready"', { kind: 'notReady' }],
  ['"unavailable"', { kind: 'unavailable' }],
  ['a cut connection', { kind: 'cut' }],
];

describe.each(UNKNOWN)('when the answer to an append is %s', (_, fault) => {
  beforeEach(() => start(4000));

  it('the append is repeated with the same ids, stored once and answered from what is stored', async () => {
    const stream = bench.stream();
    const opening = someEvents(2);
    const armed = wire.faults.arm(fault, { on: WRITES, calls: 2 });
    const first = await bench.log.append(stream, 'no-stream', opening);
    expect(armed.struck).toBe(2);
    expect(idsOf(first)).toEqual(idsOf(opening));
    expect(stored(stream)).toBe(2);
    wire.faults.arm(fault, { on: WRITES, calls: 1 });
    await bench.log.append(stream, 1, someEvents(3, 2));
    expect(stored(stream)).toBe(5);
    expect(await bench.log.append(stream, 'no-stream', opening)).toEqual(first);
  });

  it('a conflict stays a conflict, and what others append meanwhile is not held up', async () => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(2));
    wire.faults.arm(fault, { on: WRITES, calls: 1, streams: new RegExp(stream) });
    const refused = bench.log.append(stream, 0, someEvents(1));
    const others = upTo(10).map(() => bench.log.append(bench.stream(), 'no-stream', someEvents(1)));
    await expect(refused).rejects.toThrow(WrongExpectation);
    expect((await Promise.all(others)).flat()).toHaveLength(10);
    expect(stored(stream)).toBe(2);
  });

  it('a read that meets it is read again, whole', async () => {
    const stream = bench.stream();
    const logged = await bench.log.append(stream, 'no-stream', someEvents(50));
    const armed = wire.faults.arm(fault, { on: ['read'], calls: 1 });
    expect(await bench.log.readStream(stream)).toEqual(logged);
    expect(armed.struck).toBe(1);
  });
});

describe('a server that fails for longer', () => {
  it('is waited for: unavailable for 5 s, then every append and follow goes on', async () => {
    await start();
    const stream = bench.stream();
    const mark = await bench.mark();
    await bench.log.append(stream, 'no-stream', someEvents(1));
    const following = bench.follow(mark, (seen) => eventsIn(seen, stream).length === 11);
    await wire.unavailableFor(5000);
    const appends = upTo(10).map((n) => bench.log.append(stream, n, someEvents(1, n + 1)));
    expect((await Promise.all(appends)).flat().map((event) => event.revision)).toEqual(upTo(10).map((n) => n + 1));
    expect(eventsIn(await following, stream).map((event) => event.revision)).toEqual(upTo(11));
  });

  it('is given up after the limit, and the same ids later give what was stored', async () => {
    await start(1000);
    const stream = bench.stream();
    const events = someEvents(2);
    const armed = wire.faults.arm({ kind: 'unknownOutcome', stored: true }, { on: WRITES });
    await expect(bench.log.append(stream, 'no-stream', events)).rejects.toThrow(LogUnavailable);
    armed.disarm();
    expect(idsOf(await bench.log.append(stream, 'no-stream', events))).toEqual(idsOf(events));
    expect(stored(stream)).toBe(2);
    await wire.stopListening();
    await expect(bench.log.readStream(stream)).rejects.toThrow(LogUnavailable);
    await expect(bench.log.append(stream, 1, someEvents(1))).rejects.toThrow(LogUnavailable);
    await expect(bench.readAll(undefined)).rejects.toThrow(LogUnavailable);
    await wire.listen();
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('is slow: answers that take their time are waited for, once', async () => {
    await start();
    const stream = bench.stream();
    const armed = wire.faults.arm({ kind: 'slow', ms: 700 }, { on: WRITES });
    await bench.log.append(stream, 'no-stream', someEvents(1));
    await bench.log.append(stream, 0, someEvents(1, 1));
    expect(armed.struck).toBe(2);
    expect(stored(stream)).toBe(2);
  });

  it('is slower than an attempt may take: written once although asked more than once', async () => {
    await start(4000);
    const stream = bench.stream();
    const armed = wire.faults.arm({ kind: 'slow', ms: 2000 }, { on: WRITES, calls: 2 });
    await bench.log.append(stream, 'no-stream', someEvents(1));
    expect(armed.struck).toBe(2);
    expect(stored(stream)).toBe(1);
  });

  it('denies access: that is told at once and not repeated', async () => {
    await start();
    const stream = bench.stream();
    const armed = wire.faults.arm({ kind: 'accessDenied' }, { on: WRITES });
    await expect(bench.log.append(stream, 'no-stream', someEvents(1))).rejects.toThrow(LogUnavailable);
    expect(armed.struck).toBe(1);
  });
});

describe('a node that led until a moment ago and lags behind what was acknowledged', () => {
  beforeEach(() => start(4000));

  it.each(['a new stream', 'a stream that goes on'])('is asked again, and is no damage: %s', async (kind) => {
    const stream = bench.stream();
    const opening = someEvents(2);
    if (kind !== 'a new stream') await bench.log.append(stream, 'no-stream', opening);
    const armed = wire.faults.arm({ kind: 'staleReads' }, { on: ['read'], streams: new RegExp(stream), calls: 2 });
    const [expected, events] =
      kind === 'a new stream' ? (['no-stream', opening] as const) : ([1, someEvents(2, 2)] as const);
    expect(idsOf(await bench.log.append(stream, expected, events))).toEqual(idsOf(events));
    expect(armed.struck).toBe(2);
    expect(await bench.log.readStream(stream)).toHaveLength(kind === 'a new stream' ? 2 : 4);
  });

  it('is given up after the limit: the outcome is unknown, and there is no alarm', async () => {
    const stream = bench.stream();
    const events = someEvents(2);
    wire.faults.arm({ kind: 'staleReads' }, { on: ['read'], streams: new RegExp(stream) });
    await expect(bench.log.append(stream, 'no-stream', events)).rejects.toThrow(LogUnavailable);
    wire.faults.disarmAll();
    expect(idsOf(await bench.log.append(stream, 'no-stream', events))).toEqual(idsOf(events));
  });
});

describe('connections that are cut again and again', () => {
  beforeEach(() => start());

  it('lose no append and double none, and the follower sees each event once', async () => {
    const mark = await bench.mark();
    const streams = upTo(8).map(() => bench.stream());
    const following = bench.follow(mark, (seen) => eventsIn(seen, ...streams).length === 8 * 40);
    const written = await Promise.all(streams.map((stream) => appendOneByOne(stream, 40, () => wire.cut())));
    const items = await following;
    for (const [at, stream] of streams.entries()) {
      expect(idsOf(await bench.log.readStream(stream))).toEqual(written[at]);
      expect(idsOf(eventsIn(items, stream))).toEqual(written[at]);
    }
  });

  it('do not end the watch: what is tampered with afterwards is noticed', async () => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(2));
    wire.dropSubscriptions();
    wire.cut();
    const raw = EventStoreDBClient.connectionString(wire.connectionString);
    await raw.setStreamMetadata(stream, { maxCount: 1 });
    await raw.dispose();
    const mark = await bench.mark();
    await bench.follow(mark, (seen) => seen.some((item) => item.kind === 'caughtUp'));
    const refused = async (): Promise<boolean> =>
      bench.log.readStream(stream, 1, 1).then(
        () => false,
        () => true,
      );
    for (let tries = 0; tries < 200 && !(await refused()); tries += 1) await bench.mark();
    await expect(bench.log.readStream(stream, 1, 1)).rejects.toMatchObject({ name: 'IntegrityBroken' });
  });
});

describe('a stream that was deleted while nobody could watch', () => {
  beforeEach(async () => {
    await start();
    wire.faults.arm({ kind: 'unavailable' }, { on: ['subscribe'] });
    wire.dropSubscriptions();
  });

  const withRaw = async (work: (raw: EventStoreDBClient) => Promise<unknown>): Promise<void> => {
    const raw = EventStoreDBClient.connectionString(wire.connectionString);
    await work(raw);
    await raw.dispose();
  };

  it.each([
    ['softly', (raw: EventStoreDBClient, stream: string) => raw.deleteStream(stream)],
    ['for ever', (raw: EventStoreDBClient, stream: string) => raw.tombstoneStream(stream)],
  ])('%s is not "not found", and takes no new beginning', async (_, remove) => {
    const [read, created] = [bench.stream(), bench.stream()];
    for (const stream of [read, created]) {
      await bench.log.append(stream, 'no-stream', someEvents(3));
      await withRaw((raw) => remove(raw, stream));
    }
    await expect(bench.log.readStream(read)).rejects.toMatchObject({ alarm: { reason: 'stream-deleted' } });
    await expect(bench.log.append(created, 'no-stream', [anEvent()])).rejects.toMatchObject({
      alarm: { reason: 'stream-deleted' },
    });
    await expect(bench.log.append(created, 3, [anEvent()])).rejects.toMatchObject({ name: 'IntegrityBroken' });
  });

  it('in part is a gap', async () => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(3));
    await withRaw((raw) => raw.setStreamMetadata(stream, { truncateBefore: 2 }));
    await expect(bench.log.readStream(stream)).rejects.toMatchObject({ alarm: { reason: 'revision-gap' } });
  });

  it('before it began is metadata without a stream', async () => {
    const stream = bench.stream();
    await withRaw((raw) => raw.setStreamMetadata(stream, { maxCount: 5 }));
    await expect(bench.log.readStream(stream)).rejects.toMatchObject({ alarm: { reason: 'metadata-written' } });
  });
});

describe('three nodes', () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await startCluster(3);
    bench = new Bench(() => openOnEventStore(cluster.connectionString, () => cluster.stop()));
    await bench.open();
    [wire] = cluster.nodes as [Wire];
  });

  it('that change their leader again and again lose nothing and double nothing', async () => {
    const mark = await bench.mark();
    const streams = upTo(8).map(() => bench.stream());
    let leader = 0;
    const change = (): void => cluster.lead((leader += 1) % 3);
    const following = bench.follow(mark, (seen) => eventsIn(seen, ...streams).length === 8 * 50);
    const written = await Promise.all(streams.map((stream) => appendOneByOne(stream, 50, change)));
    const items = await following;
    for (const [at, stream] of streams.entries()) {
      expect(idsOf(await bench.log.readStream(stream))).toEqual(written[at]);
      expect(idsOf(eventsIn(items, stream))).toEqual(written[at]);
    }
  });

  it('of which the leader dies go on with another', async () => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(1));
    await cluster.nodes[0]?.stopListening();
    const appending = bench.log.append(stream, 0, someEvents(1, 1));
    cluster.lead(2);
    expect((await appending).map((event) => event.revision)).toEqual([1]);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('are served from the leader only, also when a follower is the only address known', async () => {
    const follower = cluster.nodes[1];
    if (!follower) throw new Error('three nodes were started');
    const opened = await openOnEventStore(follower.connectionString);
    const armed = follower.faults.arm({ kind: 'staleReads' });
    const other = new Bench(() => Promise.resolve(opened));
    await other.open();
    const stream = other.stream();
    await other.log.append(stream, 'no-stream', someEvents(3));
    expect(await other.log.readStream(stream)).toHaveLength(3);
    expect(armed.struck).toBe(0);
    await other.close();
  });
});

/** Every tenth append meets `trouble` while it is under way. */
async function appendOneByOne(stream: StreamName, count: number, trouble: () => void): Promise<string[]> {
  const ids: string[] = [];
  for (const n of upTo(count)) {
    const event = anEvent({ n });
    const appending = bench.log.append(stream, n === 0 ? 'no-stream' : n - 1, [event]);
    if (n % 10 === 9) trouble();
    await appending;
    ids.push(event.id);
  }
  return ids;
}
