import { randomUUID } from 'node:crypto';
import {
  aRequest,
  aStep,
  by,
  organ,
  rawBytes,
  rawRequest,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;
let id = '';

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  id = (await chen.post('/v1/assistance', aRequest())).body.case;
}, 60_000);

afterAll(() => here.end(), 60_000);

/** Events in the log: nothing that is refused may add one. */
async function eventsLogged(): Promise<number> {
  let count = 0;
  for await (const _event of here.service.runtime.log.log.readAll()) count += 1;
  return count;
}

/** A problem as RFC 9457 has it, with what every one of ours carries. */
function expectProblem({ headers, body, status }: Reply, expected: number, code: string): void {
  expect([status, body.code]).toEqual([expected, code]);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body).toMatchObject({ type: `urn:kesu:problem:${code}`, status: expected });
  expect(body.title).toMatch(/^[\u4e00-\u9fff]+$/);
  expect(body.detail).toMatch(/[\u4e00-\u9fff]{3}/);
  expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:|at [A-Z]\w+\./);
}

const steps = (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Reply> =>
  wu.post(`/v1/assistance/${id}/steps`, {}, { raw, headers });
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const withStep = (step: string): string =>
  `{"occurredAt":{"on":"2026-09-22"},"by":${JSON.stringify(by('wu.handler'))},"step":${step}}`;

type Refused = readonly [body: string | Uint8Array, status: number, code: string, pointer?: string];

const BODIES: Readonly<Record<string, Refused>> = {
  nothing: ['', 400, 'BODY_NOT_JSON'],
  'a word': ['step', 400, 'BODY_NOT_JSON'],
  'half an object': ['{"step":"', 400, 'BODY_NOT_JSON'],
  'a trailing comma': ['{"step":"a",}', 400, 'BODY_NOT_JSON'],
  null: ['null', 400, 'BODY_NOT_JSON'],
  'a number': ['1', 400, 'BODY_NOT_JSON'],
  'a text': ['"step"', 400, 'BODY_NOT_JSON'],
  'a list': ['[]', 400, 'BODY_NOT_JSON'],
  'a list of the command': [`[${withStep('"办理"')}]`, 400, 'BODY_NOT_JSON'],
  'a NUL': ['\u0000', 400, 'BODY_NOT_JSON'],
  'bytes that are no UTF-8': [Buffer.from('{"step":"\u00ff\u00fe"}', 'latin1'), 400, 'BODY_NOT_JSON'],
  'more than 64 KiB': [withStep(`"${'长'.repeat(30_000)}"`), 413, 'BODY_TOO_LARGE'],
  'a thousand levels': [`{"step":${nested(1000)}}`, 400, 'BODY_NOT_STORABLE'],
  'thirty thousand levels': [`{"step":${nested(30_000)}}`, 400, 'BODY_NOT_STORABLE'],
  'a fraction': [withStep('1.5'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a number beyond 2^53': [withStep('9007199254740993'), 400, 'BODY_NOT_STORABLE', '/step'],
  'an infinite number': [withStep('1e999'), 400, 'BODY_NOT_STORABLE', '/step'],
  'minus zero': [withStep('-0'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a lone surrogate': [withStep('"\\ud800"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'text that is not NFC': [withStep('"e\u0301tat"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a key that is not NFC': ['{"e\u0301":1}', 400, 'BODY_NOT_STORABLE'],
  'an integer-like key': ['{"0":1}', 400, 'BODY_NOT_STORABLE', '/0'],
  'a key named __proto__': ['{"__proto__":{"admin":true}}', 400, 'BODY_NOT_JSON'],
  'a key named __proto__, escaped': ['{"\\u005f_proto__":{"admin":true}}', 400, 'BODY_NOT_JSON'],
  'a key named constructor': ['{"constructor":{"prototype":{"admin":true}}}', 400, 'BODY_NOT_JSON'],
  'a key named prototype': ['{"prototype":1}', 400, 'BODY_NOT_STORABLE', '/prototype'],
};

it.each(Object.entries(BODIES))(
  'a body that is %s is refused and adds nothing',
  async (_name, [body, status, code, pointer]) => {
    const before = await eventsLogged();
    const reply = await steps(body);
    expectProblem(reply, status, code);
    if (pointer !== undefined) expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
    expect(await eventsLogged()).toBe(before);
  },
);

const FIELDS: readonly (readonly [name: string, changes: object, pointer: string])[] = [
  ['an unknown field', { colour: 'red' }, '/colour'],
  ['an unknown field of a part', { by: { ...by('wu.handler'), rank: 1 } }, '/by/rank'],
  ['a missing field', { step: undefined }, '/step'],
  ['a field that is null', { step: null }, '/step'],
  ['an empty text', { step: '' }, '/step'],
  ['a blank text', { step: '\u3000 \t' }, '/step'],
  ['a text that is a list', { step: ['办理'] }, '/step'],
  ['a text that is an object', { step: { toString: '办理' } }, '/step'],
  ['a text that is too long', { step: '长'.repeat(2001) }, '/step'],
  ['a text with a bidi control', { step: '办理\u202e过办' }, '/step'],
  ['a text with a bidi isolate', { step: '办理\u2066' }, '/step'],
  ['a text with a NUL', { step: '办\u0000理' }, '/step'],
  ['a text with an escape', { step: '\u001b[31m办理' }, '/step'],
  ['a text with a byte order mark', { step: '\ufeff办理' }, '/step'],
  ['a part that is a text', { by: 'wu.handler' }, '/by'],
  ['a part that is a list', { by: [by('wu.handler')] }, '/by'],
  ['a part that is null', { by: null }, '/by'],
  ['an id in upper case', { by: { ...by('wu.handler'), person: by('wu.handler').person.toUpperCase() } }, '/by/person'],
  ['an id that is a number', { by: { ...by('wu.handler'), organ: 7 } }, '/by/organ'],
  ['no time', { occurredAt: undefined }, '/occurredAt'],
  ['a time that is a text', { occurredAt: '2026-09-22' }, '/occurredAt'],
  ['a time of both kinds', { occurredAt: { on: '2026-09-22', at: '2026-09-22T08:00:00Z' } }, '/occurredAt'],
  ['a time of neither kind', { occurredAt: {} }, '/occurredAt'],
  ['a day that does not exist', { occurredAt: { on: '2026-02-30' } }, '/occurredAt'],
  ['a leap day of no leap year', { occurredAt: { on: '2025-02-29' } }, '/occurredAt'],
  ['a month that does not exist', { occurredAt: { on: '2026-13-01' } }, '/occurredAt'],
  ['a day written otherwise', { occurredAt: { on: '2026/09/22' } }, '/occurredAt'],
  ['a day that is a moment', { occurredAt: { on: '2026-09-22T00:00:00Z' } }, '/occurredAt'],
  ['a moment without an offset', { occurredAt: { at: '2026-09-22T08:00:00' } }, '/occurredAt'],
  ['a moment in a leap second', { occurredAt: { at: '2026-06-30T23:59:60Z' } }, '/occurredAt'],
  ['a moment at 24 o’clock', { occurredAt: { at: '2026-09-22T24:00:00Z' } }, '/occurredAt'],
  ['a moment with an impossible offset', { occurredAt: { at: '2026-09-22T08:00:00+25:00' } }, '/occurredAt'],
];

it.each(FIELDS)('%s is refused where it stands', async (_name, changes, pointer) => {
  const before = await eventsLogged();
  const reply = await wu.post(`/v1/assistance/${id}/steps`, { ...aStep(), ...changes });
  expectProblem(reply, 400, 'BODY_INVALID');
  expect(reply.body.errors?.map((error) => error.pointer)).toContain(pointer);
  for (const { message } of reply.body.errors ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect(await eventsLogged()).toBe(before);
});

const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
const MEANINGS: readonly (readonly [
  name: string,
  changes: object,
  status: number,
  code: string,
  pointer: string | undefined,
])[] = [
  ['a day to come', { occurredAt: { on: tomorrow } }, 422, 'OCCURRED_IN_FUTURE', '/occurredAt'],
  [
    'a moment to come',
    { occurredAt: { at: new Date(Date.now() + 60_000).toISOString() } },
    422,
    'OCCURRED_IN_FUTURE',
    '/occurredAt',
  ],
  ['a day before the law', { occurredAt: { on: '2020-04-09' } }, 409, 'NO_LAW_IN_FORCE', '/requested'],
  ['an organ nobody knows', { requested: randomUUID() }, 422, 'UNKNOWN_ORGAN', '/requested'],
  ['the own organ', { requested: organ('厦门市市场监督管理局') }, 409, 'SAME_ORGAN', '/requested'],
  ['a form nobody knows', { form: 'pigeon' }, 422, 'UNKNOWN_CODE', '/form'],
  ['a form of the prototype', { form: 'constructor' }, 422, 'UNKNOWN_CODE', '/form'],
  [
    'a ground nobody knows',
    { grounds: [{ code: 'XM-9-2' }, { code: 'XM-9-9' }] },
    422,
    'UNKNOWN_CODE',
    '/grounds/1/code',
  ],
  ['another ground without a note', { grounds: [{ code: 'XM-9-6' }] }, 422, 'NOTE_REQUIRED', '/grounds/0/note'],
  ['a class nobody knows', { matterClasses: ['ordinary', 'secret'] }, 422, 'UNKNOWN_CODE', '/matterClasses/1'],
  [
    'a person nobody knows',
    { by: { ...by('chen.handler'), person: randomUUID() } },
    422,
    'UNKNOWN_PERSON',
    '/by/person',
  ],
  [
    'a person’s organ nobody knows',
    { by: { ...by('chen.handler'), organ: randomUUID() } },
    422,
    'UNKNOWN_ORGAN',
    '/by/organ',
  ],
];

it.each(MEANINGS)(
  'a request that names %s is refused with its reason',
  async (_name, changes, ...[status, code, pointer]) => {
    const before = await eventsLogged();
    const reply = await chen.post('/v1/assistance', aRequest(changes as Record<string, unknown>));
    expectProblem(reply, status, code);
    expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
    expect(await eventsLogged()).toBe(before);
  },
);

it('a time of today is no time to come, in Shanghai', async () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const reply = await wu.post(`/v1/assistance/${id}/steps`, aStep({ occurredAt: { on: today } }));
  expect(reply.status).toBe(201);
});

it.each([
  ['none', '', 400, 'IDEMPOTENCY_KEY_REQUIRED'],
  ['a blank', ' ', 400, 'IDEMPOTENCY_KEY_REQUIRED'],
  ['one of 129 characters', 'k'.repeat(129), 400, 'IDEMPOTENCY_KEY_MALFORMED'],
  ['one with a space', 'a b', 400, 'IDEMPOTENCY_KEY_MALFORMED'],
  ['an empty one in quotes', '""', 400, 'IDEMPOTENCY_KEY_MALFORMED'],
])('an Idempotency-Key that is %s is refused', async (_name, key, status) => {
  const reply = await wu.post(`/v1/assistance/${id}/steps`, aStep(), { headers: { 'idempotency-key': key } });
  expect([reply.status, reply.body.code]).toEqual([status, expect.stringMatching(/^IDEMPOTENCY_KEY_/)]);
});

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'json',
])('a body of type %s is refused', async (type) =>
  expectProblem(await steps(withStep('"办理"'), { 'content-type': type }), 415, 'CONTENT_TYPE_UNSUPPORTED'),
);

describe('an address', () => {
  const junk = [
    ['/v1/nothing', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/assistance/%zz', 400, 'REQUEST_INVALID'],
    ['/v1/assistance/%ff', 400, 'REQUEST_INVALID'],
    ['/v1/assistance/%00', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/..%2f..%2fetc%2fpasswd', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/11111111-2222-4333-8444-55555555555F', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/__proto__', 404, 'CASE_NOT_FOUND'],
    [`/v1/assistance/${'a'.repeat(200)}`, 400, 'REQUEST_INVALID'],
    ['/V1/ASSISTANCE', 404, 'ROUTE_NOT_FOUND'],
    ['//v1/assistance', 404, 'ROUTE_NOT_FOUND'],
  ] as const;

  it.each(junk)('%s is answered with a problem', async (path, status, code) => {
    const {
      status: told,
      body,
      headers,
    } = await rawRequest(here.url, { method: 'GET', path, headers: await chen.authorization() });
    expect([told, body.code]).toEqual([status, code]);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body.detail).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('takes no %s', async (method) => {
    const path = `/v1/assistance/${id}`;
    const { status, body } = await rawRequest(here.url, { method, path, headers: await chen.authorization() });
    expect([status, body.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  it('answers HEAD as GET, without a body', async () => {
    const path = `/v1/assistance/${id}/commands/none`;
    const { status, text, headers } = await rawRequest(here.url, {
      method: 'HEAD',
      path,
      headers: await chen.authorization(),
    });
    expect([status, text, headers['cache-control']]).toEqual([200, '', 'no-store']);
  });
});

it.each([
  ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n'],
  ['a header without a colon', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n'],
  ['two lengths', 'POST /v1/assistance HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na'],
  [
    'a length and chunks',
    'POST /v1/assistance HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a header of 64 KiB', `GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(65_536)}\r\n\r\n`],
  ['a NUL in a header', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: \u0000\r\n\r\n'],
])('%s ends that connection and no other', async (_name, bytes) => {
  const said = await rawBytes(here.url, bytes);
  expect(said).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  expect((await chen.get(`/v1/assistance/${id}/commands/none`)).status).toBe(200);
});

it('has recorded nothing of all this in the case but what was acknowledged', async () => {
  const { body } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
  expect(body.revision).toBe(2);
});
