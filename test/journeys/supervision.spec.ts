import { setTimeout as sleep } from 'node:timers/promises';
import {
  aProvision,
  aReceipt,
  aRequest,
  organ,
  serviceHere,
  type Officer,
  type ServiceHere,
  untilRead,
} from '../service/index.js';

/*
 * 电子监察 in a running service on a simulated clock: what turns is recorded by the service, each once and in order, whatever
 * it forgets; and persons take it from there.
 */
let here: ServiceHere;
let yang: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-17T01:00:00Z' });
  yang = here.as('yang.supervisor').with({ 'kesu-purpose': 'supervision' });
}, 180_000);

afterAll(() => here.end(), 60_000);

const ECOLOGY = '厦门市生态环境局';
const moveTo = (at: string) => here.as('zhong.clock').post('/v1/simulation/clock', { to: { at: `${at}+08:00` } });

interface Listed {
  readonly file: string;
  readonly anomaly: string;
  readonly kind: string;
  readonly colour?: string;
  readonly status: string;
  readonly says: string;
}

async function listed(query: string, as = yang): Promise<readonly Listed[]> {
  const { body } = await as.get(`/v1/supervision?${query}`);
  return (body as unknown as { anomalies: readonly Listed[] }).anomalies;
}

const types = async (file: string) => {
  const { body } = await yang.get(`/v1/supervision/${file}/timeline`);
  return body.entries.map(({ type, fact }) => {
    const { colour } = fact as { colour?: string };
    return colour === undefined ? type : `${type} ${colour}`;
  });
};

let id: string;
let file: string;
let card: string;

it('shows a yellow card at the first instant after the due day, and not before', async () => {
  id = (await here.as('chen.handler').post('/v1/assistance', aRequest())).body.case;
  await moveTo('2026-09-18T09:00:00');
  expect((await here.as('wu.handler').post(`/v1/assistance/${id}/receipts`, aReceipt())).status).toBe(201);
  await moveTo('2026-10-09T23:59:59');
  const warned = await untilRead(
    async () => (await yang.get(`/v1/assistance/${id}`)).body as unknown as { supervision?: { case: string } },
    ({ supervision }) => supervision !== undefined,
  );
  file = warned.supervision?.case ?? '';
  expect(await types(file)).toEqual(['SupervisionWarningIssued']);
  expect(await listed(`case=${id}`)).toEqual([]);
  await moveTo('2026-10-10T00:00:00');
  const [late] = await untilRead(
    () => listed(`case=${id}`),
    ({ length }) => length > 0,
  );
  expect(late).toMatchObject({ kind: 'lateness', colour: 'yellow', status: 'detected', organ: organ(ECOLOGY) });
  expect(late?.says).toBe('厦门市生态环境局，黄牌：提供协助期限于2026-10-09届满（已发现）。');
  card = late?.anomaly ?? '';
});

it('records everything a jumping clock passed over, in order, and nothing twice after a restart', async () => {
  await moveTo('2026-10-30T00:00:00');
  const all = ['SupervisionWarningIssued', 'SupervisionCardIssued yellow', 'SupervisionCardIssued red'];
  expect(
    await untilRead(
      () => types(file),
      ({ length }) => length >= 3,
    ),
  ).toEqual(all);
  await here.restart();
  await moveTo('2026-10-30T00:00:01');
  await sleep(1_500);
  expect(await types(file)).toEqual(all);
});

it('shows the case’s file what was issued of it, to its parties too, as of any instant', async () => {
  const read = async (query = '') =>
    (await here.as('chen.handler').get(`/v1/assistance/${id}${query}`)).body as unknown as {
      position: string;
      supervision?: { href: string; anomalies: readonly { says: string; colour?: string }[] };
    };
  const now = await read();
  expect(now.supervision).toMatchObject({ href: `/v1/supervision/${file}`, anomalies: [{ colour: 'red' }] });
  expect((await read('?knownAt=2026-10-09')).supervision).toMatchObject({ anomalies: [] });
  expect((await read('?knownAt=2026-09-20')).supervision).toBeUndefined();
});

it('lets a supervisor remind and order, and watches the order’s own day', async () => {
  const about = { occurredAt: { on: '2026-10-30' }, anomaly: card };
  const path = `/v1/supervision/${file}`;
  const reminded = await yang.post(`${path}/reminders`, { ...about, to: organ(ECOLOGY), message: '请尽快办理' });
  expect(reminded.status).toBe(201);
  const unseen = await yang.post(`${path}/orders`, { ...about, to: organ(ECOLOGY), requirement: '尽快办结' });
  expect([unseen.status, unseen.body.code]).toEqual([428, 'IF_MATCH_REQUIRED']);
  const order = { ...about, to: organ(ECOLOGY), requirement: '尽快办结', due: '2026-11-04' };
  const seen = { headers: { 'if-match': `"${reminded.body.revision}"` } };
  expect((await yang.post(`${path}/orders`, order, seen)).status).toBe(201);
  await moveTo('2026-11-05T00:00:00');
  const after = await untilRead(
    () => types(file),
    (found) => found.length >= 6,
  );
  expect(after.slice(3)).toEqual([
    'SupervisionReminderSent',
    'SupervisedHandlingOrdered',
    'SupervisionCardIssued yellow',
  ]);
  const { assessment } = (await yang.get(path)).body;
  expect(assessment.clocks.map(({ says }) => says)).toEqual(['督办的期限已于2026-11-04届满，至今逾期1天。']);
});

