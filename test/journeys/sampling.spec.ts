import { setTimeout as sleep } from 'node:timers/promises';
import { drawnBy, frameDigest, seedOf } from '#libs/kernel';
import {
  aProvision,
  aReceipt,
  aRequest,
  organ,
  serviceHere,
  ASKED,
  ASKING,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

/*
 * 随机抽查 in a running service: a frame is fixed, the service draws from it, anybody draws the same again from what the
 * log says, whatever was recorded since, and persons check what was drawn.
 */
interface SampleFile {
  readonly status: string;
  readonly assessment: { readonly duties: readonly { readonly rule: string; readonly says: string }[] };
  readonly particulars: {
    readonly frame: {
      readonly count: number;
      readonly digest: string;
      readonly position: string;
      readonly organs: string[];
    };
    readonly size: number;
    readonly algorithm: string;
    readonly salt: string;
    readonly seed: string;
    readonly cases: readonly {
      readonly case: string;
      readonly check?: { readonly outcome: string; readonly remark?: string };
    }[];
  };
}

let here: ServiceHere;
let yang: Officer;
const opened: string[] = [];
const asked = {
  occurredAt: { on: '2026-09-18' },
  category: 'assistance',
  from: '2026-09-17',
  to: '2026-09-18',
  size: 3,
};
const VISIBLE = { prefer: 'respond-when=visible, wait=30' };

async function done(answer: Promise<Reply>): Promise<Reply['body']> {
  const { status, text, body } = await answer;
  expect([status, text]).toEqual([201, expect.any(String)]);
  return body;
}
const open = async (day: string): Promise<string> =>
  (
    await done(
      here.as('chen.handler').post('/v1/assistance', aRequest({ occurredAt: { on: day } }), { headers: VISIBLE }),
    )
  ).case;
const go = (at: string) => here.as('zhong.clock').post('/v1/simulation/clock', { to: { at: `${at}+08:00` } });
const file = async (id: string, as = yang): Promise<SampleFile> =>
  (await as.get(`/v1/samples/${id}`)).body as unknown as SampleFile;

async function drawnSample(id: string): Promise<SampleFile> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await file(id);
    if (found.status !== 'fixed' || performance.now() > end) return found;
    await sleep(25);
  }
}

async function frameOf(id: string, limit = 2): Promise<readonly string[]> {
  const cases: string[] = [];
  for (let after = ''; ;) {
    const { status, body, text } = await yang.get(`/v1/samples/${id}/frame?limit=${limit}${after}`);
    expect([status, text]).toEqual([200, expect.any(String)]);
    const page = body as unknown as { cases: readonly string[]; next?: string };
    cases.push(...page.cases);
    if (page.next === undefined) return cases;
    after = `&after=${page.next}`;
  }
}

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-17T01:00:00Z' });
  yang = here.as('yang.supervisor').with({ 'kesu-purpose': 'supervision' });
  for (let n = 0; n < 4; n += 1) opened.push(await open('2026-09-17'));
  await go('2026-09-18T10:00:00');
  for (let n = 0; n < 4; n += 1) opened.push(await open('2026-09-18'));
}, 180_000);

afterAll(() => here.end(), 60_000);

let sample: string;
let first: SampleFile;

it('fixes a frame and draws from it by itself, and anybody draws the same again', async () => {
  sample = (await done(yang.post('/v1/samples', asked, { key: 'the-first' }))).case;
  first = await drawnSample(sample);
  const { frame, size, algorithm, salt, seed, cases } = first.particulars;
  expect(frame).toMatchObject({ category: 'assistance', count: 8, digest: frameDigest(opened) });
  expect(frame.organs).toEqual(expect.arrayContaining([organ(ASKED), organ(ASKING)]));
  expect([size, algorithm, seed]).toEqual([3, 'sha256-rank-1', seedOf(salt, frame.digest)]);
  expect(cases.map((one) => one.case)).toEqual(drawnBy(seed, opened, 3));
});

