import { caseSubject, uuid } from '#libs/kernel';
import { shippedCalendar } from '#libs/law';
import { lawStreams } from '#libs/platform';
import {
  aFeedback,
  appended,
  caseStream,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
  recorded,
} from '../service/index.js';

/*
 * A case told late, in simulated time. Requested on 17 September, received on the 18th, provided on 12 October; but the
 * receipt is entered on 8 October only, and the provision on the 13th. Due on 9 October (see xiamen-case.spec.ts).
 */
let here: ServiceHere;
let keeper: Officer;
let chen: Officer;
let wu: Officer;
let id = '';
let path = '';

const go = async (to: string): Promise<void> => {
  const { status } = await keeper.post('/v1/simulation/clock', { to: { at: to } });
  if (status !== 200) throw new Error(`the clock does not go to ${to}`);
};
const typesIn = ({ body }: Reply): string[] => body.entries.map(({ type }) => type.replace('Assistance', ''));
const clockIn = ({ body }: Reply) => body.assessment.clocks.find(({ rule }) => rule === 'XM-16-4');
const ask = (query: string, officer = wu): Promise<Reply> => officer.get(`${path}?${query}`);
const tell = (query: string, officer = wu): Promise<Reply> => officer.get(`${path}/timeline?${query}`);

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-18T01:00:00Z' });
  keeper = here.as('zhong.clock');
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  id = (await recorded(chen.post('/v1/assistance', aRequest()))).case;
  path = `/v1/assistance/${id}`;
  await go('2026-09-22T10:00:00+08:00');
  await recorded(wu.post(`${path}/steps`, aStep()));
  await go('2026-10-08T10:00:00+08:00');
  await recorded(wu.post(`${path}/receipts`, aReceipt({ occurredAt: { on: '2026-09-18' } })));
  await go('2026-10-13T10:00:00+08:00');
  await recorded(wu.post(`${path}/provisions`, aProvision({ occurredAt: { on: '2026-10-12' } })));
  await go('2026-11-02T10:00:00+08:00');
}, 120_000);

afterAll(() => here.end(), 60_000);

