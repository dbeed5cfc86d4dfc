import {
  aFeedback,
  anAcceptance,
  anEntry,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  organ,
  person,
  serviceHere,
  ASKED,
  ASKING,
  type Officer,
  type Reply,
  type ServiceHere,
  recorded,
} from '../service/index.js';

/* Whose turn it was, over HTTP: at which moment, for which reader, and as of what was known. */
let here: ServiceHere;
let chen: Officer;
let wu: Officer;
let path = '';

const go = async (to: string): Promise<void> => {
  const { status } = await here.as('zhong.clock').post('/v1/simulation/clock', { to: { at: to } });
  if (status !== 200) throw new Error(`the clock does not go to ${to}`);
};
const ask = (query = '', officer = wu, headers = {}): Promise<Reply> => officer.get(`${path}/custody${query}`, headers);
const told = ({ body }: Reply) => body.turns.map(({ task, days }) => `${task} ${days}`);
const inCharge = ({ body }: Reply) => body.turns.at(-1)?.holders[0]?.officers.map(({ person: one }) => one);

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-17T01:00:00Z' });
  [chen, wu] = [here.as('chen.handler'), here.as('wu.handler')];
  path = `/v1/assistance/${(await recorded(chen.post('/v1/assistance', aRequest()))).case}`;
  await go('2026-09-21T10:00:00+08:00');
  await recorded(wu.post(`${path}/receipts`, aReceipt({ occurredAt: { on: '2026-09-18' } })));
  await go('2026-09-22T18:00:00+08:00');
  await recorded(wu.post(`${path}/steps`, aStep({ occurredAt: { at: '2026-09-22T09:00:00+08:00' } })));
  await go('2026-09-28T10:00:00+08:00');
}, 120_000);

afterAll(() => here.end(), 60_000);

it('tells whose turn it is now, since which event, on which clock, and that the days add up', async () => {
  const { body, headers } = await ask();
  expect(body.turns).toEqual([
    expect.objectContaining({ task: 'delivering', from: { on: '2026-09-17' }, to: { on: '2026-09-18' }, days: 1 }),
    expect.objectContaining({
      task: 'providing',
      rule: 'XM-16-4',
      clock: 'provide',
      suspended: false,
      days: 10,
      since: body.turns[0] && 'endedBy' in body.turns[0] ? body.turns[0].endedBy : '',
      says: expect.stringContaining(`由${ASKED}（科员吴承办（示例））提供协助`),
    }),
  ]);
  expect(body.turns[1]?.holders[0]?.organ).toBe(organ(ASKED));
  expect([body.days, body.mode, headers.get('kesu-position')]).toEqual([11, '模拟', body.position]);
  expect(body.duties.map(({ says }) => says)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(`^${ASKING}的工作台账尚待登记，自[0-9-]+起已过11天。$`),
      expect.stringMatching(/^请求已于[0-9-]+送达，至今10天，尚待受理。$/),
    ]),
  );
});

it('shows an organ’s internal steps to nobody else until they are fed back', async () => {
  expect(inCharge(await ask('', wu))).toEqual([person('wu.handler')]);
  expect(inCharge(await ask('', chen))).toEqual([]);
  expect((await ask('', chen)).text).not.toContain(person('wu.handler'));
  const supervised = await ask('', here.as('yang.supervisor'), { 'kesu-purpose': 'supervision' });
  expect(inCharge(supervised)).toEqual([person('wu.handler')]);
});

it('explains each clock day by day, with its articles and the notices its days rest on', async () => {
  const { status, body } = await wu.get(`${path}/clocks`);
  expect([status, body.days]).toEqual([200, undefined]);
  const clocks = body.clocks as unknown as readonly {
    clock: string;
    verdict: string;
    due?: string;
    provisional: boolean;
    days: readonly { day: string; counted: boolean; why: string; notice?: string }[];
    cites: readonly { rule: string; article: string }[];
    notices: readonly string[];
    text: readonly string[];
    says: string;
  }[];
  const provide = clocks.find(({ clock }) => clock === 'provide');
  expect(provide).toMatchObject({ verdict: 'running', due: '2026-10-09', provisional: false });
  expect(provide?.days.filter(({ counted }) => counted)).toHaveLength(10);
  expect(provide?.days.at(-1)).toMatchObject({ day: '2026-10-09', counted: true });
  expect(provide?.days.filter(({ why }) => why === 'worked').map(({ day }) => day)).toEqual(['2026-09-20']);
  expect(provide?.cites).toContainEqual(expect.objectContaining({ rule: 'XM-16-4', article: '第十六条第二款' }));
  const { text = [], says = '', notices = [] } = provide ?? {};
  expect(notices.length).toBeGreaterThan(0);
  for (const notice of notices) expect(text.join('\n')).toContain(notice);
  expect(text).toContain('2026-09-18  不计  起始日，不计入');
  expect(text.at(-1)).toBe(says);
  const request = clocks.find(({ clock }) => clock === 'request');
  expect(request).toMatchObject({ verdict: 'notApplicable', days: [] });
  expect((await here.as('liu.head').get(`${path}/clocks`)).body.code).toBe('CASE_NOT_FOUND');
  const then = await wu.get(`${path}/clocks?knownAt=2026-09-20`);
  expect(then.text).toContain('没有起算日期的记录，不能判断');
});

