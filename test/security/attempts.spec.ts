import { randomUUID } from 'node:crypto';
import { commandIdOf, uuid, type LoggedEvent } from '#libs/kernel';
import { DEVELOPMENT_ISSUER } from '#libs/platform';
import {
  aClosure,
  appointment,
  aRequest,
  aStep,
  person,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';
import { eventsLogged } from './expected.js';

/* What persons are refused stands in the attempt log before they are told; what is malformed does not. */

let here: ServiceHere;
let chen: Officer;
let wu: Officer;
let id = '';

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api', KESU_REFUSALS_PER_MINUTE: '1000' });
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  id = (await chen.post('/v1/assistance', aRequest())).body.case;
}, 60_000);

afterAll(() => here.end(), 60_000);

async function attempts(): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  for await (const event of here.service.runtime.log.attempts.readAll()) found.push(event);
  return found;
}

const commandId = (account: string, path: string, key: string): string =>
  commandIdOf({ issuer: DEVELOPMENT_ISSUER, person: uuid(person(account)), method: 'POST', path, key });

type Refused = readonly [
  name: string,
  account: string,
  path: () => string,
  body: object,
  headers: Record<string, string>,
  expected: readonly [status: number, code: string, route: string, pointer?: string],
];

const STEPS = 'POST /v1/assistance/:id/steps';
const nobody = randomUUID();
const on = { occurredAt: { on: '2026-09-22' } };
const REFUSED: readonly Refused[] = [
  [
    'a field no pack knows',
    'chen.handler',
    () => '/v1/assistance',
    aRequest({ form: 'pigeon' }),
    {},
    [422, 'UNKNOWN_CODE', 'POST /v1/assistance', '/form'],
  ],
  [
    'a day to come',
    'wu.handler',
    () => `/v1/assistance/${id}/steps`,
    aStep({ occurredAt: { on: '9999-01-01' } }),
    {},
    [422, 'OCCURRED_IN_FUTURE', STEPS, '/occurredAt'],
  ],
  [
    'a fact of the other side',
    'chen.handler',
    () => `/v1/assistance/${id}/steps`,
    aStep(),
    {},
    [403, 'NOT_ENTITLED', STEPS],
  ],
  [
    'a case that is not theirs to know',
    'liu.head',
    () => `/v1/assistance/${id}/steps`,
    aStep(),
    {},
    [404, 'CASE_NOT_FOUND', STEPS],
  ],
  [
    'a case that does not exist',
    'wu.handler',
    () => `/v1/assistance/${nobody}/steps`,
    aStep(),
    {},
    [404, 'CASE_NOT_FOUND', STEPS],
  ],
  [
    'a case that cannot exist',
    'wu.handler',
    () => '/v1/assistance/no-case/steps',
    aStep(),
    {},
    [404, 'CASE_NOT_FOUND', STEPS],
  ],
  [
    'a decision without what was seen',
    'wu.handler',
    () => `/v1/assistance/${id}/closure`,
    aClosure(),
    {},
    [428, 'IF_MATCH_REQUIRED', 'POST /v1/assistance/:id/closure'],
  ],
  [
    'a decision on what has passed',
    'wu.handler',
    () => `/v1/assistance/${id}/closure`,
    aClosure(),
    { 'if-match': '"7"' },
    [412, 'IF_MATCH_STALE', 'POST /v1/assistance/:id/closure'],
  ],
  [
    'an appointment that is not theirs',
    'wu.handler',
    () => `/v1/assistance/${id}/steps`,
    aStep(),
    { 'kesu-acting-as': appointment('chen.handler').id },
    [403, 'ACTING_AS_NOT_HELD', STEPS],
  ],
  [
    'the operator’s business',
    'wu.handler',
    () => '/v1/operations/rebuilds',
    {},
    {},
    [403, 'NOT_ENTITLED', 'POST /v1/operations/rebuilds'],
  ],
];