describe('what was known by an instant', () => {
  it.each([
    ['2026-09-20', ['Requested'], 'cannotJudge'],
    ['2026-09-22T10:00:00%2B08:00', ['Requested', 'StepRecorded'], 'cannotJudge'],
    ['2026-09-22T09:59:59.999999%2B08:00', ['Requested'], 'cannotJudge'],
    ['2026-10-07', ['Requested', 'StepRecorded'], 'cannotJudge'],
    ['2026-10-08', ['Requested', 'StepRecorded', 'RequestDelivered'], 'running'],
    ['2026-10-09', ['Requested', 'StepRecorded', 'RequestDelivered'], 'running'],
    ['2026-10-10T00:00:00%2B08:00', ['Requested', 'StepRecorded', 'RequestDelivered'], 'late'],
    ['2026-10-13', ['Requested', 'StepRecorded', 'RequestDelivered', 'Provided'], 'late'],
  ])('%s', async (knownAt, types, verdict) => {
    expect(typesIn(await tell(`knownAt=${knownAt}`))).toEqual(types);
    const file = await ask(`knownAt=${knownAt}`);
    expect([clockIn(file)?.verdict, file.body.revision]).toEqual([verdict, types.length - 1]);
    expect(file.headers.get('etag')).toBeNull();
  });

  it('is judged at that instant, a bare date being the end of its day in Shanghai', async () => {
    const { body } = await ask('knownAt=2026-10-12');
    expect(body).toMatchObject({ asOf: '2026-10-12T15:59:59.999999Z', settled: true });
    expect(body.assessment.asOf).toBe(body.asOf);
    expect(body.assessment.clocks[0]?.says).toBe('提供协助的期限已于2026-10-09届满，至今逾期3个自然日。');
  });

  it('says that it is not settled within 15 s of now, or later', async () => {
    const settled = async (at: string) => (await ask(`knownAt=${at}`)).body.settled;
    expect(await settled('2026-11-02T01:59:44.999Z')).toBe(true);
    expect(await settled('2026-11-02T01:59:45Z')).toBe(false);
    expect(await settled('2026-11-02T02:00:00Z')).toBe(false);
    expect(await settled('2027-01-01')).toBe(false);
    expect((await wu.get(path)).body).toMatchObject({ settled: false, asOf: '2026-11-02T02:00:00.000000Z' });
  });

  it('can be asked again by position, with the same bytes, whatever was recorded since', async () => {
    const asked = [
      'knownAt=2026-10-09',
      'knownAt=2026-10-12&occurredBy=2026-10-01',
      'revision=2',
      'occurredBy=2026-10-10',
    ];
    const first = await Promise.all(asked.flatMap((query) => [ask(query), tell(query)]));
    await recorded(wu.post(`${path}/steps`, aStep({ step: '补充核对' })));
    for (const { text, status, headers, body } of first) {
      const again = await wu.get(headers.get('content-location') ?? '');
      expect([status, again.status, again.text]).toEqual([200, 200, text]);
      expect([again.headers.get('kesu-position'), body.position]).toEqual([
        body.position,
        headers.get('kesu-position'),
      ]);
      expect(headers.get('content-location')).toContain(`position=${body.position}`);
    }
  });

  it('is the same answer on any later day, also where nothing but a place of the log or a revision was said', async () => {
    const { body } = await ask('knownAt=2026-10-09');
    const difference = (query: string): Promise<Reply> => wu.get(`${path}/difference?${query}`);
    const all = async () => [
      ...(await Promise.all(
        [`position=${body.position}`, 'revision=2', 'revision=1'].flatMap((q) => [ask(q), tell(q)]),
      )),
      await difference(`fromPosition=0&toPosition=${body.position}`),
      await difference(`fromPosition=${body.position}&toRevision=3`),
    ];
    const first = await all();
    await go('2026-11-02T11:00:00+08:00');
    const again = await all();
    expect(again.map(({ status }) => status)).toEqual(first.map(() => 200));
    expect(again.map(({ text }) => text)).toEqual(first.map(({ text }) => text));
    // Judged when the newest of all that was known there was recorded: the receipt, on 8 October.
    const [file] = first;
    expect(file?.body).toMatchObject({ asOf: '2026-10-08T02:00:00.000000Z', settled: true });
    expect(file && clockIn(file)?.verdict).toBe('running');
  });

  it('is nothing before the case was opened', async () => {
    for (const query of ['knownAt=2026-09-17', 'position=0', 'occurredBy=2026-09-16']) {
      const { status, body } = await ask(query);
      expect([query, status, body.code]).toEqual([query, 404, 'CASE_NOT_YET']);
    }
  });
});

describe('what had taken place by an instant, as known now', () => {
  it.each([
    ['2026-09-17', ['Requested'], 'cannotJudge'],
    ['2026-09-18', ['Requested', 'RequestDelivered'], 'running'],
    ['2026-10-09', ['Requested', 'StepRecorded', 'RequestDelivered'], 'running'],
    ['2026-10-11', ['Requested', 'StepRecorded', 'RequestDelivered'], 'late'],
    ['2026-10-12', ['Requested', 'StepRecorded', 'RequestDelivered', 'Provided'], 'late'],
  ])('%s', async (occurredBy, types, verdict) => {
    const query = `occurredBy=${occurredBy}`;
    expect(typesIn(await tell(query)).filter((type, index, all) => all.indexOf(type) === index)).toEqual(types);
    const file = await ask(query);
    expect([clockIn(file)?.verdict, file.body.asOf.slice(0, 10)]).toEqual([verdict, occurredBy]);
  });

  it('goes together with what was known', async () => {
    expect(typesIn(await tell('knownAt=2026-10-07&occurredBy=2026-09-20'))).toEqual(['Requested']);
    expect(typesIn(await tell('knownAt=2026-10-08&occurredBy=2026-09-20'))).toEqual(['Requested', 'RequestDelivered']);
    const other = await ask('knownAt=2026-10-08&occurredBy=2026-09-20&asOf=2026-10-20');
    expect([other.body.asOf, clockIn(other)?.says]).toEqual([
      '2026-10-20T15:59:59.999999Z',
      '提供协助的期限已于2026-10-09届满，至今逾期11个自然日。',
    ]);
  });
});

