import { EventStoreDBClient, type EventData } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { startWire, WRITES, type Fault, type Wire, type WireOptions } from './index.js';
import { all, append, errorOf, eventually, events, failureOf, newScope, revisions, type Scope } from './raw-client.js';

const credentials = { username: 'unused', password: 'unused' };

let wire: Wire;
let scope: Scope;

const start = async (options: WireOptions = {}): Promise<void> => {
  wire = await startWire(options);
  scope = newScope(EventStoreDBClient.connectionString(wire.connectionString));
};

const unary = (proposed: EventData[]) =>
  scope.client.appendToStream(scope.stream, proposed, { expectedRevision: 'no_stream', credentials });

const stored = (): number => wire.store.eventsOf(scope.stream).length;

afterEach(async () => {
  await scope.client.dispose();
  await wire.stop();
});

describe('An append', () => {
  beforeEach(() => start());

  test.each([
    ['cut', 'unavailable'],
    ['cancelled', 'cancelled'],
    ['unavailable', 'unavailable'],
  ] as const)('whose answer is lost (%s) is stored, and its repeat succeeds', async (by, error) => {
    for (const write of [(proposed: EventData[]) => append(scope, proposed, 'no_stream'), unary]) {
      scope = { ...scope, stream: newScope(scope.client).stream };
      const proposed = events(2);
      const armed = wire.faults.arm({ kind: 'answerLost', by }, { on: WRITES, calls: 1 });
      expect(await errorOf(write(proposed))).toBe(error);
      expect([stored(), armed.struck]).toEqual([2, 1]);
      expect((await write(proposed)).nextExpectedRevision).toBe(1n);
      expect(stored()).toBe(2);
    }
  });

  test('that is never answered stays open until the connection ends', async () => {
    const proposed = events(1);
    wire.faults.arm({ kind: 'answerLost', by: 'silence' }, { on: ['batchAppend'], calls: 1 });
    const unanswered = append(scope, proposed, 'no_stream');
    const settled = jest.fn();
    unanswered.then(settled, settled);
    await eventually(() => Promise.resolve(expect(stored()).toBe(1)));
    expect((await append(scope, proposed, 'no_stream')).nextExpectedRevision).toBe(0n);
    expect(settled).not.toHaveBeenCalled();
    wire.cut();
    expect(await errorOf(unanswered)).toBe('unavailable');
  });

  test.each<[string, Fault, string, string]>([
    ['timeout', { kind: 'timeout' }, 'deadline-exceeded', 'timeout'],
    ['unknown outcome', { kind: 'unknownOutcome' }, 'unknown', 'unknown'],
    ['server not ready', { kind: 'notReady' }, 'unknown', 'unavailable'],
    ['unavailable', { kind: 'unavailable' }, 'unavailable', 'unavailable'],
    ['connection cut', { kind: 'cut' }, 'unavailable', 'unavailable'],
    ['access denied', { kind: 'accessDenied' }, 'access-denied', 'access-denied'],
    ['any other status', { kind: 'fails', code: status.RESOURCE_EXHAUSTED }, 'unknown', 'unknown'],
  ])('that meets %s is not stored', async (_, fault, batchError, unaryError) => {
    wire.faults.arm(fault, { on: WRITES, calls: 2 });
    expect(await errorOf(append(scope, events(1), 'no_stream'))).toBe(batchError);
    expect(await errorOf(unary(events(1)))).toBe(unaryError);
    expect(stored()).toBe(0);
    expect((await append(scope, events(1), 'no_stream')).nextExpectedRevision).toBe(0n);
  });

  test.each(['timeout', 'unknownOutcome'] as const)('may be stored all the same after %s', async (kind) => {
    wire.faults.arm({ kind, stored: true }, { calls: 1, on: ['batchAppend'] });
    const proposed = events(1);
    const failure = await failureOf(append(scope, proposed, 'no_stream'));
    expect([failure.message, stored()]).toEqual(['', 1]);
    expect((await append(scope, proposed, 'no_stream')).nextExpectedRevision).toBe(0n);
  });

  test('that is slow is stored in the end, also when its caller has gone', async () => {
    const armed = wire.faults.arm({ kind: 'slow', ms: 100 }, { on: ['batchAppend'], calls: 1 });
    const slow = failureOf(append(scope, events(1), 'no_stream'));
    await eventually(() => Promise.resolve(expect(armed.struck).toBe(1)));
    expect(stored()).toBe(0);
    wire.cut();
    expect((await slow).type).toBe('unavailable');
    await eventually(() => Promise.resolve(expect(stored()).toBe(1)));
  });

  test('is refused by a server whose clock is 11 s ahead, and its events carry that clock', async () => {
    wire.clockSkewMs = 11_000;
    expect(await errorOf(append(scope, events(1), 'no_stream'))).toBe('deadline-exceeded');
    const before = Date.now();
    await unary(events(1));
    const [found] = await all(scope.client.readStream(scope.stream));
    expect(found!.event!.created.getTime()).toBeGreaterThanOrEqual(before + 11_000);
  });
});

