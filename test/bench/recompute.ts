import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  derivedId,
  caseSubject,
  isSealed,
  streamName,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Uuid,
} from '#libs/kernel';
import { progressIn, readSettings, type Runtime } from '#libs/platform';
import { checkpointOf, type ViewTables } from '../../libs/platform/src/views/index.js';
import { startService } from '../../apps/ledger/src/service.js';
import { aReceipt, aRequest, Officer } from '../service/index.js';
import { rounded } from './figures.js';
import type { Suite } from './suite.js';

/** Open cases that all crossed into the year of the notice: the most a notice can reach. */
const CASES = { quick: 2_000, whole: 100_000 };
/** Receipts on these days have due days that a notice for 2027 can still move. */
const RECEIVED = ['2026-12-14', '2026-12-15', '2026-12-16', '2026-12-17', '2026-12-18', '2026-12-21', '2026-12-22'];
const AT_ONCE = 128;
const GIVE_UP_MS = 1_200_000;
const today = { occurredAt: { on: '2026-12-22' } };

/**
 * A notice for a year that `n` open cases had crossed into: seconds until every due day is right in the read models, and until
 * every case was told before and after. @throws Error when a due day or a notice is missing or doubled.
 */
export const recompute: Suite = async ({ quick, processes }) => {
  const cases = quick ? CASES.quick : CASES.whole;
  const settings = readSettings({
    KESU_DATA: join(processes.folder, 'recompute'),
    KESU_PORT: '0',
    KESU_LOG_LEVEL: 'error',
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: '2026-12-22T02:00:00Z',
    KESU_ROLES: 'api,projector',
  });
  const service = await startService(settings);
  try {
    const { runtime, url } = service;
    const officer = (account: string): Officer => new Officer(() => url, account);
    const made = await makeCases(runtime, officer, cases);
    const tables = runtime.viewing.tables;
    if (!tables) throw new Error('there are no read models here');
    await until(async () => (await provisionalIn(tables)) === cases + 1);
    const approved = await approveNotice(officer);
    const began = performance.now();
    const processor = process.cpuUsage();
    const position = await positionOf(runtime, approved);
    await until(async () => ((await checkpointOf(tables.db, tables))?.position ?? '') >= position);
    const due = seconds(began);
    const { user, system } = process.cpuUsage(processor);
    if ((await provisionalIn(tables)) !== 0) throw new Error('some due days are not right');
    await until(
      async () => ((await progressIn(settings.keys, settings.ledger, 'recomputing').read()) ?? '') >= position,
    );
    const told = seconds(began);
    await until(async () => (await toldIn(tables)).told >= cases + 1);
    const shown = seconds(began);
    const { told: times, cases: toldCases } = await toldIn(tables);
    if (times !== cases + 1 || toldCases !== cases + 1) throw new Error(`told ${times} times in ${toldCases} cases`);
    return [
      {
        name: `recompute, ${cases} open cases, all reached`,
        secondsToRightDueDays: rounded(due, 1),
        processorSecondsToRightDueDays: rounded((user + system) / 1e6, 1),
        casesPerSecond: rounded(cases / due),
        secondsToAllNotices: rounded(told, 1),
        secondsUntilNoticesShown: rounded(shown, 1),
        noticesPerSecond: rounded(cases / told),
        bareAppendsPerSecond: rounded(made.appendsPerSecond),
        ratioToBareAppends: rounded(cases / told / made.appendsPerSecond, 3),
      },
    ];
  } finally {
    await service.close();
  }
};

/** One case over HTTP, and the others in its likeness, appended as fast as the log takes them. */
async function makeCases(runtime: Runtime, officer: (account: string) => Officer, count: number) {
  const request = aRequest({ occurredAt: { on: '2026-12-11' } });
  const { body } = await officer('chen.handler').post('/v1/assistance', request);
  const receipt = aReceipt({ occurredAt: { on: '2026-12-22' } });
  await officer('wu.handler').post(`/v1/assistance/${body.case}/receipts`, receipt);
  const { ledger } = runtime.settings;
  const likeness = await runtime.log.log.readStream(streamName(ledger, 'assistance', body.case as Uuid));
  const ids = Array.from({ length: count }, () => randomUUID() as Uuid);
  await atOnce(ids, async (id) => void (await runtime.keys.obtain(caseSubject(id))));
  const began = performance.now();
  await atOnce(ids, async (id, index) => {
    const on = RECEIVED[index % RECEIVED.length] ?? '';
    const stream = streamName(ledger, 'assistance', id);
    await runtime.log.log.append(
      stream,
      'no-stream',
      likeness.map((event) => inLikeness(event, id, on)),
    );
  });
  return { appendsPerSecond: count / seconds(began) };
}

function inLikeness({ type, data, metadata, revision }: LoggedEvent, id: Uuid, on: string): NewEvent {
  const command = derivedId(['bench', id, revision]);
  const own = { commandId: command, $causationId: command, $correlationId: id };
  const occurred = type === 'AssistanceRequestDelivered' ? { occurredAt: { on } } : {};
  return {
    id: derivedId(['bench event', id, revision]),
    type,
    data: opened(data) as JsonObject,
    metadata: { ...metadata, ...own, ...occurred },
  };
}

/** Without the sealed texts of the case it is like, which only its key opens. */
function opened(value: unknown): unknown {
  if (isSealed(value)) return '示例文字';
  if (Array.isArray(value)) return value.map(opened);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

/** @returns the event by which the notice took effect. */
async function approveNotice(officer: (account: string) => Officer): Promise<string> {
  const notice = JSON.parse(readFileSync('docs/examples/calendar-notice-2027.json', 'utf8')) as object;
  const { body } = await officer('shen.lawkeeper').post('/v1/law/calendar/notices', { ...today, notice });
  const headers = { 'if-match': `"${body.revision}"` };
  const decision = { ...today, request: body.events[0]?.id };
  const approved = await officer('jiang.lawkeeper').post('/v1/law/calendar/approvals', decision, { headers });
  if (approved.status !== 201) throw new Error(`the notice was not approved: ${approved.text}`);
  return approved.body.events[0]?.id ?? '';
}

async function positionOf({ log, law }: Runtime, event: string): Promise<string> {
  for (const { stream, revision, position } of [...law.inHand.places].reverse()) {
    const [found] = await log.log.readStream(stream, revision, 1);
    if (found?.id === event) return position;
  }
  throw new Error('the approval is not in hand');
}

/** Cases of which a due day is provisional. */
async function provisionalIn({ db, schema }: ViewTables): Promise<number> {
  const sql = `SELECT count(*) AS count FROM ${schema}."assistance_case_file" WHERE schedule LIKE '%"provisional":true%'`;
  const [row] = await db.query<{ count: string }>(sql);
  return Number(row?.count);
}

async function toldIn({ db, schema }: ViewTables): Promise<{ told: number; cases: number }> {
  const sql = `SELECT count(*) AS told, count(DISTINCT "case") AS cases FROM ${schema}."assistance_timeline"
    WHERE type = 'ClocksRecomputed'`;
  const [row] = await db.query<{ told: string; cases: string }>(sql);
  return { told: Number(row?.told), cases: Number(row?.cases) };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + GIVE_UP_MS; !(await holds()); await sleep(50))
    if (performance.now() > end) throw new Error('it took too long');
}

const seconds = (began: number): number => (performance.now() - began) / 1000;

async function atOnce<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