describe('a revision', () => {
  it('is the case as its events up to there made it, judged when the last of them was recorded', async () => {
    const { body, headers } = await ask('revision=2');
    expect(body).toMatchObject({ revision: 2, asOf: '2026-10-08T02:00:00.000000Z', status: 'inProgress' });
    expect(headers.get('kesu-position')).toBe(body.position);
    expect(typesIn(await tell('revision=0'))).toEqual(['Requested']);
  });

  it('that the case has not is said to be none', async () => {
    const { status, body } = await ask('revision=99');
    expect([status, body.code, body.detail]).toEqual([404, 'REVISION_UNKNOWN', '本案没有这个版本，现在的版本是 4']);
  });
});

it.each([
  ['revision=1&knownAt=2026-10-01', 400, 'MOMENT_AMBIGUOUS'],
  ['revision=1&position=0', 400, 'MOMENT_AMBIGUOUS'],
  ['revision=-1', 400, 'QUERY_INVALID'],
  ['revision=1e3', 400, 'QUERY_INVALID'],
  ['knownAt=yesterday', 400, 'QUERY_INVALID'],
  ['knownAt=2026-02-30', 400, 'QUERY_INVALID'],
  ['knownAt=1900-01-01', 400, 'QUERY_INVALID'],
  ['knownAt=1991-12-31T00:00:00Z', 400, 'QUERY_INVALID'],
  ['asOf=9999-12-31T23:59:59Z', 400, 'QUERY_INVALID'],
  ['knownAt=2026-10-08T10:00:00', 400, 'QUERY_INVALID'],
  ['knownAt=2026-10-08&knownAt=2026-10-09', 400, 'QUERY_INVALID'],
  ['position=abc', 400, 'QUERY_INVALID'],
  ['position=12345', 404, 'POSITION_UNKNOWN'],
  [`position=${'9'.repeat(20)}`, 404, 'POSITION_UNKNOWN'],
  ['colour=red', 400, 'QUERY_INVALID'],
])('%s is refused', async (query, expected, code) => {
  for (const { status, body } of [await ask(query), await tell(query)])
    expect([status, body.code, /[\u4e00-\u9fff]/.test(body.detail)]).toEqual([expected, code, true]);
});

describe('who may see what', () => {
  it('is settled by today, at every instant', async () => {
    const at = 'knownAt=2026-09-30';
    expect(typesIn(await tell(at, chen))).toEqual(['Requested']);
    expect(typesIn(await tell(at))).toEqual(['Requested', 'StepRecorded']);
    const supervisor = here.as('yang.supervisor').with({ 'kesu-purpose': 'supervision' });
    expect(typesIn(await tell(at, supervisor))).toEqual(['Requested', 'StepRecorded']);
    expect((await ask(at, here.as('yang.supervisor'))).body.code).toBe('PURPOSE_REQUIRED');
    expect((await ask(at, here.as('liu.head'))).body.code).toBe('CASE_NOT_FOUND');
  });

  it('does not tell the other side when an internal step was recorded, however often it asks', async () => {
    const told = async (query: string) => (await ask(query, chen)).body;
    for (const query of ['knownAt=2026-09-22T10:00:00%2B08:00', 'knownAt=2026-09-21', 'revision=1', 'revision=0'])
      expect([query, (await told(query)).revision]).toEqual([query, 0]);
    const [asked, first] = [await told('revision=1'), await told('revision=0')];
    expect(asked).toEqual(first);
    expect((await told('position=' + (await ask('revision=1')).body.position)).revision).toBe(0);
    expect((await told('asOf=2026-11-01')).revision).toBe(3);
    const statusBy = async (query: string) => (await told(query)).status;
    for (const day of ['2026-09-21', '2026-09-22', '2026-10-07'])
      expect([await statusBy(`knownAt=${day}`), await statusBy(`occurredBy=${day}&asOf=2026-11-01`)]).toEqual([
        'requested',
        'delivered',
      ]);
    expect((await ask('knownAt=2026-09-22')).body.status).toBe('inProgress');
    // Once something they may see is known, what came before it counts for them too.
    expect(await statusBy('knownAt=2026-10-08')).toBe('inProgress');
    const [early, late] = ['fromRevision=0&toRevision=1', 'fromRevision=0&toRevision=0'];
    const difference = (query: string) => chen.get(`${path}/difference?${query}`);
    expect((await difference(early)).text).toBe((await difference(late)).text);
  });

  it('opens what was internal at every instant once it has been fed back', async () => {
    await recorded(wu.post(`${path}/feedback`, aFeedback()));
    expect(typesIn(await tell('knownAt=2026-09-30', chen))).toEqual(['Requested', 'StepRecorded']);
    expect((await ask('revision=1', chen)).body.revision).toBe(1);
  });
});

