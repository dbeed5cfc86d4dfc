import { readFileSync } from 'node:fs';
import { assistance } from '#libs/assistance';
import { shippedPacks } from '#libs/law';
import { recomputedSystem, startRecomputing } from '#libs/platform';
import {
  aClosure,
  aReceipt,
  aRequest,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

/*
 * 法律变更: a notice that two persons record moves the due day of a case that had crossed into a year without one, and the
 * case is told so, once, whatever happens in between. Ten working days from 22 December 2026: seven to the end of the year,
 * then 4, 5 and 6 January by the statute alone (the 1st is New Year's Day), or 5, 6 and 7 by the notice, which has the 4th off
 * too. A case whose limit ended before is told nothing.
 */
const notice = JSON.parse(readFileSync('docs/examples/calendar-notice-2027.json', 'utf8')) as object;
const on = { occurredAt: { on: '2026-12-22' } };
let here: ServiceHere;
let [chen, wu, shen, jiang]: Officer[] = [];
let id = '';
let earlier = '';

const officers = (): void => {
  [chen, wu, shen, jiang] = ['chen.handler', 'wu.handler', 'shen.lawkeeper', 'jiang.lawkeeper'].map((account) =>
    here.as(account),
  );
};
const fileOf = async (query = ''): Promise<Reply> => chen!.get(`/v1/assistance/${id}${query}`);
const provide = ({ body }: Reply) => body.assessment.clocks.find(({ rule }) => rule === 'XM-16-4');
const told = async (of = id) => {
  const { body } = await chen!.get(`/v1/assistance/${of}/timeline`);
  return body.entries.filter(({ type }) => type === 'ClocksRecomputed');
};

/** Waits until `holds`, at most 30 s. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; !(await holds());) {
    if (performance.now() > end) throw new Error('it did not come to hold within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

beforeAll(async () => {
  here = await serviceHere({
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: '2026-12-22T02:00:00Z',
    KESU_ROLES: 'api,projector',
  });
  officers();
  const requested = async (on: string, received: string): Promise<string> => {
    const { body } = await chen!.post('/v1/assistance', aRequest({ occurredAt: { on } }));
    await wu!.post(`/v1/assistance/${body.case}/receipts`, aReceipt({ occurredAt: { on: received } }));
    return body.case;
  };
  id = await requested('2026-12-21', '2026-12-22');
  earlier = await requested('2026-12-01', '2026-12-02');
}, 120_000);

afterAll(() => here.end(), 60_000);

it('moves a provisional due day, tells the case, and answers for the time before as it was known then', async () => {
  const before = await fileOf();
  expect(provide(before)).toMatchObject({ due: '2027-01-06', provisional: true });
  expect(provide(before)?.says).toContain('暂定');
  const { position } = before.body;

  const { body: asked } = await shen!.post('/v1/law/calendar/notices', { ...on, notice });
  const request = asked.events[0]?.id;
  const headers = { 'if-match': `"${asked.revision}"` };
  const own = await shen!.post('/v1/law/calendar/approvals', { ...on, request }, { headers });
  expect([own.status, own.body.code]).toEqual([403, 'LAW_APPROVER_IS_REQUESTER']);
  expect(provide(await fileOf())?.due).toBe('2027-01-06');
  const approved = await jiang!.post('/v1/law/calendar/approvals', { ...on, request }, { headers });
  expect(approved.status).toBe(201);

  expect(provide(await fileOf())).toMatchObject({ due: '2027-01-07', provisional: false });
  await until(async () => (await told()).length === 1);
  const [entry] = await told();
  expect(entry?.fact).toMatchObject({
    because: { event: approved.body.events[0]?.id },
    clocks: [
      {
        clock: 'provide',
        before: { due: '2027-01-06', provisional: true },
        after: { due: '2027-01-07', provisional: false },
      },
    ],
  });
  expect(entry?.sentence).toMatch(
    /^因《示例.*》（示例〔2026〕1号）入账，重新计算：.*由2027-01-06（暂定）改为2027-01-07。$/,
  );
  expect(provide(await fileOf(`?position=${position}`))).toMatchObject({ due: '2027-01-06', provisional: true });
});

it('lists the case by its new due day, and tells whoever decides on what they saw before why that is stale', async () => {
  const listed = await chen!.get('/v1/assistance');
  expect(listed.text).toContain('"dueOn":"2027-01-07"');
  const stale = await wu!.post(`/v1/assistance/${id}/closure`, aClosure(), { headers: { 'if-match': '"1"' } });
  expect([stale.status, stale.body.code]).toEqual([412, 'IF_MATCH_STALE']);
  expect(stale.text).toContain('第2号记录：法律数据已变更，期限重新计算');
});

it('tells it once, also after the service began again', async () => {
  await here.restart();
  officers();
  await until(async () => (await told()).length > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await told()).toHaveLength(1);
  expect(await told(earlier)).toEqual([]);
});

it('judges cases anew by an edition that two persons publish', async () => {
  const pack = shippedPacks().findLast((held) => held.pack.pack === 'XM')?.pack;
  const limits = pack?.systems['assistance']?.clocks;
  const shortened = (more: object) => ({
    ...pack,
    edition: (pack?.edition ?? 0) + 1,
    systems: {
      ...pack?.systems,
      assistance: {
        ...pack?.systems['assistance'],
        clocks: limits?.map((clock) =>
          clock.clock === 'provide'
            ? { ...clock, limits: clock.limits.map((limit) => ({ ...limit, days: 5, ...more })) }
            : clock,
        ),
      },
    },
  });
  const untraced = await shen!.post('/v1/law/packs/XM/editions', { ...on, pack: shortened({}) });
  expect([untraced.status, untraced.body.code]).toEqual([422, 'PACK_FAULTY']);
  expect(untraced.text).toContain('规则目录所记 XM-16-4 的时限为10个工作日，这里为5个工作日');
  const amendedBy = '《示例规定》第三条';
  const { body: asked } = await shen!.post('/v1/law/packs/XM/editions', { ...on, pack: shortened({ amendedBy }) });
  const headers = { 'if-match': `"${asked.revision}"` };
  const request = asked.events[0]?.id;
  const approved = await jiang!.post('/v1/law/packs/XM/approvals', { ...on, request }, { headers });
  expect([approved.status, approved.text]).toEqual([201, approved.text]);
  expect(provide(await fileOf())).toMatchObject({ due: '2026-12-29', provisional: false });
  await until(async () => (await told()).length === 2);
  expect((await told())[1]?.fact).toMatchObject({
    because: { event: approved.body.events[0]?.id },
    clocks: [{ clock: 'provide', before: { due: '2027-01-07' }, after: { due: '2026-12-29' } }],
  });
});

it('tells it once, however many processes tell it, and a rebuild lands on the same rows', async () => {
  const { runtime } = here.service;
  const ids = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { body } = await chen!.post('/v1/assistance', aRequest({ occurredAt: { on: '2026-12-21' } }));
      await wu!.post(`/v1/assistance/${body.case}/receipts`, aReceipt({ occurredAt: { on: '2026-12-22' } }));
      return body.case;
    }),
  );
  const others = await Promise.all([1, 2].map(() => startRecomputing(runtime, [recomputedSystem(assistance)])));
  const replacing = { ...notice, documentNumber: '示例〔2026〕2号', replaces: '示例〔2026〕1号', worked: [] };
  const holidays = [...(notice as { holidays: object[] }).holidays, { on: '2026-12-25', name: '示例假日' }];
  const { body: asked } = await shen!.post('/v1/law/calendar/notices', { ...on, notice: { ...replacing, holidays } });
  const headers = { 'if-match': `"${asked.revision}"` };
  await jiang!.post('/v1/law/calendar/approvals', { ...on, request: asked.events[0]?.id }, { headers });
  const counts = async (): Promise<number[]> =>
    Promise.all(
      ids.map(async (one) => {
        const { body } = await chen!.get(`/v1/assistance/${one}/timeline`);
        return body.entries.filter(({ type }) => type === 'ClocksRecomputed').length;
      }),
    );
  await until(async () => !(await counts()).includes(0));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await Promise.all(others.map((stop) => stop()));
  expect(await counts()).toEqual(ids.map(() => 1));
  await until(async () => (await runtime.viewing.hash()) === (await runtime.viewing.rebuild()).hash);
});
