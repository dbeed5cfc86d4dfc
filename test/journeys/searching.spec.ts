import { aRequest, aStep, organ, person, serviceHere, type Officer, type ServiceHere } from '../service/index.js';

/* What an auditor types: the name of an organ or of a person, as it is or as it was. */
let here: ServiceHere;
let chen: Officer;
let wu: Officer;
let id = '';

const VISIBLE = { headers: { prefer: 'respond-when=visible, wait=20' } };
const find = async (officer: Officer, text: string) =>
  (await officer.get(`/v1/assistance?text=${encodeURIComponent(text)}`)).body.cases;
const hitsOf = async (officer: Officer, text: string) => (await find(officer, text))[0]?.hits ?? [];

beforeAll(async () => {
  here = await serviceHere();
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  const asked = await chen.post('/v1/assistance', aRequest({ grounds: [{ code: 'XM-9-1' }] }), VISIBLE);
  id = asked.body.case;
  await wu.post(`/v1/assistance/${id}/steps`, aStep(), VISIBLE);
}, 120_000);

afterAll(() => here.end(), 60_000);

describe('a name', () => {
  it('finds the facts that name its organ, and says where', async () => {
    expect(await hitsOf(chen, '市生态环境')).toEqual([
      { revision: 0, pointer: '/requested', before: '厦门', match: '市生态环境', after: '局' },
    ]);
    expect((await hitsOf(chen, '市场监督管理局')).map(({ pointer }) => pointer)).toEqual([
      '/requesting',
      '/recorder/organ',
    ]);
    expect(await find(chen, '市公安局')).toEqual([]);
  });

  it('finds what its person recorded or is said to have done', async () => {
    expect((await hitsOf(chen, '陈承办')).map(({ pointer }) => pointer)).toEqual(['/recorder/person']);
    expect((await hitsOf(wu, '吴承办')).map(({ pointer }) => pointer)).toEqual(['/by/person', '/recorder/person']);
  });

  it('does not tell the other side of an internal step', async () => {
    expect(await find(chen, '吴承办')).toEqual([]);
  });

  it('comes after the words themselves', async () => {
    await wu.post(`/v1/assistance/${id}/steps`, aStep({ step: '请厦门市生态环境局的监测站复核' }), VISIBLE);
    const [hit] = (await hitsOf(wu, '生态环境局的')) ?? [];
    expect(hit).toMatchObject({ revision: 2, pointer: '/step' });
  });

  it('finds an organ under the name it had and the one it has', async () => {
    const [he, fang] = [here.as('he.registrar'), here.as('fang.registrar')];
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const change = {
      occurredAt: { on: today },
      organ: organ('厦门市生态环境局'),
      effectiveOn: today,
      name: '环保示例局',
    };
    const asked = await he.post('/v1/register/organ-changes', { ...change, documentNumber: '示例〔2026〕2号' });
    const approval = { occurredAt: { on: today }, request: asked.body.events[0]?.id };
    const headers = { 'if-match': asked.headers.get('etag') ?? '' };
    expect((await fang.post('/v1/register/approvals', approval, { headers })).status).toBe(201);
    for (const text of ['环保示例局', '市生态环境'])
      expect((await hitsOf(chen, text)).map(({ pointer }) => pointer)).toContain('/requested');
  });
});

it('an organ or a person is found by id in the same facts', async () => {
  const listed = async (officer: Officer, query: string) => (await officer.get(`/v1/assistance?${query}`)).body.cases;
  expect(await listed(chen, `organ=${organ('厦门市市场监督管理局')}`)).toHaveLength(1);
  expect(await listed(chen, `officer=${person('wu.handler')}`)).toHaveLength(0);
  expect(await listed(wu, `officer=${person('wu.handler')}`)).toHaveLength(1);
});

it.each(['/v1/assistance', '/v1/attempts'])('%s: a period that ends before it begins is refused', async (path) => {
  const auditor = here.as('xie.auditor').with({ 'kesu-purpose': 'audit' });
  const { status, body } = await auditor.get(`${path}?from=2026-10-02&to=2026-10-01`);
  expect([status, body.code]).toEqual([400, 'QUERY_INVALID']);
  expect(body.errors).toEqual([
    { pointer: '?to', code: 'period', message: '截止日期2026-10-01早于起始日期2026-10-02' },
  ]);
  expect((await auditor.get(`${path}?from=2026-10-01&to=2026-10-01`)).status).toBe(200);
});
