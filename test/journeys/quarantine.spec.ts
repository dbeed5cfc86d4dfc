import { randomUUID } from 'node:crypto';
import type { FactType, JsonObject, LoggedEvent, StreamName, Uuid } from '#libs/kernel';
import { assistanceFacts } from '#libs/assistance';
import { openOffline, readSettings } from '#libs/platform';
import { aReceipt, aRequest, aStep, request, serviceHere, type Reply, type ServiceHere } from '../service/index.js';

/* A case with a fact that this program does not know: told as such, to whom it concerns, until a program knows it. */

let here: ServiceHere;
let path = '';
let stream: StreamName;
let other = '';

const wu = () => here.as('wu.handler');
const log = () => here.service.runtime.log.log;

/** Appends what a later program would record: the same kind of fact in a shape of its own. */
async function plant(): Promise<void> {
  const events = await log().readStream(stream);
  const { data, metadata, ...last } = events.at(-1) as LoggedEvent;
  await log().append(stream, last.revision, [
    { id: randomUUID() as Uuid, type: last.type, data, metadata: { ...metadata, version: 99 } },
    { id: randomUUID() as Uuid, type: last.type, data, metadata },
  ]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to hold within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Found {
  readonly quarantined: readonly object[];
  readonly alarms: readonly object[];
}
const found = async (account = 'luo.operator'): Promise<Found> =>
  JSON.parse((await here.as(account).get('/v1/operations/quarantine')).text) as Found;

beforeAll(async () => {
  here = await serviceHere({}, 'embedded');
  const open = async (): Promise<string> =>
    (await here.as('chen.handler').post('/v1/assistance', aRequest())).body.case;
  [path, other] = [`/v1/assistance/${await open()}`, await open()];
  stream = `${here.ledger}_assistance-${path.split('/').at(-1)}` as StreamName;
  await wu().post(`${path}/receipts`, aReceipt());
  await wu().post(`${path}/steps`, aStep());
  expect((await wu().get(path)).status).toBe(200);
  await plant();
  await until(async () => (await found()).quarantined.length > 0);
}, 120_000);

afterAll(() => here.end(), 60_000);

function expectQuarantined({ status, body, text, headers }: Reply): void {
  expect([status, body.code]).toEqual([503, 'CASE_QUARANTINED']);
  expect(JSON.parse(text)).toMatchObject({ lastGoodRevision: 2, title: '暂不可用' });
  expect(body.detail).toContain('可靠的最后版本为 2');
  expect(headers.get('retry-after')).not.toBeNull();
}

it('says so to its parties, and up to which revision it can be read', async () => {
  for (const account of ['chen.handler', 'wu.handler'])
    for (const at of ['', '/timeline', `/commands/${randomUUID()}`])
      expectQuarantined(await here.as(account).get(`${path}${at}`));
  expectQuarantined(await here.as('xie.auditor').get(path, { 'kesu-purpose': 'audit' }));
});

it('takes no command on it, and keeps none as refused', async () => {
  const before = (await log().readStream(stream)).length;
  const attempts = async (): Promise<number> => {
    let count = 0;
    for await (const _event of here.service.runtime.log.attempts.readAll()) count += 1;
    return count;
  };
  const kept = await attempts();
  expectQuarantined(await wu().post(`${path}/steps`, aStep()));
  expectQuarantined(await wu().post(`${path}/closure`, { occurredAt: { on: '2026-10-01' } }));
  expect([(await log().readStream(stream)).length, await attempts()]).toEqual([before, kept]);
});

it('tells nobody else that it is there', async () => {
  const liu = here.as('liu.head');
  const answers = async (about: string) => {
    const replies = [
      await liu.get(about),
      await liu.get(`${about}/timeline`),
      await liu.get(`${about}/commands/${randomUUID()}`),
      await liu.post(`${about}/steps`, aStep()),
    ];
    return replies.map(({ status, text }) => [status, text.replace(/"traceId":"\w+"/, '')]);
  };
  expect(await answers(path)).toEqual(await answers(`/v1/assistance/${randomUUID()}`));
});

it('lists it as it last could be read, and says so', async () => {
  const { text } = await wu().get('/v1/assistance');
  const { cases } = JSON.parse(text) as { cases: readonly { case: string; revision: number; quarantine?: object }[] };
  const byCase = new Map(cases.map((row) => [`/v1/assistance/${row.case}`, row]));
  expect(byCase.get(path)).toMatchObject({
    revision: 2,
    quarantine: { code: 'CASE_QUARANTINED', lastGoodRevision: 2 },
  });
  expect(byCase.get(`/v1/assistance/${other}`)?.quarantine).toBeUndefined();
});

it('leaves every other case alone, and the service ready, with a warning and a figure', async () => {
  expect((await wu().post(`/v1/assistance/${other}/receipts`, aReceipt())).status).toBe(201);
  expect((await wu().get(`/v1/assistance/${other}`)).status).toBe(200);
  const ready = await request(`${here.url}/health/ready`, 'GET', {});
  expect([ready.status, ready.text]).toEqual([200, expect.stringContaining('隔离：1 个事件流')]);
  expect(ready.text).not.toContain(stream);
  const metrics = await request(`${here.url}/metrics`, 'GET', {});
  expect(metrics.text).toMatch(/^kesu_quarantined_streams 1$/m);
  expect(metrics.text).toMatch(/^kesu_integrity_alarms 0$/m);
});

it('names it, and why, to who operates and who audits', async () => {
  const expected = {
    quarantined: [
      {
        stream,
        category: 'assistance',
        case: path.split('/').at(-1),
        lastGoodRevision: 2,
        reason: expect.stringContaining('AssistanceStepRecorded version 99'),
      },
    ],
    alarms: [],
  };
  for (const account of ['luo.operator', 'xie.auditor']) expect(await found(account)).toEqual(expected);
  expect((await wu().get('/v1/operations/quarantine')).body).toMatchObject({
    code: 'NOT_ENTITLED',
    detail: expect.stringContaining('无权查阅'),
  });
});

it('stays there over a rebuild, and is told where no service runs', async () => {
  expect((await here.as('luo.operator').post('/v1/operations/rebuilds', {})).status).toBe(200);
  expectQuarantined(await wu().get(path));
  await here.service.close();
  const settings = readSettings({ KESU_DATA: here.folder.at('data'), KESU_ROLES: 'api' });
  const offline = await openOffline(settings, []);
  const { assistance } = await import('#libs/assistance');
  await expect(offline.readCase(assistance, path.split('/').at(-1) ?? '', {})).rejects.toMatchObject({
    name: 'Quarantined',
    lastGoodRevision: 2,
  });
  await offline.close();
  await here.restart();
  expectQuarantined(await wu().get(path));
});

it('is not the same as an alarm the read models keep: of such a case nothing is served, whatever the log says of it', async () => {
  const { tables } = here.service.runtime.viewing;
  const alarmed = `${here.ledger}_assistance-${other}`;
  const sql = (what: string): string => `${what} ${tables?.schema}._alarms`;
  await tables?.db.query(`${sql('INSERT INTO')} VALUES ($1, 'stream-deleted', 'seen before')`, [alarmed]);
  try {
    await until(async () => (await found()).alarms.length > 0);
    for (const reply of [
      await wu().get(`/v1/assistance/${other}`),
      await wu().post(`/v1/assistance/${other}/steps`, aStep()),
    ])
      expect([reply.status, reply.body.code]).toEqual([503, 'CASE_INTEGRITY_BROKEN']);
    const { text } = await wu().get('/v1/assistance');
    expect(JSON.parse(text)).toMatchObject({ withheld: [{ case: other, code: 'CASE_INTEGRITY_BROKEN' }] });
  } finally {
    await tables?.db.query(`${sql('DELETE FROM')} WHERE stream = $1`, [alarmed]);
  }
  await until(async () => (await found()).alarms.length === 0);
  expect((await wu().get(`/v1/assistance/${other}`)).status).toBe(200);
});

it('comes back whole with a program that knows the fact', async () => {
  const type = assistanceFacts.AssistanceStepRecorded as { -readonly [K in keyof FactType]: FactType[K] };
  const before = { ...type };
  const steps = Object.fromEntries(
    Array.from({ length: 99 }, (_none, version) => [version, (data: JsonObject) => data]),
  );
  Object.assign(type, { version: 99, steps: { ...steps, ...before.steps } });
  try {
    await here.restart();
    await until(async () => (await found()).quarantined.length === 0);
    const { status, headers } = await wu().get(path);
    expect([status, headers.get('etag')]).toEqual([200, '"4"']);
    expect((await wu().post(`${path}/steps`, aStep())).body.revision).toBe(5);
    const { text } = await wu().get('/v1/assistance');
    expect(text).not.toContain('quarantine');
  } finally {
    Object.assign(type, { steps: undefined }, before);
  }
});
