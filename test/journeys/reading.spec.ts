import { randomUUID } from 'node:crypto';
import {
  aFeedback,
  appointment,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  organ,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere();
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
}, 120_000);

afterAll(() => here.end(), 60_000);

const opened = async (changes = {}): Promise<string> =>
  (await chen.post('/v1/assistance', aRequest(changes))).body.case;
const typesIn = ({ body }: Reply): string[] => body.entries.map(({ type }) => type);
const UNKNOWN_CASE = '11111111-2222-4333-8444-555555555555';

describe('waiting until it shows', () => {
  it('says that the preference was applied, and then every list has it', async () => {
    const reply = await chen.post('/v1/assistance', aRequest(), {
      headers: { prefer: 'respond-when=visible, wait=20' },
    });
    expect(reply.headers.get('preference-applied')).toBe('respond-when=visible');
    const { body } = await chen.get('/v1/assistance?limit=1');
    expect(body.cases[0]).toMatchObject({
      case: reply.body.case,
      requestingName: '厦门市市场监督管理局',
      requestedName: '厦门市生态环境局',
    });
  });

  it('does not claim it where it was not asked, and answers the same', async () => {
    const key = randomUUID();
    const plain = await chen.post('/v1/assistance', aRequest(), { key });
    expect(plain.headers.get('preference-applied')).toBeNull();
    const waited = await chen.post('/v1/assistance', aRequest(), { key, headers: { prefer: 'respond-when=visible' } });
    expect(waited.text).toBe(plain.text);
  });

  it.each(['respond-when=never', 'wait=31', 'respond-when=visible, wait=soon'])(
    'does not guess what %s means',
    async (prefer) => {
      const { status, body } = await chen.post('/v1/assistance', aRequest(), { headers: { prefer } });
      expect([status, body.code]).toEqual([400, 'PREFER_MALFORMED']);
    },
  );
});

describe('a page of a case', () => {
  it('carries its version, is never to be stored, and never 304', async () => {
    const id = await opened();
    for (const path of ['', '/timeline']) {
      const first = await wu.get(`/v1/assistance/${id}${path}`);
      expect([first.status, first.headers.get('etag'), first.headers.get('cache-control')]).toEqual([
        200,
        '"0"',
        'no-store',
      ]);
      const again = await wu.get(`/v1/assistance/${id}${path}`, { 'if-none-match': '"0"' });
      expect([again.status, again.body.case]).toEqual([200, id]);
    }
  });

  it('shows what was just recorded, without being asked to wait', async () => {
    const id = await opened();
    for (let revision = 1; revision <= 4; revision += 1) {
      await wu.post(`/v1/assistance/${id}/steps`, aStep());
      expect((await wu.get(`/v1/assistance/${id}`)).body.revision).toBe(revision);
      expect(typesIn(await wu.get(`/v1/assistance/${id}/timeline`))).toHaveLength(revision + 1);
    }
  });

  it('marks what was entered late as 补录', async () => {
    const id = await opened();
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await wu.post(`/v1/assistance/${id}/receipts`, aReceipt({ occurredAt: { on: day } }));
    const { entries } = (await wu.get(`/v1/assistance/${id}/timeline`)).body;
    expect(entries.map(({ recordedLate }) => recordedLate)).toEqual([true, false]);
  });
});