it.each(REFUSED)('keeps that somebody was refused: %s', async (...refused) => {
  const [, account, path, body, headers, expected] = refused;
  const [status, code, route, pointer] = expected;
  const before = [(await attempts()).length, await eventsLogged(here)];
  const key = randomUUID();
  const send = (): Promise<Reply> => here.as(account).post(path(), body, { key, headers });
  const reply = await send();
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  const kept = (await attempts()).slice(before[0]);
  expect(kept.map(({ data }) => data)).toEqual([{ route, code, ...(pointer === undefined ? {} : { pointer }) }]);
  const { stream, type, revision, metadata } = kept[0] as LoggedEvent;
  const command = commandId(account, path(), key);
  expect({ stream, type, revision }).toEqual({
    stream: `${here.ledger}attempts_command-${command}`,
    type: 'CommandRefused',
    revision: 0,
  });
  const recorder = { person: person(account), issuer: DEVELOPMENT_ISSUER };
  expect(metadata).toMatchObject({ commandId: command, recorder });
  // Once more, and in the ledger nothing either time.
  expect((await send()).body.code).toBe(code);
  expect([(await attempts()).length - (before[0] ?? 0), await eventsLogged(here)]).toEqual([1, before[1]]);
});

it('keeps no word of what was sent', async () => {
  const secret = '钱鲲骋砺35020319900307771X';
  await wu.post(`/v1/assistance/${nobody}/steps?${encodeURIComponent(secret)}`, aStep({ step: secret }), {
    key: 'Q350203',
    headers: { 'x-request-id': 'R350203', 'user-agent': secret.slice(4), 'if-match': '"35020"' },
  });
  const last = (await attempts()).at(-1);
  expect(Object.keys(last?.data ?? {}).sort()).toEqual(['code', 'route']);
  expect(JSON.stringify(last)).not.toMatch(/钱鲲|350203|"35020"/);
});

it.each<[string, () => Promise<Reply>, number]>([
  ['a malformed body', () => wu.post(`/v1/assistance/${id}/steps`, {}), 400],
  ['no JSON', () => wu.post(`/v1/assistance/${id}/steps`, {}, { raw: '{' }), 400],
  ['no key', () => wu.post(`/v1/assistance/${id}/steps`, aStep(), { headers: { 'idempotency-key': '' } }), 400],
  ['no token', () => wu.post(`/v1/assistance/${id}/steps`, aStep(), { headers: { authorization: '' } }), 401],
  ['a reading', () => here.as('liu.head').get(`/v1/assistance/${id}`), 404],
  ['no address', () => wu.post('/v1/nothing', {}), 404],
])('only counts %s', async (_name, send, status) => {
  const before = (await attempts()).length;
  expect((await send()).status).toBe(status);
  expect((await attempts()).length).toBe(before);
});

