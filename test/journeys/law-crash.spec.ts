import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aReceipt,
  aRequest,
  buildApps,
  Officer,
  ServiceProcess,
  tempFolder,
  type TempFolder,
} from '../service/index.js';

/*
 * The process is killed again and again while cases are told that a notice moved their clocks: in the end each was told,
 * once, and every due day is right.
 */
const CASES = 24;
const KILLS_AFTER_MS = [0, 150, 400, 900];
const notice = JSON.parse(readFileSync('docs/examples/calendar-notice-2027.json', 'utf8')) as object;
const on = { occurredAt: { on: '2026-12-22' } };

let folder: TempFolder;
let service: ServiceProcess;
const as = (account: string): Officer => new Officer(() => service.url, account);
const settings = (): Record<string, string> => ({
  KESU_DATA: folder.at('data'),
  KESU_PORT: '0',
  KESU_MODE: 'simulation',
  KESU_SIMULATION_START: '2026-12-22T02:00:00Z',
  KESU_ROLES: 'api,projector',
  KESU_LOG_LEVEL: 'silent',
});

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
  service = await ServiceProcess.start(settings());
}, 180_000);

afterAll(async () => {
  await service.kill();
  await folder.remove();
}, 60_000);

it('every case is told once, whenever the process is killed', async () => {
  const ids = await Promise.all(
    Array.from({ length: CASES }, async () => {
      const { body } = await as('chen.handler').post('/v1/assistance', aRequest({ occurredAt: { on: '2026-12-21' } }));
      await as('wu.handler').post(`/v1/assistance/${body.case}/receipts`, aReceipt(on));
      return body.case;
    }),
  );
  const { body: asked } = await as('shen.lawkeeper').post('/v1/law/calendar/notices', { ...on, notice });
  const headers = { 'if-match': `"${asked.revision}"` };
  const decision = { ...on, request: asked.events[0]?.id };
  expect((await as('jiang.lawkeeper').post('/v1/law/calendar/approvals', decision, { headers })).status).toBe(201);
  for (const wait of KILLS_AFTER_MS) {
    await sleep(wait);
    await service.kill();
    service = await ServiceProcess.start(settings());
  }
  const toldIn = async (id: string): Promise<number> => {
    const { body } = await as('chen.handler').get(`/v1/assistance/${id}/timeline`);
    return body.entries.filter(({ type }) => type === 'ClocksRecomputed').length;
  };
  const counts = async (): Promise<number[]> => Promise.all(ids.map(toldIn));
  for (const end = performance.now() + 60_000; (await counts()).includes(0); await sleep(250))
    if (performance.now() > end) throw new Error('some case was not told within a minute');
  // Whoever would tell twice has had the time to.
  await sleep(2_000);
  expect(await counts()).toEqual(ids.map(() => 1));
  const { text } = await as('chen.handler').get('/v1/assistance');
  expect(text).not.toContain('"dueOn":"2027-01-06"');
}, 240_000);
