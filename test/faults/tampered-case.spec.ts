import { EventStoreDBClient } from '@eventstore/db-client';
import { readSettings } from '#libs/platform';
import { startService, type Service } from '../../apps/ledger/src/service.js';
import { aReceipt, aRequest, aStep, Officer, request, tempFolder, type TempFolder } from '../service/index.js';
import { startWire, type Wire } from '../wire/index.js';

/* A case whose stream somebody tampered with at the store: nothing of it is served, and everybody who must know does. */

let wire: Wire;
let raw: EventStoreDBClient;
let folder: TempFolder;
let service: Service;
let tampered = '';
let sound = '';

const as = (account: string): Officer => new Officer(() => service.url, account);

const start = (): Promise<Service> =>
  startService(
    readSettings({
      KESU_DATA: folder.at('data'),
      KESU_EVENTSTORE: wire.connectionString,
      KESU_PORT: '0',
      KESU_LOG_LEVEL: 'silent',
    }),
  );

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to hold within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Alarmed {
  readonly alarms: readonly { readonly case?: string; readonly stream: string; readonly reason: string }[];
}
const alarms = async (): Promise<Alarmed['alarms']> =>
  (JSON.parse((await as('xie.auditor').get('/v1/operations/quarantine')).text) as Alarmed).alarms;

beforeAll(async () => {
  wire = await startWire({});
  raw = EventStoreDBClient.connectionString(wire.connectionString);
  folder = await tempFolder();
  service = await start();
  const open = async (): Promise<string> => (await as('chen.handler').post('/v1/assistance', aRequest())).body.case;
  [tampered, sound] = [await open(), await open()];
  for (const id of [tampered, sound]) {
    await as('wu.handler').post(`/v1/assistance/${id}/receipts`, aReceipt());
    expect((await as('wu.handler').get(`/v1/assistance/${id}`)).status).toBe(200);
  }
  await raw.setStreamMetadata(`kesu_assistance-${tampered}`, { maxCount: 1 });
  await until(async () => (await alarms()).length > 0);
}, 180_000);

afterAll(async () => {
  await service.close();
  await raw.dispose();
  await wire.stop();
  await folder.remove();
}, 60_000);

async function expectWithheld(): Promise<void> {
  const wu = as('wu.handler');
  for (const at of ['', '/timeline', '/commands/none']) {
    const { status, body } = await wu.get(`/v1/assistance/${tampered}${at}`);
    expect([at, status, body.code]).toEqual([at, 503, 'CASE_INTEGRITY_BROKEN']);
  }
  const command = await wu.post(`/v1/assistance/${tampered}/steps`, aStep());
  expect([command.status, command.body.code]).toEqual([503, 'CASE_INTEGRITY_BROKEN']);
  const { text } = await wu.get('/v1/assistance');
  const list = JSON.parse(text) as { cases: readonly { case: string }[]; withheld: readonly object[] };
  expect(list.cases.map((row) => row.case)).toEqual([sound]);
  expect(list.withheld).toEqual([{ case: tampered, code: 'CASE_INTEGRITY_BROKEN' }]);
  expect((await wu.post(`/v1/assistance/${sound}/steps`, aStep())).status).toBe(201);
}

it('withholds the case and takes no command on it, and leaves the others alone', expectWithheld);

it('raises the alarm where it is looked for', async () => {
  expect(await alarms()).toEqual([
    expect.objectContaining({
      stream: `kesu_assistance-${tampered}`,
      category: 'assistance',
      case: tampered,
      reason: 'metadata-written',
    }),
  ]);
  const ready = await request(`${service.url}/health/ready`, 'GET', {});
  expect([ready.status, ready.text]).toEqual([200, expect.stringContaining('完整性告警：1 个事件流')]);
  expect((await request(`${service.url}/metrics`, 'GET', {})).text).toMatch(/^kesu_integrity_alarms 1$/m);
});

it('goes on withholding it after a rebuild and a restart', async () => {
  expect((await as('luo.operator').post('/v1/operations/rebuilds', {})).status).toBe(200);
  await service.close();
  service = await start();
  await expectWithheld();
  expect(await alarms()).toHaveLength(1);
});