describe('what a reader may see', () => {
  it('leaves the steps of the asked organ to itself until it has fed back', async () => {
    const id = await opened();
    const secret = '内部研究意见';
    await wu.post(`/v1/assistance/${id}/steps`, aStep({ step: secret }));
    const readers = { chen, wu, xu: here.as('xu.head'), lin: here.as('lin.clerk') };
    const seen = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(readers).map(async ([name, officer]) => [
            name,
            (await officer.get(`/v1/assistance/${id}/timeline`)).text.includes(secret),
          ]),
        ),
      ) as Record<string, boolean>;
    expect(await seen()).toEqual({ chen: false, wu: true, xu: true, lin: false });
    await wu.post(`/v1/assistance/${id}/provisions`, aProvision());
    expect(await seen()).toEqual({ chen: false, wu: true, xu: true, lin: false });
    await wu.post(`/v1/assistance/${id}/feedback`, aFeedback());
    expect(await seen()).toEqual({ chen: true, wu: true, xu: true, lin: true });
  });

  it('does not tell the other side of an internal step by asking what became of its command', async () => {
    const id = await opened();
    const { body } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
    const path = `/v1/assistance/${id}/commands/${body.commandId}`;
    expect((await wu.get(path)).body.status).toBe('recorded');
    expect((await chen.get(path)).body.status).toBe('unknown');
    expect((await chen.get(`/v1/assistance/${id}`)).text).not.toContain(body.events[0]?.recordedAt);
    await wu.post(`/v1/assistance/${id}/feedback`, aFeedback());
    expect((await chen.get(path)).body.status).toBe('recorded');
  });

  it('lets supervision in when it says what for', async () => {
    const id = await opened();
    await wu.post(`/v1/assistance/${id}/steps`, aStep());
    for (const account of ['yang.supervisor', 'xie.auditor']) {
      const officer = here.as(account);
      const silent = await officer.get(`/v1/assistance/${id}`);
      expect([silent.status, silent.body.code]).toEqual([400, 'PURPOSE_REQUIRED']);
      const odd = await officer.get(`/v1/assistance/${id}`, { 'kesu-purpose': 'curiosity' });
      expect([odd.status, odd.body.code]).toEqual([400, 'PURPOSE_UNKNOWN']);
      const timeline = await officer.get(`/v1/assistance/${id}/timeline`, { 'kesu-purpose': 'supervision' });
      expect([timeline.status, typesIn(timeline)]).toEqual([200, ['AssistanceRequested', 'AssistanceStepRecorded']]);
    }
  });

  it('shows everybody else what it shows of a case that does not exist', async () => {
    const id = await opened();
    const cai = here.as('cai.handler').with({ 'kesu-acting-as': appointment('cai.handler').id });
    for (const officer of [here.as('liu.head'), here.as('zeng.supervisor'), here.as('luo.operator'), cai]) {
      for (const path of ['', '/timeline']) {
        const forbidden = await officer.get(`/v1/assistance/${id}${path}`, { 'kesu-purpose': 'supervision' });
        const absent = await officer.get(`/v1/assistance/${UNKNOWN_CASE}${path}`, { 'kesu-purpose': 'supervision' });
        const status = path.startsWith('/commands/') ? 200 : 404;
        expect([officer.account, path, forbidden.status]).toEqual([officer.account, path, status]);
        expect({ ...forbidden.body, traceId: '' }).toEqual({ ...absent.body, traceId: '' });
      }
    }
  });
});

describe('the list', () => {
  it('has the cases of both sides, newest first, page by page, each once', async () => {
    const liu = here.as('liu.head');
    const made: string[] = [];
    const visible = { headers: { prefer: 'respond-when=visible, wait=20' } };
    const body = aRequest({ requested: organ('厦门市思明区城市管理局') });
    for (let n = 0; n < 7; n += 1) made.unshift((await chen.post('/v1/assistance', body, visible)).body.case);
    const pages: string[][] = [];
    let after = '';
    for (;;) {
      const page = await liu.get(`/v1/assistance?limit=3${after}`);
      pages.push(page.body.cases.map((item) => item.case));
      if (page.body.next === undefined) break;
      after = `&after=${encodeURIComponent(page.body.next)}`;
    }
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(made);
  });

  it('can be asked for one status', async () => {
    const zhang = here.as('zhang.handler');
    const { body } = await chen.post('/v1/assistance', aRequest({ requested: organ('厦门市思明区城市管理局') }));
    await zhang.post(`/v1/assistance/${body.case}/receipts`, aReceipt(), {
      headers: { prefer: 'respond-when=visible, wait=20' },
    });
    const listed = await zhang.get('/v1/assistance?status=delivered');
    expect(listed.body.cases.map((item) => item.case)).toEqual([body.case]);
    expect((await zhang.get('/v1/assistance?status=closed')).body.cases).toEqual([]);
  });

  it.each([
    'after=abc',
    'limit=0',
    'limit=201',
    'limit=1e2',
    'limit=-1',
    'colour=red',
    'status=a%20b',
    'limit=1&limit=2',
  ])('refuses ?%s', async (query) => {
    const { status, body } = await chen.get(`/v1/assistance?${query}`);
    expect([status, body.code]).toEqual([400, expect.stringMatching(/^(CURSOR_MALFORMED|QUERY_INVALID)$/)]);
  });
});

