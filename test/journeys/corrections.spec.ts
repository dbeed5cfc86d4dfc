import { randomUUID } from 'node:crypto';
import {
  anAcceptance,
  aReceipt,
  aRequest,
  aStep,
  ASKING,
  by,
  organ,
  serviceHere,
  type Officer,
  type Reply,
  type Sent,
  type ServiceHere,
  type Told,
} from '../service/index.js';

/*
 * 差错可纠 (XM-19-5) over HTTP: one person asks, another decides, the original stands beside what holds now. Days by hand:
 * ten working days after Friday 18 September 2026 end on 9 October, after Monday 21 September, Saturday 10 October being
 * at work for 国庆, on Monday 12 October.
 */
let here: ServiceHere;
let chen: Officer;
let wu: Officer;
let zheng: Officer;
let xu: Officer;
let yang: Officer;

beforeAll(async () => {
  here = await serviceHere();
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  zheng = here.as('zheng.deputy');
  xu = here.as('xu.head');
  yang = here.as('yang.supervisor').with({ 'kesu-purpose': 'supervision' });
}, 120_000);

afterAll(() => here.end(), 60_000);

const day = { occurredAt: { on: '2026-09-22' } };
const idOf = (body: Told, index = 0): string => body.events[index]?.id ?? '';

/** A case that wu received on the wrong day: it stands at revision 1. */
async function received(): Promise<{ id: string; opening: string; receipt: string }> {
  const { body } = await chen.post('/v1/assistance', aRequest());
  const receipt = await wu.post(`/v1/assistance/${body.case}/receipts`, aReceipt());
  return { id: body.case, opening: idOf(body), receipt: idOf(receipt.body) };
}

const asking = (corrects: string, changes: object = {}) => ({
  ...day,
  corrects,
  pointer: '/occurredAt',
  before: { on: '2026-09-18' },
  after: { on: '2026-09-21' },
  reason: '收文登记簿所记日期为九月二十一日',
  ...changes,
});

const ask = (officer: Officer, id: string, body: object): Promise<Reply> =>
  officer.post(`/v1/assistance/${id}/corrections`, body);

async function asked(officer: Officer, id: string, body: object): Promise<string> {
  const reply = await ask(officer, id, body);
  expect([reply.status, reply.body.code]).toEqual([201, undefined]);
  return idOf(reply.body);
}

/** Decides on what the officer sees now. */
async function decide(
  officer: Officer,
  id: string,
  decision: string,
  { body = day, sent = {} }: { readonly body?: object; readonly sent?: Sent } = {},
): Promise<Reply> {
  const { headers } = await officer.get(`/v1/assistance/${id}`);
  const etag = headers.get('etag') ?? '';
  return officer.post(`/v1/assistance/${id}/corrections/${decision}`, body, { headers: { 'if-match': etag }, ...sent });
}

const refusal = { ...day, reason: '收文章上的日期清晰可辨' };
const file = async (id: string, officer = wu) => (await officer.get(`/v1/assistance/${id}`)).body;
const timeline = async (id: string, officer = wu) => (await officer.get(`/v1/assistance/${id}/timeline`)).body.entries;
const outcome = ({ status, body }: Reply): unknown[] => [status, body.code];