it('lets in who may see the case, and supervision for a purpose', async () => {
  const outsider = await ask('', here.as('liu.head'));
  const nowhere = await here.as('liu.head').get('/v1/assistance/11111111-2222-4333-8444-555555555555/custody');
  expect([outsider.status, outsider.body.code]).toEqual([404, 'CASE_NOT_FOUND']);
  expect({ ...outsider.body, traceId: '' }).toEqual({ ...nowhere.body, traceId: '' });
  expect((await ask('', here.as('yang.supervisor'))).body.code).toBe('PURPOSE_REQUIRED');
});

it('tells it as of any instant, of what was known or had taken place', async () => {
  expect(told(await ask('?asOf=2026-09-17'))).toEqual(['delivering 0']);
  expect(told(await ask('?asOf=2026-09-20'))).toEqual(['delivering 1', 'providing 2']);
  expect(told(await ask('?knownAt=2026-09-20'))).toEqual(['delivering 3']);
  expect(told(await ask('?revision=0'))).toEqual(['delivering 0']);
  expect(told(await ask('?occurredBy=2026-09-17'))).toEqual(['delivering 0']);
  expect(inCharge(await ask('?asOf=2026-09-22T08:59:59%2B08:00'))).toEqual([]);
  expect(inCharge(await ask('?asOf=2026-09-22T09:00:00%2B08:00'))).toEqual([person('wu.handler')]);
  const { body, headers } = await ask('?asOf=2026-09-20');
  const again = await wu.get(headers.get('content-location') ?? '');
  expect(again.body).toEqual(body);
});

it.each([
  ['?asOf=soon', 'QUERY_INVALID'],
  ['?revision=0&knownAt=2026-09-20', 'MOMENT_AMBIGUOUS'],
  ['?colour=red', 'QUERY_INVALID'],
  ['?revision=99', 'REVISION_UNKNOWN'],
  ['?knownAt=2020-01-01', 'CASE_NOT_YET'],
])('refuses %s', async (query, code) => {
  const { status, body } = await ask(query);
  expect([status >= 400 && status < 500, body.code]).toEqual([true, code]);
});

it('opens the steps to the other side once they are fed back, and passes on', async () => {
  await go('2026-09-29T10:00:00+08:00');
  await recorded(wu.post(`${path}/acceptances`, anAcceptance({ by: undefined, occurredAt: { on: '2026-09-21' } })));
  await recorded(wu.post(`${path}/feedback`, aFeedback({ occurredAt: { on: '2026-09-29' } })));
  expect(inCharge(await ask('', chen))).toEqual([person('wu.handler')]);
  expect(told(await ask('', chen))).toEqual(['delivering 1', 'providing 11']);
});

describe('as of an instant between two acts', () => {
  interface Clock {
    readonly clock: string;
    readonly verdict: string;
    readonly daysLate?: number;
    readonly from?: object | string;
    readonly stopped?: object | string;
  }
  interface Standing {
    readonly clocks: readonly Clock[];
    readonly duties: readonly { readonly code: string }[];
  }
  beforeAll(async () => {
    await go('2026-10-13T10:00:00+08:00');
    await recorded(wu.post(`${path}/provisions`, aProvision({ occurredAt: { at: '2026-10-12T15:00:00+08:00' } })));
    const seen = { headers: { prefer: 'respond-when=visible, wait=30' } };
    await recorded(wu.post(`${path}/register-entries`, anEntry({ occurredAt: { on: '2026-10-13' } }), seen));
  });

  it.each([
    ['2026-09-17', 'cannotJudge', 'delivering', 'registration'],
    ['2026-09-18', 'running begun', 'providing provide', 'registration registration takingUp'],
    ['2026-10-12T14:59:59%2B08:00', 'late 3 begun', 'providing provide', 'registration registration'],
    ['2026-10-12T15:00:00%2B08:00', 'late 3 begun stopped', 'feedingBack', 'registration registration writtenFeedback'],
    ['2026-10-13', 'late 3 begun stopped', 'feedingBack', 'registration writtenFeedback'],
  ])('%s: file, clocks, 责任链 and questions say %s', async (asOf, stands, turn, owed) => {
    const read = async <T>(url: string): Promise<T> => (await wu.get(url)).body as unknown as T;
    const told = (clocks: readonly Clock[]): string => {
      const { verdict, daysLate, from, stopped } = clocks.find(({ clock }) => clock === 'provide') ?? {};
      return [verdict, daysLate, from && 'begun', stopped && 'stopped'].filter((word) => word !== undefined).join(' ');
    };
    const codes = (duties: readonly { readonly code: string }[]): string =>
      duties
        .map(({ code }) => code)
        .sort()
        .join(' ');
    const { clocks } = await read<Standing>(`${path}/clocks?asOf=${asOf}`);
    const { assessment } = await read<{ assessment: Standing }>(`${path}?asOf=${asOf}`);
    const { duties } = await read<Standing>(`${path}/custody?asOf=${asOf}`);
    const { turns } = (await ask(`?asOf=${asOf}`)).body;
    const { clock, task } = turns.at(-1) ?? {};
    expect([told(clocks), told(assessment.clocks)]).toEqual([stands, stands]);
    expect([task, clock].filter((word) => word !== undefined).join(' ')).toBe(turn);
    expect([codes(assessment.duties), codes(duties)]).toEqual([owed, owed]);
    const rows = async (query: string): Promise<string> =>
      told((await read<{ rows: readonly Clock[] }>(`/v1/questions/${query}&asOf=${asOf}`)).rows);
    expect(await rows('due?from=2026-10-09&to=2026-10-09')).toBe(stands === 'cannotJudge' ? '' : stands);
    expect(await rows('overdue?clock=provide')).toBe(stands.startsWith('late') ? stands : '');
  });
});
