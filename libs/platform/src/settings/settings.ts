import { join, resolve } from 'node:path';
import { instant, isLedgerName, type Instant } from '#libs/kernel';
import { serviceLinksFault, serviceLinksIn } from './service-links.js';
import { isTrustworthyUrl, parseConnectionUrl, UNTRUSTWORTHY } from './url.js';

/** 账本模式, said once for ever by the ledger's first event. */
export const MODES = ['production', 'development', 'simulation'] as const;
export type Mode = (typeof MODES)[number];

/** What a process does: answer HTTP, feed the read models, or watch what turns as time goes on. */
export const ROLES = ['api', 'projector', 'supervisor'] as const;
export type Role = (typeof ROLES)[number];

/** Everything the service is configured by. Nothing else in the environment is read. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** Absolute path of the key folder. */
  readonly keys: string;
  /** Absolute path of the folder of documents. */
  readonly documents: string;
  /** The most bytes a document may have. */
  readonly documentBytesMax: number;
  readonly mode: Mode;
  readonly roles: ReadonlySet<Role>;
  readonly ledger: string;
  /** esdb://…, or undefined for the embedded log. */
  readonly eventStore: string | undefined;
  readonly eventStoreCa: string | undefined;
  readonly eventStoreRetryMs: number;
  /** postgres://…, or undefined for the embedded database. */
  readonly database: string | undefined;
  readonly oidcIssuer: string | undefined;
  readonly oidcAudience: string;
  /** A register file of the operator's own. */
  readonly organs: string | undefined;
  /** How often one person may be refused within a minute, in this process, before nothing they ask is decided. */
  readonly refusalsPerMinute: number;
  /** What a scraper of /metrics presents; undefined: only this machine is answered. */
  readonly metricsToken: string | undefined;
  readonly simulationStart: Instant | undefined;
  readonly logLevel: string;
}

/** The environment does not make sense; `faults` has one Chinese line for each thing wrong with it. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** One setting: how its text is read (undefined when it is not set). A reader throws with the Chinese reason. */
type Reader<T> = (text: string | undefined) => T;

/** Only read by other commands of this repository, so a service started beside them does not stumble over them. */
const OF_OTHERS = [
  'KESU_URL',
  'KESU_TOKEN',
  'KESU_TEST_EVENTSTORE',
  'KESU_TEST_POSTGRES',
  'KESU_TEST_SEED',
  'KESU_TEST_EFFORT',
];

const READERS = {
  KESU_HOST: text('127.0.0.1'),
  KESU_PORT: number(3000, 0, 65_535),
  KESU_DATA: text('./data'),
  KESU_KEYS: (value) => value,
  KESU_DOCUMENTS: (value) => value,
  KESU_DOCUMENT_BYTES_MAX: number(50 * 1024 * 1024, 1, 512 * 1024 * 1024),
  KESU_MODE: oneOf(MODES),
  KESU_ROLES: someOf(ROLES),
  KESU_LEDGER: ledgerName,
  KESU_EVENTSTORE: url(['esdb:', 'esdb+discover:']),
  KESU_EVENTSTORE_CA: (value) => value,
  KESU_EVENTSTORE_RETRY_SECONDS: number(10, 1, 120),
  KESU_DATABASE: url(['postgres:', 'postgresql:']),
  KESU_OIDC_ISSUER: issuer,
  KESU_OIDC_AUDIENCE: text('kesu'),
  KESU_ORGANS: (value) => value,
  KESU_REFUSALS_PER_MINUTE: number(60, 1, 1_000_000),
  KESU_METRICS_TOKEN: secret,
  KESU_SIMULATION_START: moment,
  KESU_LOG_LEVEL: (value) => oneOf(['debug', 'info', 'warn', 'error', 'silent'] as const)(value) ?? 'info',
} satisfies Record<string, Reader<unknown>>;

/** Addresses may carry a password: what was set is not repeated to whoever reads the log. */
const MAY_HOLD_SECRETS: ReadonlySet<string> = new Set(['KESU_EVENTSTORE', 'KESU_DATABASE', 'KESU_METRICS_TOKEN']);

/** The names of all settings, for the table in the README (a test compares them). */
export const SETTING_NAMES: readonly string[] = [...Object.keys(READERS), ...OF_OTHERS];