describe('a wrong day of delivery', () => {
  it('moves the due day once another person has approved its correction, and both days are shown', async () => {
    const { id, receipt } = await received();
    expect((await file(id)).assessment.clocks[0]).toMatchObject({ due: '2026-10-09' });
    const request = await asked(wu, id, asking(receipt));
    expect((await file(id)).assessment.clocks[0]).toMatchObject({ due: '2026-10-09' });
    const approved = await decide(zheng, id, `${request}/approval`);
    expect([approved.status, approved.body.revision, approved.headers.get('etag')]).toEqual([201, 3, '"3"']);
    for (const officer of [wu, chen]) {
      expect((await file(id, officer)).assessment.clocks[0]).toMatchObject({
        due: '2026-10-12',
        from: { on: '2026-09-21', event: receipt },
      });
      const entries = await timeline(id, officer);
      expect(entries.map(({ sentence }) => sentence).slice(2)).toEqual([
        '申请更正第2项的“行为发生时间”：由“2026-09-18”改为“2026-09-21”，理由是收文登记簿所记日期为九月二十一日。',
        '准予更正第2项的“行为发生时间”，自此以更正后的内容为准，原记录保留。',
      ]);
      expect(entries[1]).toMatchObject({
        occurredAt: { on: '2026-09-18' },
        sentence: '协助请求送达被请求机关，送达凭证为收文章。',
        corrections: [
          {
            request,
            correctedBy: idOf(approved.body),
            pointer: '/occurredAt',
            field: '行为发生时间',
            before: { on: '2026-09-18' },
            after: { on: '2026-09-21' },
          },
        ],
        nowReads: { occurredAt: { on: '2026-09-21' } },
      });
      expect(entries.filter((entry) => 'corrections' in entry)).toHaveLength(1);
    }
    expect((await file(id)).revision).toBe(3);
    await wu.post(`/v1/assistance/${id}/acceptances`, anAcceptance());
    expect((await timeline(id)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    const { body } = await wu.get(`/v1/assistance/${id}/timeline?revision=4`);
    expect(body.entries.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
  });

  it('stays where its correction was refused, which is then decided for good', async () => {
    const { id, receipt } = await received();
    const request = await asked(wu, id, asking(receipt));
    const refused = await decide(zheng, id, `${request}/refusal`, { body: refusal });
    expect(refused.status).toBe(201);
    expect((await file(id)).assessment.clocks[0]).toMatchObject({ due: '2026-10-09' });
    const entries = await timeline(id);
    expect(entries[1]).not.toHaveProperty('corrections');
    expect(entries.at(-1)?.sentence).toBe('不予更正第2项的“行为发生时间”：收文章上的日期清晰可辨。');
    const late = await decide(xu, id, `${request}/approval`);
    expect(late.body).toMatchObject({
      status: 409,
      code: 'CORRECTION_DECIDED',
      detail: '这项更正申请已经被驳回，不能再次决定。',
      rule: 'XM-19-5',
      article: '厦门市行政协助管理办法（厦府办〔2020〕31号）第十九条',
    });
  });

  it('may be corrected once more: the latest approval holds', async () => {
    const { id, receipt } = await received();
    await decide(zheng, id, `${await asked(wu, id, asking(receipt))}/approval`);
    const again = asking(receipt, { before: { on: '2026-09-21' }, after: { at: '2026-09-22T09:30:00+08:00' } });
    await decide(xu, id, `${await asked(wu, id, again)}/approval`);
    expect((await file(id)).assessment.clocks[0]).toMatchObject({ from: { on: '2026-09-22' } });
    const [, receiptShown] = await timeline(id);
    expect(receiptShown).toMatchObject({
      corrections: [{ after: { on: '2026-09-21' } }, { before: { on: '2026-09-21' } }],
      nowReads: { occurredAt: { at: '2026-09-22T01:30:00.000000Z' } },
    });
  });
});

describe('four eyes', () => {
  it('are of persons: neither who asked nor who recorded or acted decides, whatever their role', async () => {
    const { id } = await received();
    // zheng recorded it, and the paper says that xu acted.
    const acceptance = await zheng.post(`/v1/assistance/${id}/acceptances`, anAcceptance({ by: by('xu.head') }));
    const correction = asking(idOf(acceptance.body), { before: { on: '2026-09-21' }, after: { on: '2026-09-22' } });
    const own = await asked(xu, id, correction);
    expect(outcome(await decide(xu, id, `${own}/approval`))).toEqual([403, 'DECIDER_ASKED']);
    expect(outcome(await decide(xu, id, `${own}/refusal`, { body: refusal }))).toEqual([403, 'DECIDER_ASKED']);
    const anothers = await asked(wu, id, correction);
    for (const officer of [zheng, xu])
      for (const [path, body] of [
        [`${anothers}/approval`, day],
        [`${anothers}/refusal`, refusal],
      ] as const)
        expect((await decide(officer, id, path, { body })).body).toMatchObject({
          status: 403,
          code: 'DECIDER_INVOLVED',
          rule: 'XM-19-5',
        });
    // Nobody else of that organ may decide: the establishment office may.
    expect((await decide(yang, id, `${anothers}/approval`)).status).toBe(201);
  });

  it('count whom the correction itself would name, and who asked for an earlier one that took effect', async () => {
    const { id } = await received();
    const { body } = await wu.post(`/v1/assistance/${id}/acceptances`, anAcceptance());
    const naming = asking(idOf(body), { pointer: '/data/by', before: by('wu.handler'), after: by('zheng.deputy') });
    const request = await asked(wu, id, naming);
    expect(outcome(await decide(zheng, id, `${request}/approval`))).toEqual([403, 'DECIDER_INVOLVED']);
    const other = asking(idOf(body), { before: { on: '2026-09-21' }, after: { on: '2026-09-22' } });
    expect((await decide(zheng, id, `${await asked(xu, id, other)}/approval`)).status).toBe(201);
    const back = asking(idOf(body), { before: { on: '2026-09-22' }, after: { on: '2026-09-21' } });
    const again = await asked(wu, id, back);
    expect(outcome(await decide(xu, id, `${again}/approval`))).toEqual([403, 'DECIDER_INVOLVED']);
    expect((await decide(zheng, id, `${again}/approval`)).status).toBe(201);
  });

  it('are a leading person’s of the organ that recorded: neither its handlers nor the other side decide', async () => {
    const { id, receipt } = await received();
    const request = await asked(wu, id, asking(receipt));
    expect(outcome(await decide(here.as('chen.handler'), id, `${request}/approval`))).toEqual([403, 'NOT_ENTITLED']);
    expect(outcome(await decide(here.as('huang.head'), id, `${request}/approval`))).toEqual([
      404,
      'CORRECTION_UNKNOWN',
    ]);
  });
});

describe('a correction is not recorded', () => {
  it('of what the other side recorded, or of what is not there: nobody learns which', async () => {
    const { id, receipt } = await received();
    const answers = await Promise.all([receipt, randomUUID()].map((fact) => ask(chen, id, asking(fact))));
    expect(answers.map(outcome)).toEqual([
      [409, 'FACT_UNKNOWN'],
      [409, 'FACT_UNKNOWN'],
    ]);
  });

  it('of a correction', async () => {
    const { id, receipt } = await received();
    const request = await asked(wu, id, asking(receipt));
    const answer = await ask(wu, id, asking(request));
    expect(answer.body).toMatchObject({ status: 409, code: 'CORRECTS_CORRECTION', rule: 'XM-19-5' });
  });

  it.each([
    ['/data/requesting', 'FIELD_NOT_CORRECTABLE'],
    ['/data/judged', 'FIELD_NOT_CORRECTABLE'],
    ['/data/judged/0/due', 'FIELD_NOT_CORRECTABLE'],
    ['/data/counterparties/0/subject', 'FIELD_NOT_CORRECTABLE'],
    ['/data/nothing', 'FIELD_NOT_CORRECTABLE'],
    ['/data/constructor', 'FIELD_NOT_CORRECTABLE'],
    ['/occurredAt/on', 'FIELD_NOT_CORRECTABLE'],
    ['/data', 'FIELD_NOT_CORRECTABLE'],
    ['/recorder/person', 'FIELD_NOT_CORRECTABLE'],
    ['/data/materials/0/name', 'FIELD_NOT_THERE'],
    ['/data/grounds/2', 'FIELD_NOT_THERE'],
  ])('of %s: %s', async (pointer, code) => {
    const { id, opening } = await received();
    const { before: _before, ...body } = asking(opening, { pointer, after: '新值' });
    const answer = await ask(chen, id, body);
    expect([...outcome(answer), answer.body.errors?.[0]?.pointer]).toEqual([422, code, '/pointer']);
  });

  it.each<[string, object, unknown[]]>([
    ['another value than stands there', { before: { on: '2026-09-17' } }, [409, 'BEFORE_DIFFERS', '/before']],
    ['no value where one stands', { before: undefined }, [409, 'BEFORE_DIFFERS', '/before']],
    ['the same value again', { after: { on: '2026-09-18' } }, [422, 'AFTER_UNCHANGED', '/after']],
    ['a day that is none', { after: { on: '2026-02-30' } }, [422, 'AFTER_MALFORMED', '/after']],
    ['a day to come', { after: { on: '2999-01-01' } }, [422, 'AFTER_IN_FUTURE', '/after']],
    ['no time at all', { after: undefined }, [422, 'AFTER_MALFORMED', '/after']],
    [
      'a code the pack does not have',
      { pointer: '/data/proof/kind', before: 'stamp', after: 'rumour' },
      [422, 'UNKNOWN_CODE', '/after'],
    ],
    [
      'a value of another type',
      { pointer: '/data/proof/kind', before: 'stamp', after: 7 },
      [422, 'AFTER_MALFORMED', '/after'],
    ],
    [
      'an unregistered person',
      { pointer: '/data/by', before: undefined, after: { ...by('wu.handler'), person: randomUUID() } },
      [422, 'UNKNOWN_PERSON', '/after'],
    ],
  ])('with %s', async (_what, changes, expected) => {
    const { id, receipt } = await received();
    const answer = await ask(wu, id, asking(receipt, changes));
    expect([...outcome(answer), answer.body.errors?.[0]?.pointer]).toEqual(expected);
    expect((await file(id)).revision).toBe(1);
  });

  it('that a decision of the system would refuse: a request to oneself, or of a day without law', async () => {
    const { id, opening } = await received();
    const { requested } = (await file(id)).particulars as { requested: string };
    const asker = organ(ASKING);
    const own = await ask(chen, id, asking(opening, { pointer: '/data/requested', before: requested, after: asker }));
    expect(outcome(own)).toEqual([409, 'SAME_ORGAN']);
    const early = asking(opening, { before: { on: '2026-09-17' }, after: { on: '2019-01-01' } });
    expect(outcome(await ask(chen, id, early))).toEqual([409, 'NO_LAW_IN_FORCE']);
  });

  it('when another of the same field took effect meanwhile', async () => {
    const { id, receipt } = await received();
    const first = await asked(wu, id, asking(receipt));
    const second = await asked(wu, id, asking(receipt, { after: { on: '2026-09-22' } }));
    const elsewhere = await asked(
      wu,
      id,
      asking(receipt, { pointer: '/data/proof/kind', before: 'stamp', after: 'systemLog' }),
    );
    expect((await decide(zheng, id, `${first}/approval`)).status).toBe(201);
    expect(outcome(await decide(zheng, id, `${second}/approval`))).toEqual([409, 'CORRECTION_OVERTAKEN']);
    expect((await decide(zheng, id, `${elsewhere}/approval`)).status).toBe(201);
    expect(outcome(await decide(zheng, id, `${first}/approval`))).toEqual([409, 'CORRECTION_DECIDED']);
    // What an address names and is not there, is not found, whether it could be or not; as a case is.
    for (const request of [randomUUID(), 'None', '__proto__', '%00'])
      for (const [decision, body] of [
        ['approval', day],
        ['refusal', refusal],
      ] as const)
        expect(outcome(await decide(zheng, id, `${request}/${decision}`, { body }))).toEqual([
          404,
          'CORRECTION_UNKNOWN',
        ]);
  });

  it('without the version that the decision was taken on', async () => {
    const { id, receipt } = await received();
    const path = `/v1/assistance/${id}/corrections/${await asked(wu, id, asking(receipt))}/approval`;
    expect(outcome(await zheng.post(path, day))).toEqual([428, 'IF_MATCH_REQUIRED']);
    expect(outcome(await zheng.post(path, day, { headers: { 'if-match': '"1"' } }))).toEqual([412, 'IF_MATCH_STALE']);
  });
});

describe('what is sealed', () => {
  it('is corrected without telling what stood there, and reads as corrected for whoever may read it', async () => {
    const { body } = await chen.post('/v1/assistance', aRequest({ counterparties: [{ name: '误写的姓名' }] }));
    const pointer = '/data/counterparties/0/name';
    const told = asking(idOf(body), { pointer, before: '误写的姓名', after: '正确的姓名' });
    expect(outcome(await ask(chen, body.case, told))).toEqual([422, 'BEFORE_SEALED']);
    const request = await asked(chen, body.case, { ...told, before: undefined });
    expect((await decide(here.as('huang.head'), body.case, `${request}/approval`)).status).toBe(201);
    expect((await file(body.case)).particulars).toMatchObject({ counterparties: [{ name: '正确的姓名' }] });
    const [opening, correction] = await timeline(body.case);
    expect(opening).toMatchObject({
      fact: { counterparties: [{ name: '误写的姓名' }] },
      corrections: [{ field: '相对人名称', before: '误写的姓名', after: '正确的姓名' }],
    });
    expect(opening?.nowReads?.sentence).toContain('涉及行政相对人正确的姓名');
    expect(correction?.sentence).toContain('改为“正确的姓名”');
  });

  it('takes a new element of a list as the system would store it, a person under a key of their own', async () => {
    const { body } = await chen.post('/v1/assistance', aRequest({ counterparties: [{ name: '甲' }] }));
    const pointer = '/data/counterparties/1';
    const { before: _before, ...added } = asking(idOf(body), { pointer, after: { name: '乙', contact: '示例电话' } });
    await decide(here.as('huang.head'), body.case, `${await asked(chen, body.case, added)}/approval`);
    const { counterparties } = (await file(body.case)).particulars as { counterparties: { subject: string }[] };
    expect(counterparties).toMatchObject([{ name: '甲' }, { name: '乙', contact: '示例电话' }]);
    expect(new Set(counterparties.map(({ subject }) => subject)).size).toBe(2);
    const { before: _b, after: _a, ...removed } = asking(idOf(body), { pointer: '/data/counterparties/0' });
    await decide(here.as('huang.head'), body.case, `${await asked(chen, body.case, removed)}/approval`);
    expect((await file(body.case)).particulars).toMatchObject({ counterparties: [{ name: '乙' }] });
  });
});

it('tells the other side nothing of a correction of an internal step, until it has been fed back', async () => {
  const { id } = await received();
  const step = await wu.post(`/v1/assistance/${id}/steps`, aStep());
  const change = asking(idOf(step.body), { before: { on: '2026-09-22' }, after: { on: '2026-09-23' } });
  const reply = await ask(wu, id, change);
  const decided = await decide(zheng, id, `${idOf(reply.body)}/approval`);
  expect((await timeline(id)).map(({ type }) => type).slice(2)).toEqual([
    'AssistanceStepRecorded',
    'CorrectionRequested',
    'FactCorrected',
  ]);
  expect((await timeline(id, chen)).map(({ type }) => type)).toEqual([
    'AssistanceRequested',
    'AssistanceRequestDelivered',
  ]);
  for (const { body } of [reply, decided]) {
    const path = `/v1/assistance/${id}/commands/${body.commandId}`;
    expect([(await wu.get(path)).body.status, (await chen.get(path)).body.status]).toEqual(['recorded', 'unknown']);
  }
});

it('gives a repeated decision its first answer', async () => {
  const { id, receipt } = await received();
  const path = `/v1/assistance/${id}/corrections/${await asked(wu, id, asking(receipt))}/approval`;
  const sent = { key: randomUUID(), headers: { 'if-match': '"2"' } };
  const first = await zheng.post(path, day, sent);
  const second = await zheng.post(path, day, sent);
  expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
});