describe('Faults', () => {
  beforeEach(() => start());

  test('strike only the streams, methods and calls they are aimed at, until disarmed', async () => {
    const aimed = wire.faults.arm({ kind: 'unavailable' }, { on: ['read'], streams: /^raw_case-/, calls: 2 });
    await append(scope, events(1));
    wire.store.append('other-1', 'any', []);
    expect(await errorOf(all(scope.client.readStream('other-2')))).toBe('stream-not-found');
    expect(await errorOf(revisions(scope))).toBe('unavailable');
    aimed.disarm();
    expect([await revisions(scope), aimed.struck]).toEqual([[0], 1]);
  });

  test('end with their period', async () => {
    wire.faults.arm({ kind: 'unavailable' }, { ms: 200 });
    await expect(append(scope, events(1))).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await eventually(async () => void (await append(scope, events(1))));
  });

  test('a feature probe that fails otherwise than by unavailability spoils the client for good', async () => {
    wire.faults.arm({ kind: 'fails', code: status.INTERNAL }, { on: ['features'], calls: 1 });
    await expect(append(scope, events(1))).rejects.toMatchObject({ code: status.INTERNAL });
    await expect(append(scope, events(1))).rejects.toMatchObject({ code: status.INTERNAL });
    const fresh = EventStoreDBClient.connectionString(wire.connectionString);
    expect((await append({ ...scope, client: fresh }, events(1))).success).toBe(true);
    await fresh.dispose();
  });

  test('a read whose answer is lost has yielded half', async () => {
    await append(scope, events(10));
    wire.faults.arm({ kind: 'answerLost', by: 'cut' }, { on: ['read'], calls: 1 });
    expect(await errorOf(revisions(scope))).toBe('unavailable');
    expect(await revisions(scope)).toHaveLength(10);
  });

  test('stale reads do not see what was acknowledged', async () => {
    await append(scope, events(1));
    const stale = wire.faults.arm({ kind: 'staleReads' }, { on: ['read'] });
    const other = newScope(scope.client);
    await append(other, events(1));
    await append(scope, events(1));
    expect(await revisions(scope)).toEqual([0]);
    expect(await errorOf(revisions(other))).toBe('stream-not-found');
    expect((await all(scope.client.readAll())).length).toBe(1);
    stale.disarm();
    expect(await revisions(scope)).toEqual([0, 1]);
  });
});

describe('A subscription', () => {
  const failureAfter = (count: number, subscription = scope.client.subscribeToAll()): Promise<string[]> =>
    new Promise((resolve) => {
      const heard: string[] = [];
      subscription.on('error', (error) => resolve([...heard.slice(0, count), String(Reflect.get(error, 'type'))]));
      subscription.on('data', ({ event }) => heard.push(String(event?.revision)));
    });

  test('is dropped as too slow after as many events as armed', async () => {
    await start();
    await append(scope, events(5));
    wire.faults.arm({ kind: 'dropSubscription', after: 2 }, { on: ['subscribe'], calls: 1 });
    expect(await failureAfter(9)).toEqual(['0', '1', 'timeout']);
  });

  test('is dropped now, while live', async () => {
    await start();
    const subscription = scope.client.subscribeToAll();
    const dropped = failureAfter(0, subscription);
    await new Promise((resolve) => subscription.on('caughtUp', () => resolve(undefined)));
    wire.dropSubscriptions();
    expect(await dropped).toEqual(['timeout']);
  });

  test('is dropped when more is written at once than the live buffer holds', async () => {
    await start({ liveBuffer: 32 });
    const subscription = scope.client.subscribeToAll();
    const dropped = failureAfter(0, subscription);
    await new Promise((resolve) => subscription.on('caughtUp', () => resolve(undefined)));
    await append(scope, events(33));
    expect(await dropped).toEqual(['timeout']);
  });

  test('ends when its connection is cut', async () => {
    await start();
    const subscription = scope.client.subscribeToAll();
    const ended = failureAfter(0, subscription);
    await new Promise((resolve) => subscription.on('caughtUp', () => resolve(undefined)));
    wire.cut();
    expect(await ended).toEqual(['unavailable']);
  });
});

describe('A server', () => {
  test('that restarts keeps its port, its events and repeats at a revision, and forgets other repeats', async () => {
    await start();
    const proposed = events(1);
    await append(scope, proposed, 'no_stream');
    const { port } = wire;
    await wire.stopListening();
    expect(await errorOf(revisions(scope))).toBe('unavailable');
    await wire.listen();
    expect(wire.port).toBe(port);
    await eventually(async () => expect(await revisions(scope)).toEqual([0]));
    expect((await append(scope, proposed, 'no_stream')).nextExpectedRevision).toBe(0n);
    expect((await append(scope, proposed)).nextExpectedRevision).toBe(1n);
  });

  test('that is away for a while comes back by itself', async () => {
    await start();
    await wire.unavailableFor(200);
    await expect(append(scope, events(1))).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await eventually(async () => void (await append(scope, events(1))));
  });

  test('has the append limit it is given', async () => {
    await start({ maxAppendBytes: 10 });
    expect(await failureOf(append(scope, events(3)))).toMatchObject({ maxAppendSize: 10 });
    expect(stored()).toBe(0);
  });

  test('that is noisy fills $all with statistics, links and what others write', async () => {
    await start({ noise: true });
    await append(scope, events(1));
    const streams = (await all(scope.client.readAll())).map(({ event }) => event?.streamId);
    expect(streams).toEqual(
      expect.arrayContaining(['$ce-raw_case', '$et-Counted', '$stats-127.0.0.1:2113', 'other-1', scope.stream]),
    );
  });

  test('that was stopped accepts nothing more', async () => {
    await start();
    await append(scope, events(1));
    await wire.stop();
    expect(await errorOf(revisions(scope))).toBe('unavailable');
  });
});
