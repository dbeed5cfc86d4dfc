import { EventStoreRefused } from './refused.js';

export interface ConnectionSettings {
  /** `host:port`. */
  readonly seeds: readonly string[];
  /** Ask the seeds who leads; otherwise the only seed is connected to, and says who leads when it does not. */
  readonly discover: boolean;
  readonly tls: boolean;
  readonly caFile?: string;
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Milliseconds; −1 turns pings off. */
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  /** Seconds. */
  readonly gossipTimeout: number;
  readonly connectionName?: string;
}

/** Parameters the client knows and this adapter decides by itself. */
const IDLE = new Set(['defaultdeadline', 'maxdiscoverattempts', 'discoveryinterval', 'usercertfile', 'userkeyfile']);
const KEEP_ALIVE_MS = 10_000;
const GOSSIP_TIMEOUT_S = 3;

/**
 * Reads a connection string, more strictly than the client, which warns on the console or silently drops what it does
 * not take: a second host after `esdb+discover://`, credentials without TLS, an unknown parameter. Parameter names are
 * taken as the client takes them, without regard to case, `-` and `_`.
 * @throws EventStoreRefused
 */
export function parseConnectionString(text: string, caFile?: string): ConnectionSettings {
  const [, scheme, rest = ''] = /^([^:/]*):\/\/(.*)$/s.exec(text.trim()) ?? [];
  if (scheme !== 'esdb' && scheme !== 'esdb+discover') throw new EventStoreRefused('scheme');
  const [, authority = '', query = ''] = /^([^/?]*)\/?(?:\?(.*))?$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const seeds = authority
    .slice(at + 1)
    .split(',')
    .map(hostAndPort);
  const discover = scheme === 'esdb+discover';
  if (discover && seeds.length > 1) throw new EventStoreRefused('discover-several-hosts');
  const parameters = parametersOf(query);
  const settings = {
    seeds,
    discover: discover || seeds.length > 1,
    ...(at < 0 ? {} : { credentials: credentialsIn(authority.slice(0, at)) }),
    ...settingsIn(parameters, caFile),
  };
  assertSensible(settings, parameters);
  return settings;
}

function settingsIn(parameters: ReadonlyMap<string, string>, caFile: string | undefined) {
  const ca = parameters.get('tlscafile') ?? caFile;
  const connectionName = parameters.get('connectionname');
  return {
    tls: flag(parameters, 'tls') ?? true,
    ...(ca === undefined ? {} : { caFile: ca }),
    keepAliveInterval: whole(parameters, 'keepaliveinterval', -1) ?? KEEP_ALIVE_MS,
    keepAliveTimeout: whole(parameters, 'keepalivetimeout', -1) ?? KEEP_ALIVE_MS,
    gossipTimeout: whole(parameters, 'gossiptimeout', 1) ?? GOSSIP_TIMEOUT_S,
    ...(connectionName === undefined ? {} : { connectionName }),
  };
}

function assertSensible(settings: ConnectionSettings, parameters: ReadonlyMap<string, string>): void {
  if ((parameters.get('nodepreference') ?? 'leader').toLowerCase() !== 'leader')
    throw new EventStoreRefused('node-preference');
  if (flag(parameters, 'throwonappendfailure') === false) throw new EventStoreRefused('append-failure');
  if (flag(parameters, 'tlsverifycert') === false) throw new EventStoreRefused('tls-verify');
  if (!settings.tls && settings.credentials) throw new EventStoreRefused('credentials-without-tls');
  if (!settings.tls && settings.caFile !== undefined) throw new EventStoreRefused('ca-without-tls');
}

const KNOWN = new Set([
  'tls',
  'tlsverifycert',
  'tlscafile',
  'nodepreference',
  'keepaliveinterval',
  'keepalivetimeout',
  'gossiptimeout',
  'connectionname',
  'throwonappendfailure',
]);

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (query === '') return parameters;
  for (const pair of query.split('&')) {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (name === '') throw new EventStoreRefused('form', pair);
    const flat = name.trim().toLowerCase().replaceAll(/[_-]/g, '');
    if (IDLE.has(flat)) throw new EventStoreRefused('idle-parameter', name);
    if (!KNOWN.has(flat)) throw new EventStoreRefused('unknown-parameter', name);
    if (parameters.has(flat)) throw new EventStoreRefused('parameter-value', name);
    parameters.set(flat, decoded(value.trim(), name));
  }
  return parameters;
}

function hostAndPort(text: string): string {
  const [, host, port = '2113'] = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new EventStoreRefused('form', `主机“${text}”`);
  return `${host}:${port}`;
}

function credentialsIn(text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw new EventStoreRefused('form', '用户名和口令');
  return {
    username: decoded(text.slice(0, colon), '用户名'),
    password: decoded(text.slice(colon + 1), '口令'),
  };
}

function decoded(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new EventStoreRefused('parameter-value', name);
  }
}

function flag(parameters: ReadonlyMap<string, string>, name: string): boolean | undefined {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw new EventStoreRefused('parameter-value', name);
  return value === 'true';
}

function whole(parameters: ReadonlyMap<string, string>, name: string, least: number): number | undefined {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(value) || Number(value) < least) throw new EventStoreRefused('parameter-value', name);
  return Number(value);
}