describe('a correction', () => {
  it('counts from when it was recorded', async () => {
    const receipt = (await tell('')).body.entries.find(({ type }) => type === 'AssistanceRequestDelivered');
    await go('2026-11-03T10:00:00+08:00');
    const [request] = await appended(here, caseStream(here, id), 'wu.handler', [
      {
        type: 'CorrectionRequested',
        data: {
          corrects: receipt?.event ?? '',
          version: 1,
          pointer: '/occurredAt',
          before: { on: '2026-09-18' },
          after: { on: '2026-09-21' },
          reason: '笔误',
        },
      },
    ]);
    await go('2026-11-04T10:00:00+08:00');
    await appended(here, caseStream(here, id), 'xu.head', [
      { type: 'FactCorrected', data: { request: request?.id ?? '' } },
    ]);
    const due = async (query: string) => clockIn(await ask(query))?.due;
    expect(await due('knownAt=2026-11-03')).toBe('2026-10-09');
    expect(await due('knownAt=2026-11-04')).toBe('2026-10-12');
    expect(typesIn(await tell('knownAt=2026-11-03&occurredBy=2026-09-19'))).toEqual([
      'Requested',
      'RequestDelivered',
      'CorrectionRequested',
    ]);
    expect(typesIn(await tell('knownAt=2026-11-04&occurredBy=2026-09-19'))).toEqual(['Requested']);
  });

  it('is told by the difference, with what it changed', async () => {
    const { body, status } = await wu.get(`${path}/difference?fromKnownAt=2026-11-03&toKnownAt=2026-11-04`);
    expect(status).toBe(200);
    expect(body.facts).toMatchObject({
      came: [{ says: '2026-11-04 10:00记入：准予更正第3项的“行为发生时间”，自此以更正后的内容为准，原记录保留。' }],
      left: [],
      corrected: [
        {
          type: 'AssistanceRequestDelivered',
          changes: [{ pointer: '/occurredAt/on', before: '2026-09-18', after: '2026-09-21' }],
          says: '更正发生时间：“协助请求送达被请求机关，送达凭证为收文章。”，先前为2026-09-18，更正后为2026-09-21。',
        },
      ],
    });
    expect(body.clocks.map(({ says }) => says)).toEqual([
      '先前：提供协助的期限至2026-10-09届满，于2026-10-12提供协助，晚了3个自然日。' +
        '后来：提供协助的期限至2026-10-12届满，已于2026-10-12提供协助，按期。',
    ]);
  });
});

