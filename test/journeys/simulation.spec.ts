import { aRequest, aReceipt, request, serviceHere, type Officer, type ServiceHere } from '../service/index.js';

let here: ServiceHere;
let keeper: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-18T01:00:00Z' });
  keeper = here.as('zhong.clock');
  wu = here.as('wu.handler');
}, 120_000);

afterAll(() => here.end(), 60_000);

const now = async (): Promise<string> => (await keeper.get('/v1/simulation/clock')).body.now;
const move = (to: object) => keeper.post('/v1/simulation/clock', { to });

it('stands still where it was told to begin, and moves forward only', async () => {
  expect(await now()).toBe('2026-09-18T01:00:00.000000Z');
  const moved = await move({ at: '2026-09-18T09:30:00+08:00' });
  expect([moved.status, moved.body.now]).toEqual([200, '2026-09-18T01:30:00.000000Z']);
  const back = await move({ on: '2026-09-17' });
  expect([back.status, back.body.code]).toEqual([409, 'CLOCK_ONLY_FORWARD']);
  expect(await now()).toBe('2026-09-18T01:30:00.000000Z');
  const odd = await move({ at: 'tomorrow' });
  expect([odd.status, odd.body.code]).toEqual([400, 'BODY_INVALID']);
});

it('is what cases are judged by, and says in every answer that it is no real record', async () => {
  const chen = here.as('chen.handler');
  const opened = await chen.post('/v1/assistance', aRequest());
  const id = opened.body.case;
  const future = await wu.post(`/v1/assistance/${id}/receipts`, aReceipt({ occurredAt: { on: '2026-09-19' } }));
  expect([future.status, future.body.code]).toEqual([422, 'OCCURRED_IN_FUTURE']);
  await wu.post(`/v1/assistance/${id}/receipts`, aReceipt());
  const verdicts: string[] = [];
  for (const day of ['2026-10-09', '2026-10-10']) {
    await move({ on: day });
    const { body } = await wu.get(`/v1/assistance/${id}`);
    expect(body.mode).toBe('模拟');
    verdicts.push(body.assessment.clocks[0]?.says ?? '');
  }
  expect(verdicts).toEqual([
    '提供协助的期限至2026-10-09届满。',
    '提供协助的期限已于2026-10-09届满，至今逾期1个自然日。',
  ]);
  expect((await wu.get(`/v1/assistance/${id}/timeline`)).body.mode).toBe('模拟');
  expect((await wu.get('/v1/assistance')).body.mode).toBe('模拟');
});

it('takes tokens by the real clock', async () => {
  const { body } = await keeper.get('/v1/simulation/clock');
  expect(body.now < new Date().toISOString()).toBe(true);
  expect((await wu.get('/v1/assistance')).status).toBe(200);
});

it('goes on, when started again, from the newest thing it recorded', async () => {
  await here.restart();
  expect((await now()) >= '2026-09-18T01:30:00').toBe(true);
  expect((await wu.get('/v1/assistance')).body.cases).toHaveLength(1);
});

it('is nowhere to be found in a development ledger', async () => {
  const development = await serviceHere({ KESU_ROLES: 'api' });
  const headers = await development.as('zhong.clock').authorization();
  const { status, body } = await request(`${development.url}/v1/simulation/clock`, 'GET', headers);
  await development.end();
  expect([status, body.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
}, 60_000);
