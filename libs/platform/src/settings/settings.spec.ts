import { isAbsolute, join, resolve } from 'node:path';
import { readSettings, SettingsRefused } from './settings.js';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error;
    return error.faults;
  }
};

it('needs nothing: a development ledger on loopback', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    data: resolve('./data'),
    keys: resolve('./data/keys'),
    mode: 'development',
    ledger: 'kesu',
    eventStore: undefined,
    database: undefined,
    oidcIssuer: undefined,
    logLevel: 'info',
  });
  expect([...settings.roles]).toEqual(['api', 'projector', 'supervisor']);
});

it.each<[Record<string, string>, object]>([
  [
    { KESU_PORT: '0', KESU_HOST: '::1' },
    { port: 0, host: '::1' },
  ],
  [{ KESU_DATA: '/srv/kesu' }, { data: '/srv/kesu', keys: '/srv/kesu/keys' }],
  [
    { KESU_DATA: '/srv/kesu', KESU_KEYS: '/tmp/b' },
    { data: '/srv/kesu', keys: '/tmp/b' },
  ],
  [{ KESU_ROLES: ' api ' }, { roles: new Set(['api']) }],
  [{ KESU_ROLES: 'supervisor', KESU_DATABASE: 'postgres://u:p@h/d' }, { roles: new Set(['supervisor']) }],
  [{ KESU_OIDC_ISSUER: 'https://issuer.example' }, { mode: 'production', oidcAudience: 'kesu' }],
  [{ KESU_OIDC_ISSUER: 'https://issuer.example', NODE_ENV: 'production' }, { mode: 'production' }],
  [{ KESU_OIDC_ISSUER: 'http://127.0.0.1:8080/realms/a' }, { mode: 'production' }],
  [{ KESU_OIDC_ISSUER: 'http://localhost:8080' }, { mode: 'production' }],
  [{ KESU_OIDC_ISSUER: 'http://[::1]:8080' }, { mode: 'production' }],
  [
    { KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-18T09:00:00+08:00' },
    { simulationStart: '2026-09-18T01:00:00.000000Z' },
  ],
  [
    { KESU_EVENTSTORE: 'esdb://a:2113,b:2113?tls=true' },
    { eventStore: 'esdb://a:2113,b:2113?tls=true', eventStoreRetryMs: 10_000 },
  ],
  [{ KESU_DATABASE: 'postgres://u:p@h/d' }, { database: 'postgres://u:p@h/d' }],
  [{ KESU_PORT: '' }, { port: 3000 }],
  [{ KESU_URL: 'http://x', KESU_TOKEN: 't', KESU_TEST_EVENTSTORE: 'esdb://x' }, { port: 3000 }],
  [{ HOME: '/root', PORT: '1' }, { port: 3000 }],
])('reads %j', (env, expected) => expect(readSettings(env)).toMatchObject(expected));

it.each<[Record<string, string>, string]>([
  [{ KESU_PROT: '1' }, 'KESU_PROT：没有这项设置'],
  [{ KESU_PORT: '70000' }, 'KESU_PORT：须为 0 至 65535 的整数，现为 "70000"'],
  [{ KESU_PORT: '-1' }, 'KESU_PORT：'],
  [{ KESU_PORT: '3000.5' }, 'KESU_PORT：'],
  [{ KESU_PORT: '0x10' }, 'KESU_PORT：'],
  [{ KESU_MODE: 'Production' }, 'KESU_MODE：须为 production、development、simulation 之一'],
  [{ KESU_ROLES: 'api,admin' }, 'KESU_ROLES：'],
  [{ KESU_ROLES: 'api,' }, 'KESU_ROLES：'],
  [{ KESU_ROLES: 'api,supervisor' }, 'KESU_ROLES：监察（supervisor）须有读模型'],
  [{ KESU_LEDGER: 'Kesu' }, 'KESU_LEDGER：'],
  [{ KESU_LEDGER: 'myattempts' }, 'KESU_LEDGER：'],
  [{ KESU_EVENTSTORE: 'http://a:2113' }, 'KESU_EVENTSTORE：'],
  [{ KESU_EVENTSTORE: 'esdb://' }, 'KESU_EVENTSTORE：'],
  [{ KESU_EVENTSTORE_RETRY_SECONDS: '0' }, 'KESU_EVENTSTORE_RETRY_SECONDS：'],
  [{ KESU_EVENTSTORE_CA: '/ca.pem' }, 'KESU_EVENTSTORE_CA：'],
  [{ KESU_DATABASE: 'mysql://h/d' }, 'KESU_DATABASE：'],
  [{ KESU_OIDC_ISSUER: 'issuer.example' }, 'KESU_OIDC_ISSUER：'],
  [{ KESU_OIDC_ISSUER: 'http://issuer.example' }, 'KESU_OIDC_ISSUER：须为以 https:// 开头的地址'],
  [{ KESU_OIDC_ISSUER: 'http://127.0.0.1.issuer.example' }, 'KESU_OIDC_ISSUER：'],
  [{ KESU_OIDC_ISSUER: 'http://localhost@issuer.example' }, 'KESU_OIDC_ISSUER：'],
  [{ KESU_OIDC_ISSUER: 'ftp://localhost' }, 'KESU_OIDC_ISSUER：'],
  [{ KESU_METRICS_TOKEN: 'short' }, 'KESU_METRICS_TOKEN：须为 16 至 256 个可见 ASCII 字符（所设的值可能含有密码'],
  [{ KESU_METRICS_TOKEN: '令牌令牌令牌令牌令牌令牌令牌令牌' }, 'KESU_METRICS_TOKEN：'],
  [{ KESU_REFUSALS_PER_MINUTE: '0' }, 'KESU_REFUSALS_PER_MINUTE：'],
  [{ KESU_LOG_LEVEL: 'loud' }, 'KESU_LOG_LEVEL：'],
  [{ KESU_MODE: 'production' }, 'KESU_MODE：生产模式须由 KESU_OIDC_ISSUER'],
  [{ KESU_MODE: 'development', KESU_OIDC_ISSUER: 'https://issuer.example' }, 'KESU_MODE：'],
  [{ KESU_MODE: 'simulation', KESU_EVENTSTORE: 'esdb://a' }, 'KESU_EVENTSTORE：'],
  [{ KESU_DOCUMENT_BYTES_MAX: '0' }, 'KESU_DOCUMENT_BYTES_MAX：'],
  [{ KESU_DOCUMENT_BYTES_MAX: '536870913' }, 'KESU_DOCUMENT_BYTES_MAX：'],
  [{ KESU_SIMULATION_START: '2026-09-18T00:00:00Z' }, 'KESU_SIMULATION_START：'],
  [{ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-18' }, 'KESU_SIMULATION_START：'],
  [{ NODE_ENV: 'production' }, 'NODE_ENV：'],
  [{ NODE_ENV: 'production', KESU_MODE: 'simulation' }, 'NODE_ENV：'],
])('refuses %j in Chinese', (env, reason) => {
  const faults = faultsOf(env);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(reason);
  expect(faults[0]?.replace(/^\w+：/, '')).toMatch(/^[^a-z]*[\u4e00-\u9fff]/);
});

/** As Kubernetes sets them in a pod whose namespace has a Service called `kesu` and one called `kesu-db`. */
const SERVICE_LINKS = {
  KESU_SERVICE_HOST: '10.96.0.12',
  KESU_SERVICE_PORT: '3000',
  KESU_SERVICE_PORT_HTTP: '3000',
  KESU_PORT: 'tcp://10.96.0.12:3000',
  KESU_PORT_3000_TCP: 'tcp://10.96.0.12:3000',
  KESU_PORT_3000_TCP_PROTO: 'tcp',
  KESU_PORT_3000_TCP_PORT: '3000',
  KESU_PORT_3000_TCP_ADDR: '10.96.0.12',
  KESU_DB_SERVICE_HOST: '10.96.0.13',
  KESU_DB_PORT: 'tcp://10.96.0.13:5432',
  KESU_DB_PORT_5432_TCP: 'tcp://10.96.0.13:5432',
};

it('tells the variables of a Kubernetes Service from settings, and how to turn them off, in one line', () => {
  const [fault, ...others] = faultsOf({ ...SERVICE_LINKS, KESU_DATA: '/srv/kesu' });
  expect(others).toEqual([]);
  expect(fault).toMatch(/^KESU_DB_PORT 等 11 项：.*Kubernetes.*enableServiceLinks: false/);
});

it.each(Object.entries(SERVICE_LINKS))('takes %s=%s for no setting and no misspelt one', (name, value) => {
  expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}：.*enableServiceLinks`)]);
});

it('says everything that is wrong at once', () => {
  expect(faultsOf({ KESU_A: '1', KESU_B: '2', KESU_PORT: 'x', KESU_LEDGER: 'X', NODE_ENV: 'production' })).toHaveLength(
    5,
  );
});

it('makes folders absolute', () => {
  const { data, keys, documents } = readSettings({ KESU_DATA: 'a/b', KESU_KEYS: 'c' });
  expect([isAbsolute(data), isAbsolute(keys), documents]).toEqual([true, true, join(data, 'documents')]);
});
