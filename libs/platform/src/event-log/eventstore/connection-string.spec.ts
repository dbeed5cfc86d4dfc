import { parseConnectionString } from './connection-string.js';
import { EventStoreRefused, type RefusalCode } from './refused.js';

const codeOf = (text: string, caFile?: string): RefusalCode | undefined => {
  try {
    parseConnectionString(text, caFile);
    return undefined;
  } catch (error) {
    if (error instanceof EventStoreRefused) return error.code;
    throw error;
  }
};

it('reads several seeds, credentials and parameters', () => {
  const text =
    'esdb://kesu:p%40ss%3Aword@a.example,b.example:2114,[::1]:2115/?tlsCAFile=%2Fca%20s.pem&Keep-Alive_Interval=-1';
  expect(parseConnectionString(text)).toEqual({
    seeds: ['a.example:2113', 'b.example:2114', '[::1]:2115'],
    discover: true,
    tls: true,
    caFile: '/ca s.pem',
    credentials: { username: 'kesu', password: 'p@ss:word' },
    keepAliveInterval: -1,
    keepAliveTimeout: 10_000,
    gossipTimeout: 3,
  });
});

it('connects straight to a single seed, and asks who leads behind a DNS name', () => {
  expect(parseConnectionString('esdb://host?tls=false')).toMatchObject({ seeds: ['host:2113'], discover: false });
  expect(parseConnectionString('esdb+discover://cluster.example')).toMatchObject({ discover: true, tls: true });
});

it('takes the leader preference and refuses to be served by another node', () => {
  expect(codeOf('esdb://a,b?tls=false&nodePreference=Leader')).toBeUndefined();
  for (const other of ['follower', 'random', 'readOnlyReplica'])
    expect(codeOf(`esdb://a,b?tls=false&nodePreference=${other}`)).toBe('node-preference');
});

it('takes the authority of the connection string before that of the settings', () => {
  expect(parseConnectionString('esdb://a', 'settings.pem').caFile).toBe('settings.pem');
  expect(parseConnectionString('esdb://a?tlsCAFile=string.pem', 'settings.pem').caFile).toBe('string.pem');
});

it.each<[string, RefusalCode]>([
  ['', 'scheme'],
  ['http://a:2113', 'scheme'],
  ['localhost:2113', 'scheme'],
  ['postgres://a', 'scheme'],
  ['esdb+dns://a', 'scheme'],
  ['esdb://', 'form'],
  ['esdb://a,,b', 'form'],
  ['esdb://a:port', 'form'],
  ['esdb://a:70000', 'form'],
  ['esdb://a:1:2', 'form'],
  ['esdb://user@a', 'form'],
  ['esdb://a?tls', 'form'],
  ['esdb+discover://a,b', 'discover-several-hosts'],
  ['esdb://a?tsl=false', 'unknown-parameter'],
  ['esdb://a?defaultDeadline=5000', 'idle-parameter'],
  ['esdb://a?maxDiscoverAttempts=3', 'idle-parameter'],
  ['esdb://a?tls=no', 'parameter-value'],
  ['esdb://a?tls=true&TLS=true', 'parameter-value'],
  ['esdb://a?keepAliveInterval=soon', 'parameter-value'],
  ['esdb://a?keepAliveInterval=-2', 'parameter-value'],
  ['esdb://a?connectionName=%zz', 'parameter-value'],
  ['esdb://a?throwOnAppendFailure=false', 'append-failure'],
  ['esdb://a?tlsVerifyCert=false', 'tls-verify'],
  ['esdb://user:word@a?tls=false', 'credentials-without-tls'],
  ['esdb://a?tls=false&tlsCAFile=ca.pem', 'ca-without-tls'],
])('refuses %s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

it.each(['esdb://u:secret@a:x', 'esdb://u:secret@a?x=y', 'esdb://u:secret@a?tls=false', 'esdb://u:secret@'])(
  'never repeats the password in what it says of %s',
  (text) => {
    const said = (): string => {
      try {
        parseConnectionString(text);
        return 'secret';
      } catch (error) {
        return String(error);
      }
    };
    expect(said()).not.toMatch(/secret/);
  },
);