describe('the law', () => {
  it('is that recorded by the instant asked for', async () => {
    const { calendar } = shippedCalendar();
    // As if a later notice had made 24 September a holiday too: the limit then ends a day later.
    const years = calendar.years.map((year) => ({
      ...year,
      holidays: year.year === 2026 ? [...year.holidays, { on: '2026-09-24', name: '更正后的假日' }] : year.holidays,
    }));
    await go('2026-11-05T10:00:00+08:00');
    const later = { ...calendar, version: '测试更正', years };
    const data = JSON.parse(JSON.stringify({ calendar: later, digest: 'b'.repeat(64) })) as { calendar: object };
    await appended(here, lawStreams.calendar(here.ledger), 'luo.operator', [
      { type: 'CalendarPublished', data: data as never, occurredAt: { on: '2026-11-05' } },
    ]);
    await here.service.runtime.law.refresh();
    const told = async () => (await wu.get(`${path}/timeline`)).body.entries.at(-1)?.type === 'ClocksRecomputed';
    for (const ends = performance.now() + 20_000; !(await told()) && performance.now() < ends;)
      await new Promise((resume) => setTimeout(resume, 50));
    const due = async (query: string) => clockIn(await ask(query))?.due;
    expect(await due('')).toBe('2026-10-13');
    expect(await due('knownAt=2026-11-04')).toBe('2026-10-12');
    expect(await due('knownAt=2026-10-09')).toBe('2026-10-09');
    expect(await due('revision=2')).toBe('2026-10-09');
    const { body } = await wu.get(`${path}/difference?fromKnownAt=2026-11-04`);
    expect(body.facts).toMatchObject({ came: [{ type: 'ClocksRecomputed' }], left: [], corrected: [] });
    expect(body.clocks.map(({ says }) => says)).toEqual([
      '先前：提供协助的期限至2026-10-12届满，已于2026-10-12提供协助，按期。' +
        '后来：提供协助的期限至2026-10-13届满，已于2026-10-12提供协助，按期。',
    ]);
  });
});

describe('the difference of two instants', () => {
  it('tells what came and what that changed, each in a sentence', async () => {
    const { body } = await wu.get(`${path}/difference?fromKnownAt=2026-10-07&toKnownAt=2026-10-13`);
    expect(body.facts.came.map(({ says }) => says)).toEqual([
      '2026-10-08 10:00记入：协助请求送达被请求机关，送达凭证为收文章。',
      expect.stringMatching(/^2026-10-13 10:00记入：.*提供了协助（厦环协复〔2026〕7号）/),
    ]);
    expect(body).toMatchObject({
      status: { before: 'inProgress', after: 'provided', says: '办理状态：先前为“办理中”，后来为“已提供协助”。' },
      from: { revision: 1, settled: true },
      to: { revision: 3, asOf: '2026-10-13T15:59:59.999999Z' },
    });
    expect(body.clocks.map(({ says }) => says)).toEqual([
      '先前：截至判断时未见送达，提供协助的期限无从起算，不能判断是否按期。' +
        '后来：提供协助的期限至2026-10-09届满，于2026-10-12提供协助，晚了3个自然日。',
    ]);
    expect(body.duties.map(({ says }) => says)).toContain('新增待办：已于2026-10-12提供协助，至今1天，尚待书面反馈。');
  });

  it('begins with the opening of the case where nothing is said of its beginning, and may go backwards', async () => {
    const whole = await wu.get(`${path}/difference`);
    expect(whole.body.facts.came.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const back = await wu.get(`${path}/difference?fromRevision=3&toRevision=1`);
    expect(back.body.facts.left.map(({ revision }) => revision)).toEqual([2, 3]);
    const before = await wu.get(`${path}/difference?fromKnownAt=2026-09-01&toRevision=0`);
    expect(before.body.facts.came.map(({ revision }) => revision)).toEqual([0]);
    expect(before.body.from.revision).toBe(-1);
  });
});

it('an erased text is gone at every instant', async () => {
  const text = '请协助调取';
  expect((await tell('knownAt=2026-09-20')).text).toContain(text);
  await appended(here, caseStream(here, id), 'xu.head', [
    { type: 'SubjectErased', data: { request: id, subject: caseSubject(uuid(id)) } },
  ]);
  for (const query of ['', 'knownAt=2026-09-20', 'revision=0', 'occurredBy=2026-10-10'])
    for (const { status, text: body } of [await ask(query), await tell(query)])
      expect([query, status, body.includes(text), body.includes('（已删除）')]).toEqual([query, 200, false, true]);
});