/** @throws SettingsRefused listing everything that is unknown, malformed or contradictory. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const links = serviceLinksIn(env);
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('KESU_') && !SETTING_NAMES.includes(name) && !links.includes(name),
  );
  const faults = [
    ...(links.length > 0 ? [serviceLinksFault(links)] : []),
    ...unknown.map((name) => `${name}：没有这项设置，请对照 README 的设置表`),
  ];
  const read = <T>(name: keyof typeof READERS, reader: Reader<T>): T | undefined => {
    if (links.includes(name)) return undefined;
    try {
      return reader(env[name] === '' ? undefined : env[name]);
    } catch (error) {
      const shown = MAY_HOLD_SECRETS.has(name)
        ? '（所设的值可能含有密码，不予显示）'
        : `，现为 ${JSON.stringify(env[name])}`;
      faults.push(`${name}：${(error as Error).message}${shown}`);
      return undefined;
    }
  };
  const data = resolve(read('KESU_DATA', READERS.KESU_DATA) ?? '.');
  const oidcIssuer = read('KESU_OIDC_ISSUER', READERS.KESU_OIDC_ISSUER);
  const settings = {
    mode: read('KESU_MODE', READERS.KESU_MODE) ?? (oidcIssuer ? 'production' : 'development'),
    host: read('KESU_HOST', READERS.KESU_HOST) ?? '',
    port: read('KESU_PORT', READERS.KESU_PORT) ?? 0,
    data,
    keys: folderOf(read('KESU_KEYS', READERS.KESU_KEYS), join(data, 'keys')),
    documents: folderOf(read('KESU_DOCUMENTS', READERS.KESU_DOCUMENTS), join(data, 'documents')),
    documentBytesMax: Number(read('KESU_DOCUMENT_BYTES_MAX', READERS.KESU_DOCUMENT_BYTES_MAX)),
    roles: read('KESU_ROLES', READERS.KESU_ROLES) ?? new Set(ROLES),
    ledger: read('KESU_LEDGER', READERS.KESU_LEDGER) ?? '',
    eventStore: read('KESU_EVENTSTORE', READERS.KESU_EVENTSTORE),
    eventStoreCa: read('KESU_EVENTSTORE_CA', READERS.KESU_EVENTSTORE_CA),
    eventStoreRetryMs: (read('KESU_EVENTSTORE_RETRY_SECONDS', READERS.KESU_EVENTSTORE_RETRY_SECONDS) ?? 0) * 1000,
    database: read('KESU_DATABASE', READERS.KESU_DATABASE),
    oidcIssuer,
    oidcAudience: read('KESU_OIDC_AUDIENCE', READERS.KESU_OIDC_AUDIENCE) ?? '',
    organs: read('KESU_ORGANS', READERS.KESU_ORGANS),
    refusalsPerMinute: Number(read('KESU_REFUSALS_PER_MINUTE', READERS.KESU_REFUSALS_PER_MINUTE)),
    metricsToken: read('KESU_METRICS_TOKEN', READERS.KESU_METRICS_TOKEN),
    simulationStart: read('KESU_SIMULATION_START', READERS.KESU_SIMULATION_START),
    logLevel: read('KESU_LOG_LEVEL', READERS.KESU_LOG_LEVEL) ?? 'info',
  };
  faults.push(...contradictions(settings, env.NODE_ENV === 'production'));
  if (faults.length > 0) throw new SettingsRefused(faults);
  return settings;
}

function contradictions(settings: Settings, nodeEnvIsProduction: boolean): string[] {
  const { mode, roles, database, oidcIssuer, eventStore } = settings;
  const isProduction = mode === 'production';
  const isSimulation = mode === 'simulation';
  const faults: readonly (readonly [holds: unknown, says: string])[] = [
    [isProduction && !oidcIssuer, 'KESU_MODE：生产模式须由 KESU_OIDC_ISSUER 指定身份提供方'],
    [!isProduction && oidcIssuer, 'KESU_MODE：开发和模拟模式使用内置的开发签发者，不能同时设置 KESU_OIDC_ISSUER'],
    [!isProduction && nodeEnvIsProduction, 'NODE_ENV：为 production 时不启用开发签发者，请设置 KESU_OIDC_ISSUER'],
    [isSimulation && eventStore, 'KESU_EVENTSTORE：模拟模式只使用自建目录中的内嵌日志'],
    [!isSimulation && settings.simulationStart, 'KESU_SIMULATION_START：只在模拟模式（KESU_MODE=simulation）下有意义'],
    [
      roles.has('supervisor') && !roles.has('projector') && !database,
      'KESU_ROLES：监察（supervisor）须有读模型：同一进程有 projector，或者设置 KESU_DATABASE',
    ],
    [settings.eventStoreCa && !eventStore, 'KESU_EVENTSTORE_CA：须与 KESU_EVENTSTORE 一起设置'],
  ];
  return faults.flatMap(([holds, says]) => (holds ? [says] : []));
}

const folderOf = (value: string | undefined, otherwise: string): string => resolve(value ?? otherwise);

function text(otherwise: string): Reader<string> {
  return (value) => value ?? otherwise;
}

function number(otherwise: number, min: number, max: number): Reader<number> {
  return (value) => {
    if (value === undefined) return otherwise;
    const read = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(read >= min && read <= max)) throw new Error(`须为 ${min} 至 ${max} 的整数`);
    return read;
  };
}

/** Long enough that it cannot be tried out, and of what a header may hold. */
function secret(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\x21-\x7e]{16,256}$/.test(value)) throw new Error('须为 16 至 256 个可见 ASCII 字符');
  return value;
}

function oneOf<const T extends string>(values: readonly T[]): Reader<T | undefined> {
  return (value) => {
    if (value === undefined) return undefined;
    const found = values.find((candidate) => candidate === value);
    if (!found) throw new Error(`须为 ${values.join('、')} 之一`);
    return found;
  };
}

function someOf<const T extends string>(values: readonly T[]): Reader<ReadonlySet<T>> {
  return (value) => new Set(value === undefined ? values : value.split(',').map((part) => oneOf(values)(part.trim())!));
}

function url(protocols: readonly string[]): Reader<string | undefined> {
  return (value) => {
    if (value === undefined) return undefined;
    if (!parseConnectionUrl(value, protocols))
      throw new Error(`须为以 ${protocols.map((p) => `${p}//`).join(' 或 ')} 开头的地址`);
    return value;
  };
}

function issuer(value: string | undefined): string | undefined {
  if (value !== undefined && !isTrustworthyUrl(value)) throw new Error(UNTRUSTWORTHY);
  return value;
}

function moment(value: string | undefined): Instant | undefined {
  try {
    return value === undefined ? undefined : instant(value);
  } catch {
    throw new Error('须为带时区的时间，例如 2026-09-18T09:00:00+08:00');
  }
}

function ledgerName(value: string | undefined): string {
  const name = value ?? 'kesu';
  if (!isLedgerName(name))
    throw new Error('须以小写字母开头，由 2 至 16 位小写字母和数字组成，且不以 attempts 或 probe 结尾');
  return name;
}