describe('acting as', () => {
  it('is asked for only where several appointments are held, and must be held', async () => {
    const today = appointment('cai.handler').id;
    const cai = here.as('cai.handler');
    expect((await cai.get('/v1/assistance')).status).toBe(200);
    const headers = { 'kesu-acting-as': today };
    expect((await cai.get('/v1/assistance', headers)).status).toBe(200);
    const ended = await cai.get('/v1/assistance', { 'kesu-acting-as': 'e92de6ed-24b9-41c6-994c-17fb5061eb34' });
    expect([ended.status, ended.body.code]).toEqual([403, 'ACTING_AS_NOT_HELD']);
    const others = await cai.get('/v1/assistance', { 'kesu-acting-as': appointment('chen.handler').id });
    expect([others.status, others.body.code]).toEqual([403, 'ACTING_AS_NOT_HELD']);
    const odd = await cai.get('/v1/assistance', { 'kesu-acting-as': '副局长'.normalize('NFC').replace(/./gu, 'x') });
    expect([odd.status, odd.body.code]).toEqual([400, 'ACTING_AS_MALFORMED']);
  });
});

it('tells of a body under 第二十六条 that it only follows by reference (XM-26-1), in the case, its list and its timeline', async () => {
  const id = await opened({ requested: organ('厦门市信息中心') });
  const delivery = aReceipt();
  await chen.post(`/v1/assistance/${id}/receipts`, delivery, { headers: { prefer: 'respond-when=visible, wait=20' } });
  const name = '厦门市信息中心（参照执行的单位）';
  const { body } = await chen.get(`/v1/assistance/${id}?asOf=2026-11-20`);
  const says = body.assessment.clocks.map((clock: { readonly says: string }) => clock.says);
  expect(says).toContainEqual(expect.stringMatching(/至今逾期.*。期限由厦门市信息中心（参照执行的单位）承担。$/));
  expect(says).toContainEqual(expect.not.stringContaining('参照执行'));
  const { body: list } = await chen.get('/v1/assistance?limit=1');
  expect(JSON.stringify(list)).toContain(name);
  const { entries } = (await chen.get(`/v1/assistance/${id}/timeline`)).body;
  expect(entries[0]?.sentence).toContain(name);
  const { rows } = (await chen.get('/v1/questions/overdue?asOf=2026-11-20')).body as unknown as {
    readonly rows: readonly { readonly says: string }[];
  };
  expect(rows.map((row) => row.says)).toContainEqual(expect.stringContaining(`${name}：`));
});

describe('what became of a command', () => {
  it('is its first answer, or not known', async () => {
    const id = await opened();
    const { body, text } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
    await wu.post(`/v1/assistance/${id}/steps`, aStep());
    const recorded = await wu.get(`/v1/assistance/${id}/commands/${body.commandId}`);
    expect([recorded.status, recorded.body.status]).toEqual([200, 'recorded']);
    expect({ mode: '开发', ...recorded.body.answer }).toEqual(JSON.parse(text));
    for (const unknown of [UNKNOWN_CASE, 'no-such-command'])
      expect((await wu.get(`/v1/assistance/${id}/commands/${unknown}`)).body).toEqual({
        mode: '开发',
        status: 'unknown',
      });
  });
});