it('gives the frame again from the log as it stood, though cases came and went on', async () => {
  await open('2026-09-18');
  const [old = ''] = opened;
  const wu = here.as('wu.handler');
  await done(wu.post(`/v1/assistance/${old}/receipts`, aReceipt({ occurredAt: { on: '2026-09-18' } })));
  const late = await done(yang.post('/v1/samples', { ...asked, status: 'delivered' }));
  await done(
    wu.post(`/v1/assistance/${old}/provisions`, aProvision({ occurredAt: { on: '2026-09-18' } }), { headers: VISIBLE }),
  );
  expect(await frameOf(sample)).toEqual(opened.toSorted());
  expect(await frameOf(late.case)).toEqual([old]);
  expect((await drawnSample(late.case)).particulars.cases.map((one) => one.case)).toEqual([old]);
});

it('answers a repeat with the first draw, though the read models moved on, and another body with a refusal', async () => {
  const again = await done(yang.post('/v1/samples', asked, { key: 'the-first' }));
  expect(again.case).toBe(sample);
  expect((await file(sample)).particulars).toEqual(first.particulars);
  const other = await yang.post('/v1/samples', { ...asked, size: 4 }, { key: 'the-first' });
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

it('draws once, whatever is restarted', async () => {
  await here.restart();
  const { body } = await yang.get(`/v1/samples/${sample}/timeline`);
  expect(body.entries.map(({ type }) => type)).toEqual(['SampleFrameFixed', 'SampleDrawn']);
  expect(body.entries.map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(
      /^确定抽查总体：\d+个机关自2026-09-17至2026-09-18立案的案件共8件，拟按sha256-rank-1抽取3件。$/,
    ),
    `随机抽取3件，种子为${first.particulars.seed}。`,
  ]);
});

it('asks for every case drawn until a person has said how it was found', async () => {
  const unchecked = async (as = yang) =>
    (
      (await as.get(`/v1/questions/unchecked-samples?limit=200`)).body as unknown as {
        rows: readonly { sampled: string; case: string; says: string }[];
      }
    ).rows
      .filter((row) => row.case === sample)
      .map(({ sampled }) => sampled);
  const drawn = first.particulars.cases.map((one) => one.case);
  expect((await unchecked()).toSorted()).toEqual(drawn.toSorted());
  expect((await yang.get('/v1/questions/unchecked-samples')).body).toMatchObject({ rules: ['XM-25-1'] });
  expect((await file(sample)).assessment.duties).toMatchObject([
    { rule: 'XM-25-1', says: expect.stringContaining('尚有案件待检查') },
  ]);
  const [one = '', two = '', three = ''] = drawn;
  const at = { occurredAt: { on: '2026-09-18' } };
  const path = `/v1/samples/${sample}/checks`;
  const headers = VISIBLE;
  await done(yang.post(path, { ...at, case: one, outcome: 'inOrder' }, { headers }));
  await done(
    yang.post(
      path,
      { ...at, case: two, outcome: 'notInOrder', rules: ['XM-6-1'], remark: '没有写明依据。' },
      { headers },
    ),
  );
  expect(await unchecked()).toEqual([three]);
  const found = (await file(sample)).particulars.cases[0]?.check as { event: string } | undefined;
  const again = { ...at, case: one, outcome: 'notInOrder', rules: ['XM-6-1'], remark: '复看后更正。' };
  const silently = await yang.post(path, again);
  expect([silently.status, silently.body.code]).toEqual([409, 'CHECK_STANDS']);
  const correction = { ...again, replaces: found?.event };
  expect((await yang.post(path, correction)).body.code).toBe('CHECK_CORRECTOR_SAME');
  const luo = here.as('luo.supervisor').with({ 'kesu-purpose': 'supervision' });
  await done(luo.post(path, correction, { headers }));
  expect((await file(sample)).particulars.cases[0]?.check).toMatchObject({
    outcome: 'notInOrder',
    replaces: found?.event,
  });
  await done(yang.post(path, { ...at, case: three, outcome: 'inOrder' }, { headers }));
  expect(await unchecked()).toEqual([]);
  const { status, particulars, assessment } = await file(sample);
  expect([status, assessment.duties]).toEqual(['checked', []]);
  expect(particulars.cases[1]?.check).toMatchObject({
    outcome: 'notInOrder',
    rules: ['XM-6-1'],
    remark: '没有写明依据。',
  });
});

it('is the business of its office and of who supervises that, and of nobody else', async () => {
  for (const account of ['chen.handler', 'wu.handler', 'zeng.supervisor']) {
    const as = here.as(account).with({ 'kesu-purpose': 'supervision' });
    for (const path of ['', '/timeline', '/frame']) {
      const told = await as.get(`/v1/samples/${sample}${path}`);
      expect([account, path, told.status, told.body.code]).toEqual([account, path, 404, 'CASE_NOT_FOUND']);
    }
    expect((await as.get('/v1/samples')).body).toMatchObject({ samples: [] });
    expect((await as.get('/v1/questions/unchecked-samples')).body).toMatchObject({ rows: [] });
  }
  const auditor = here.as('xie.auditor').with({ 'kesu-purpose': 'audit' });
  expect((await file(sample, auditor)).particulars).toBeDefined();
  expect((await auditor.get('/v1/samples')).body).toMatchObject({
    // Both were fixed on one day, and stand in the order of their ids.
    samples: expect.arrayContaining([
      expect.objectContaining({ status: 'drawn' }),
      expect.objectContaining({ sample, status: 'checked', count: 8, unchecked: 0 }),
    ]),
  });
  const purposeless = await here.as('yang.supervisor').get(`/v1/samples/${sample}`);
  expect([purposeless.status, purposeless.body.code]).toEqual([400, 'PURPOSE_REQUIRED']);
});

it.each<readonly [account: string, changes: Readonly<Record<string, unknown>>, status: number, code: string]>([
  ['chen.handler', {}, 403, 'NOT_ENTITLED'],
  ['xie.auditor', {}, 403, 'NOT_ENTITLED'],
  ['zeng.supervisor', { organ: 'ASKED' }, 403, 'SAMPLE_NOT_OWN_LEVEL'],
  ['yang.supervisor', { organ: 'DISTRICT' }, 403, 'SAMPLE_NOT_OWN_LEVEL'],
  ['yang.supervisor', { category: 'supervision' }, 422, 'SAMPLE_SYSTEM_UNKNOWN'],
  ['yang.supervisor', { to: '2026-09-16' }, 422, 'SAMPLE_PERIOD_REVERSED'],
  ['yang.supervisor', { from: '2026-01-01', to: '2026-01-31' }, 409, 'SAMPLE_EMPTY'],
  ['yang.supervisor', { status: 'nowhere' }, 409, 'SAMPLE_EMPTY'],
  ['yang.supervisor', { size: 0 }, 400, 'BODY_INVALID'],
  ['yang.supervisor', { seed: 'mine' }, 400, 'BODY_INVALID'],
  ['yang.supervisor', { frame: { count: 1 } }, 400, 'BODY_INVALID'],
  ['yang.supervisor', { occurredAt: { on: '2026-09-19' } }, 422, 'OCCURRED_IN_FUTURE'],
])('%s asking for %j is refused', async (account, changes, status, code) => {
  const named: Readonly<Record<string, unknown>> = { ASKED: organ(ASKED), DISTRICT: organ('厦门市思明区城市管理局') };
  const { organ: of, ...rest } = changes;
  const changed = { ...rest, ...(of === undefined ? {} : { organ: named[of as string] }) };
  const told = await here
    .as(account)
    .with({ 'kesu-purpose': 'supervision' })
    .post('/v1/samples', { ...asked, ...changed });
  expect([told.status, told.body.code, told.body.detail]).toEqual([
    status,
    code,
    expect.stringMatching(/[\u4e00-\u9fff]/),
  ]);
});

it('refuses what is no sample, no page and no case drawn', async () => {
  const at = { occurredAt: { on: '2026-09-18' }, outcome: 'inOrder' };
  const undrawn = opened.find((id) => !first.particulars.cases.some((one) => one.case === id));
  const told = await yang.post(`/v1/samples/${sample}/checks`, { ...at, case: undrawn });
  expect([told.status, told.body.code, told.body.errors?.[0]?.pointer]).toEqual([422, 'CASE_NOT_SAMPLED', '/case']);
  expect((await yang.get('/v1/samples/x')).status).toBe(404);
  expect((await yang.get(`/v1/samples/${sample}/frame?after=x`)).body.code).toBe('QUERY_INVALID');
});

it('the rows land on the same hash once they are built anew', async () => {
  const { viewing } = here.service.runtime;
  const live = await viewing.hash();
  expect((await viewing.rebuild()).hash).toBe(live);
});
