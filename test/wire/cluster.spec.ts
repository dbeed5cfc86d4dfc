import { EventStoreDBClient } from '@eventstore/db-client';
import { startCluster, startWire, type Cluster, type Wire } from './index.js';
import { all, append, errorOf, eventually, events, failureOf, newScope, revisions } from './raw-client.js';

describe('A cluster', () => {
  let cluster: Cluster;
  const clients: EventStoreDBClient[] = [];

  const connect = (connectionString: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(connectionString);
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    cluster = await startCluster(3);
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await cluster.stop();
  });

  test('leads a client that names all nodes to the leader, also to the next one after the first is lost', async () => {
    const scope = newScope(connect(cluster.connectionString));
    const [first, second] = cluster.nodes;
    const atFirst = first!.faults.arm({ kind: 'slow', ms: 0 });
    await append(scope, events(1), 'no_stream');
    expect(atFirst.struck).toBeGreaterThan(0);
    cluster.lead(1);
    await first!.stopListening();
    const atSecond = second!.faults.arm({ kind: 'slow', ms: 0 }, { on: ['batchAppend'] });
    expect(await errorOf(append(scope, events(1), 0n))).toBe('unavailable');
    await eventually(async () => void (await append(scope, events(1), 'any')));
    expect(atSecond.struck).toBe(1);
    expect(await revisions(scope)).toEqual([0, 1]);
  });

  test('has followers that refuse what requires the leader and name it; the client then goes there', async () => {
    const [leader, follower] = cluster.nodes;
    const scope = newScope(connect(follower!.connectionString));
    const required = { expectedRevision: 'no_stream', requiresLeader: true } as const;
    const failure = await failureOf(scope.client.appendToStream(scope.stream, events(1), required));
    expect(failure).toMatchObject({ type: 'not-leader', leader: { address: leader!.host, port: leader!.port } });
    await eventually(async () => void (await scope.client.appendToStream(scope.stream, events(1), required)));
  });

  test('has followers that forward other writes, and read for themselves', async () => {
    const [leader, follower] = cluster.nodes;
    const scope = newScope(connect(follower!.connectionString));
    await append(scope, events(1), 'no_stream');
    const lag = follower!.faults.arm({ kind: 'staleReads' }, { on: ['read'] });
    await append(scope, events(1), 0n);
    expect(await revisions(scope)).toEqual([0]);
    expect(await revisions({ ...scope, client: connect(leader!.connectionString) })).toEqual([0, 1]);
    lag.disarm();
    expect(await revisions(scope)).toEqual([0, 1]);
  });

  test('is not found while no node leads', async () => {
    for (const node of cluster.nodes) node.faults.arm({ kind: 'unavailable' }, { on: ['gossip'] });
    const client = connect(`${cluster.connectionString}&maxDiscoverAttempts=2&discoveryInterval=10`);
    await expect(append(newScope(client), events(1))).rejects.toThrow('Failed to discover after 2 attempts');
  });
});

describe('A server with accounts', () => {
  let wire: Wire;

  beforeAll(async () => {
    const accounts = { admin: { password: 'chang:eit', admin: true }, clerk: { password: 'letmein' } };
    wire = await startWire({ tls: true, accounts });
  });

  afterAll(() => wire.stop());

  const as = async (who: [string?, string?], use: (client: EventStoreDBClient) => Promise<void>): Promise<void> => {
    const client = EventStoreDBClient.connectionString(wire.connectionStringAs(...who));
    try {
      await use(client);
    } finally {
      await client.dispose();
    }
  };

  test('serves an administrator everything', () =>
    as(['admin', 'chang:eit'], async (client) => {
      const scope = newScope(client);
      await append(scope, events(1), 'no_stream');
      expect(await revisions(scope)).toEqual([0]);
      expect((await all(client.readAll())).length).toBeGreaterThan(0);
      expect(await errorOf(all(client.readStream('$settings')))).toBe('stream-not-found');
    }));

  test('serves others their streams, but neither $all nor system streams', () =>
    as(['clerk', 'letmein'], async (client) => {
      const scope = newScope(client);
      await append(scope, events(1), 'no_stream');
      expect(await revisions(scope)).toEqual([0]);
      expect(await errorOf(all(client.readAll()))).toBe('access-denied');
      expect(await errorOf(all(client.readStream('$settings')))).toBe('access-denied');
    }));

  test.each<[string, [string?, string?], number | undefined]>([
    ['no credentials', [], undefined],
    ['a wrong password', ['admin', 'wrong'], 16],
    ['an unknown name', ['nobody', 'letmein'], 16],
  ])('denies access with %s', (_, who, code) =>
    as(who, async (client) => {
      const scope = newScope(client);
      expect(await failureOf(append(scope, events(1)))).toMatchObject({ type: 'access-denied', code });
      expect(await errorOf(revisions(scope))).toBe('access-denied');
      expect(await errorOf(client.deleteStream(scope.stream))).toBe('access-denied');
    }),
  );

  test('denies what a test forbids', async () => {
    wire.access.denies = ({ stream, user }) => stream === '$settings' && user === 'admin';
    await as(['admin', 'chang:eit'], async (client) => {
      expect(await errorOf(all(client.readStream('$settings')))).toBe('access-denied');
      expect(await errorOf(all(client.readStream('$users')))).toBe('stream-not-found');
    });
  });
});