it('keeps what an organ says in its own defence from the other side', async () => {
  const about = { occurredAt: { on: '2026-11-05' }, anomaly: card };
  const wu = here.as('wu.handler');
  expect((await wu.post(`/v1/supervision/${file}/appeals`, { ...about, reason: '送达日期有误' })).status).toBe(201);
  const sees = async (as: Officer) =>
    (await as.get(`/v1/supervision/${file}/timeline`)).body.entries.some(({ type }) => type === 'AnomalyAppealed');
  expect([await sees(wu), await sees(yang), await sees(here.as('chen.handler'))]).toEqual([true, true, false]);
  const stranger = await here.as('zhang.handler').get(`/v1/supervision/${file}`);
  expect([stranger.status, stranger.body.code]).toEqual([404, 'CASE_NOT_FOUND']);
  expect(await listed('', here.as('zhang.handler'))).toEqual([]);
});

it('takes a card back when what was done in time is recorded late, and neither hides it nor the order given for it', async () => {
  const other = (await here.as('chen.handler').post('/v1/assistance', aRequest({ occurredAt: { on: '2026-11-05' } })))
    .body.case;
  const wu = here.as('wu.handler');
  await wu.post(`/v1/assistance/${other}/receipts`, aReceipt({ occurredAt: { on: '2026-11-05' } }));
  await moveTo('2026-11-20T00:00:00');
  const [late] = await untilRead(
    () => listed(`case=${other}&colour=yellow`),
    ({ length }) => length > 0,
  );
  const path = `/v1/supervision/${late?.file}`;
  const about = { occurredAt: { on: '2026-11-20' }, anomaly: late?.anomaly };
  const order = { ...about, to: organ(ECOLOGY), requirement: '尽快办结', due: '2026-11-24' };
  const ordered = await untilRead(
    async () => {
      const seen = { headers: { 'if-match': `"${(await yang.get(path)).body.revision}"` } };
      return yang.post(`${path}/orders`, order, seen);
    },
    ({ status }) => status !== 412,
  );
  expect(ordered.status).toBe(201);
  await wu.post(`/v1/assistance/${other}/provisions`, aProvision({ occurredAt: { on: '2026-11-19' } }));
  const [gone] = await untilRead(
    () => listed(`case=${other}&status=withdrawn`),
    ({ length }) => length > 0,
  );
  expect(gone).toMatchObject({ anomaly: late?.anomaly, status: 'withdrawn' });
  expect(gone?.says).toMatch(/（已撤回，未经提醒，督办待处理）。$/);
  const open = async () => (await listed(`case=${other}&state=open`)).some(({ anomaly }) => anomaly === late?.anomaly);
  expect(await open()).toBe(true);
  const handling = { ...about, measures: '已于期限之内提供' };
  const headers = { prefer: 'respond-when=visible, wait=30' };
  const others = await here.as('chen.handler').post(`${path}/handlings`, handling);
  expect([others.status, others.body.code]).toEqual([403, 'ORGAN_NOT_CONCERNED']);
  expect(others.body.detail).toContain(ECOLOGY);
  expect((await wu.post(`${path}/handlings`, handling, { headers })).status).toBe(201);
  expect(await open()).toBe(false);
});

it('pages the list so that none comes twice and none is missed while more are found', async () => {
  const wu = here.as('wu.handler');
  for (let n = 0; n < 3; n += 1) {
    const bare = aRequest({ occurredAt: { on: '2026-11-20' }, legalBasis: undefined, functionMatch: undefined });
    const opened = (await here.as('chen.handler').post('/v1/assistance', bare)).body.case;
    await wu.post(`/v1/assistance/${opened}/receipts`, aReceipt({ occurredAt: { on: '2026-11-20' } }));
  }
  await moveTo('2026-11-21T00:00:00');
  const all = await untilRead(
    () => listed('kind=completeness&limit=200'),
    ({ length }) => length >= 6,
  );
  const paged: string[] = [];
  for (let after = ''; ;) {
    const { body } = await yang.get(`/v1/supervision?kind=completeness&limit=2${after}`);
    paged.push(...(body as unknown as { anomalies: readonly Listed[] }).anomalies.map(({ anomaly }) => anomaly));
    if (body.next === undefined) break;
    after = `&after=${body.next}`;
  }
  expect(paged).toEqual(all.map(({ anomaly }) => anomaly));
  const odd = await yang.get('/v1/supervision?after=abc');
  expect([odd.status, odd.body.code]).toEqual([400, 'CURSOR_MALFORMED']);
  const purposeless = await here.as('yang.supervisor').get('/v1/supervision');
  expect([purposeless.status, purposeless.body.code]).toEqual([400, 'PURPOSE_REQUIRED']);
});
