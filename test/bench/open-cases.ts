import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  caseSubject,
  derivedId,
  fromMilliseconds,
  isSealed,
  streamName,
  type Instant,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Uuid,
} from '#libs/kernel';
import { shippedPacks } from '#libs/law';
import { readSettings, type Runtime } from '#libs/platform';
import type { ViewTables } from '../../libs/platform/src/views/index.js';
import { startService } from '../../apps/ledger/src/service.js';
import { aReceipt, aRequest, Officer } from '../service/index.js';
import { atOnce, secondsSince, until } from './waiting.js';

/** The first moment of the simulation, and its day: every case was received by then. */
const BEGINS = '2026-12-22T02:00:00Z';
const TODAY = '2026-12-22';
/** Received on this day, the last day of the limit is Friday 25 December; no other case turns before it is over. */
const TOGETHER = '2026-12-11';
/** Received on these, it lies behind it, and a notice for 2027 can still move every stage. */
const LATER = ['2026-12-16', '2026-12-17', '2026-12-18', '2026-12-21', '2026-12-22'];
/** The first of the limits in hours begins then, the others one after the other. */
const FIRST_HOUR = Date.parse('2026-12-22T01:00:00Z');
const HOURS = 24;
const STEP_MS = 5_000;

/** A ledger of open cases with its service in this process, on a simulated clock, which nobody supervises yet. */
export interface OpenCases {
  readonly runtime: Runtime;
  readonly url: string;
  readonly tables: ViewTables;
  readonly officer: (account: string) => Officer;
  /** All open cases, and of them those whose limit ends on one day, and those in hours with the moment theirs ends. */
  readonly count: number;
  readonly together: readonly Uuid[];
  readonly hourly: readonly { readonly id: Uuid; readonly dueAt: Instant }[];
  /** Those in working days. */
  readonly ids: readonly Uuid[];
  readonly appendsPerSecond: number;
  close(): Promise<void>;
}

/**
 * `count` open cases: one of each kind recorded over HTTP, the others appended in its likeness as fast as the log takes them.
 * A tenth of them ends on one day; `hourly` are under a limit in hours, which an edition published by two persons gives the
 * special classes, because no shipped text has one.
 */
export async function openCases(
  folder: string,
  { count, hourly }: { readonly count: number; readonly hourly: number },
): Promise<OpenCases> {
  const service = await startService(
    readSettings({
      KESU_DATA: join(folder, 'open-cases'),
      KESU_PORT: '0',
      KESU_LOG_LEVEL: 'error',
      KESU_MODE: 'simulation',
      KESU_SIMULATION_START: BEGINS,
      KESU_ROLES: 'api,projector',
    }),
  );
  const { runtime, url } = service;
  const officer = (account: string): Officer => new Officer(() => url, account);
  const { tables } = runtime.viewing;
  if (!tables) throw new Error('there are no read models here');
  await publishHours(officer);
  const days = await recorded(runtime, officer, 'ordinary', { on: TODAY });
  const hours = await recorded(runtime, officer, 'opinion', { at: momentOf(0) });
  const kinds = Array.from({ length: count - 2 }, (_none, n) => {
    const id = randomUUID() as Uuid;
    if (n < hourly) return { id, like: hours, occurredAt: { at: momentOf(n + 1) } };
    const on = n < hourly + count / 10 ? TOGETHER : (LATER[n % LATER.length] ?? TODAY);
    return { id, like: days, occurredAt: { on } };
  });
  await atOnce(kinds, async ({ id }) => void (await runtime.keys.obtain(caseSubject(id))));
  const began = performance.now();
  await atOnce(kinds, async ({ id, like, occurredAt }) => {
    const events = like.map((event) => inLikeness(event, id, occurredAt));
    await runtime.log.log.append(streamName(runtime.settings.ledger, 'assistance', id), 'no-stream', events);
  });
  const appendsPerSecond = kinds.length / secondsSince(began);
  await until(async () => (await shownIn(tables)) === count);
  return {
    ...{ runtime, url, tables, officer, count, appendsPerSecond },
    ids: kinds.slice(hourly).map(({ id }) => id),
    together: kinds.filter(({ occurredAt }) => 'on' in occurredAt && occurredAt.on === TOGETHER).map(({ id }) => id),
    hourly: kinds.slice(0, hourly).map(({ id }, n) => ({ id, dueAt: momentOf(n + 1, HOURS) })),
    close: () => service.close(),
  };
}

const momentOf = (n: number, hours = 0): Instant => fromMilliseconds(FIRST_HOUR + n * STEP_MS + hours * 3_600_000);

async function publishHours(officer: OpenCases['officer']): Promise<void> {
  const occurred = { occurredAt: { on: TODAY } };
  const shipped = shippedPacks().findLast(({ pack }) => pack.pack === 'XM')?.pack;
  const own = shipped?.systems['assistance'];
  if (!shipped || !own) throw new Error('no pack of Xiamen is shipped');
  const clocks = own.clocks.map((clock) => ({
    ...clock,
    limits: clock.limits.map(({ when, rule, ...limit }) =>
      when === 'specialClass'
        ? { when, rule, unit: 'hour', hours: HOURS, amendedBy: '性能测试' }
        : { when, rule, ...limit },
    ),
  }));
  const systems = { ...shipped.systems, assistance: { ...own, clocks } };
  const pack = { ...shipped, edition: shipped.edition + 1, systems };
  const asked = await officer('shen.lawkeeper').post('/v1/law/packs/XM/editions', { ...occurred, pack });
  const headers = { 'if-match': `"${asked.body.revision}"` };
  const decision = { ...occurred, request: asked.body.events[0]?.id };
  const approved = await officer('jiang.lawkeeper').post('/v1/law/packs/XM/approvals', decision, { headers });
  if (approved.status !== 201) throw new Error(`the edition was not published: ${approved.text}`);
}

/** A case over HTTP: asked for, and received at `occurredAt`. @returns its events. */
async function recorded(
  { log, settings }: Runtime,
  officer: OpenCases['officer'],
  matterClass: string,
  occurredAt: object,
): Promise<readonly LoggedEvent[]> {
  const asked = aRequest({ occurredAt: { on: TOGETHER }, matterClasses: [matterClass] });
  const { body } = await officer('chen.handler').post('/v1/assistance', asked);
  const { status, text } = await officer('wu.handler').post(
    `/v1/assistance/${body.case}/receipts`,
    aReceipt({ occurredAt }),
  );
  if (status !== 201) throw new Error(`no case was made: ${text}`);
  return log.log.readStream(streamName(settings.ledger, 'assistance', body.case as Uuid));
}

function inLikeness({ type, data, metadata, revision }: LoggedEvent, id: Uuid, occurredAt: JsonObject): NewEvent {
  const command = derivedId(['bench', id, revision]);
  const own = { commandId: command, $causationId: command, $correlationId: id };
  return {
    id: derivedId(['bench event', id, revision]),
    type,
    data: opened(data) as JsonObject,
    metadata: { ...metadata, ...own, ...(type === 'AssistanceRequestDelivered' ? { occurredAt } : {}) },
  };
}

/** Without the sealed texts of the case it is like, which only its key opens. */
function opened(value: unknown): unknown {
  if (isSealed(value)) return '示例文字';
  if (Array.isArray(value)) return value.map(opened);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

async function shownIn({ db, schema }: ViewTables): Promise<number> {
  const sql = `SELECT count(*) AS count FROM ${schema}."assistance_case_file" WHERE status = 'delivered' AND flag_count = 0`;
  const [row] = await db.query<{ count: string }>(sql);
  return Number(row?.count);
}