describe('a command that was refused', () => {
  const path = () => `/v1/assistance/${id}/closure`;
  const asked = async (officer: Officer, command: string, about = id) =>
    officer.get(`/v1/assistance/${about}/commands/${command}`);

  it('is decided again, keeps each reason once, and is recorded when nothing stands against it any more', async () => {
    const key = randomUUID();
    const command = commandId('wu.handler', path(), key);
    const close = (match?: string) =>
      wu.post(path(), aClosure(), { key, headers: match === undefined ? {} : { 'if-match': match } });
    expect((await asked(wu, command)).body).toEqual({ mode: '开发', status: 'unknown' });
    for (const [match, code] of [
      [undefined, 'IF_MATCH_REQUIRED'],
      ['"9"', 'IF_MATCH_STALE'],
      [undefined, 'IF_MATCH_REQUIRED'],
    ] as const)
      expect((await close(match)).body.code).toBe(code);
    const refused = await asked(wu, command);
    expect(refused.body).toEqual({
      mode: '开发',
      status: 'refused',
      refusals: [
        {
          code: 'IF_MATCH_REQUIRED',
          at: expect.any(String),
          says: '作出决定须带 If-Match 请求头，写明所看到的版本（ETag）',
        },
        { code: 'IF_MATCH_STALE', at: expect.any(String), says: '已更新到版本 ……，请查看后再作决定' },
      ],
    });
    const { body } = await asked(wu, 'none');
    expect(body.status).toBe('unknown');
    expect((await close('"0"')).status).toBe(201);
    const recorded = await asked(wu, command);
    expect(recorded.body).toMatchObject({ status: 'recorded', answer: { commandId: command, revision: 1 } });
    // Under another case's address it is nothing: neither recorded there nor refused there.
    expect((await asked(wu, command, nobody)).body).toEqual({ mode: '开发', status: 'unknown' });
  });

  it('that was to open a case is told to its sender, with the place of the fault', async () => {
    const key = randomUUID();
    const { body } = await chen.post('/v1/assistance', aRequest({ grounds: [{ code: 'XM-9-9' }] }), { key });
    const command = commandId('chen.handler', '/v1/assistance', key);
    const [event] = await here.service.runtime.log.log.readStream(`${here.ledger}attempts_command-${command}` as never);
    const told = await asked(chen, command, event?.metadata.$correlationId as string);
    expect(told.body).toEqual({
      mode: '开发',
      status: 'refused',
      refusals: [
        {
          code: body.code,
          pointer: '/grounds/0/code',
          at: event?.metadata.recordedAt,
          says: '本案适用的规则包中没有代码“……”。',
        },
      ],
    });
    for (const account of ['wu.handler', 'huang.head', 'luo.operator'])
      expect((await asked(here.as(account), command, event?.metadata.$correlationId as string)).body.status).toBe(
        'unknown',
      );
  });

  it('names itself and where to ask, whatever it is refused for but that the case may not be known', async () => {
    const { revision } = (await wu.post(`/v1/assistance/${id}/steps`, aStep())).body;
    const steps = `/v1/assistance/${id}/steps`;
    const seen = { 'if-match': `"${revision}"` };
    const refused: readonly (readonly [Officer, string, object, number, Record<string, string>?])[] = [
      [wu, path(), aClosure(), 428],
      [wu, path(), aClosure(), 412, { 'if-match': '"0"' }],
      [wu, steps, aStep({ occurredAt: { on: '9999-01-01' } }), 422],
      [wu, path(), aClosure(), 409, seen],
      [wu, `/v1/assistance/${id}/corrections/None/approval`, on, 403, seen],
      [here.as('xu.head'), `/v1/assistance/${id}/corrections/None/approval`, on, 404, seen],
      [chen, steps, aStep(), 403],
      [chen, '/v1/assistance', aRequest({ form: 'pigeon' }), 422],
      [here.as('he.registrar'), '/v1/register/renamings', { ...on, person: nobody, name: '新' }, 422],
    ];
    for (const [officer, to, body, status, headers = {}] of refused) {
      const key = randomUUID();
      const reply = await officer.post(to, body, { key, headers });
      const { commandId: named, statusUrl = '' } = reply.body;
      expect([to, reply.status, named]).toEqual([to, status, commandId(officer.account, to, key)]);
      const told = (await officer.get(statusUrl)).body as unknown as { status: string; refusals: object[] };
      expect([to, told.status, told.refusals]).toEqual([
        to,
        'refused',
        [expect.objectContaining({ code: reply.body.code })],
      ]);
    }
    for (const about of [id, nobody]) {
      const { status, body } = await here.as('liu.head').post(`/v1/assistance/${about}/steps`, aStep());
      expect([status, Object.keys(body).sort()]).toEqual([
        404,
        ['code', 'detail', 'status', 'title', 'traceId', 'type'],
      ]);
    }
  });

  it('is told with the rule it was refused by', async () => {
    const key = randomUUID();
    const ask = { ...on, corrects: randomUUID(), pointer: '/data/step', reason: '有误' };
    const { body } = await wu.post(`/v1/assistance/${id}/corrections`, ask, { key });
    const told = (await asked(wu, body.commandId)).body as unknown as { refusals: object[] };
    expect(told.refusals).toEqual([
      {
        code: 'FACT_UNKNOWN',
        pointer: '/corrects',
        rule: 'XM-19-5',
        article: '厦门市行政协助管理办法（厦府办〔2020〕31号）第十九条',
        at: expect.any(String),
        says: body.detail,
      },
    ]);
  });

  it('is told to supervision too, which says what for', async () => {
    const key = randomUUID();
    await here.as('liu.head').post(path(), aClosure(), { key });
    const command = commandId('liu.head', path(), key);
    expect((await asked(here.as('liu.head'), command)).body.status).toBe('refused');
    expect((await asked(wu, command)).body.status).toBe('unknown');
    const [yang, xie] = [here.as('yang.supervisor'), here.as('xie.auditor')];
    for (const officer of [yang, xie]) {
      expect((await asked(officer, command)).body.code).toBe('PURPOSE_REQUIRED');
      expect((await asked(officer.with({ 'kesu-purpose': 'audit' }), command)).body.status).toBe('refused');
    }
  });

  it('stays known after a restart', async () => {
    const key = randomUUID();
    await wu.post(`/v1/assistance/${nobody}/steps`, aStep(), { key });
    await here.restart();
    const command = commandId('wu.handler', `/v1/assistance/${nobody}/steps`, key);
    expect((await asked(wu, command, nobody)).body.status).toBe('refused');
  });
});
