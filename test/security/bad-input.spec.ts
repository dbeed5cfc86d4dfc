import { randomUUID } from 'node:crypto';
import {
  aRequest,
  aStep,
  by,
  organ,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';
import { attemptsLogged, eventsLogged, expectProblem } from './expected.js';

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
  null: ['null', 400, 'BODY_NOT_OBJECT'],
  'a number': ['1', 400, 'BODY_NOT_OBJECT'],
  'a text': ['"step"', 400, 'BODY_NOT_OBJECT'],
  'a list': ['[]', 400, 'BODY_NOT_OBJECT'],
  'a list of the command': [`[${withStep('"办理"')}]`, 400, 'BODY_NOT_OBJECT'],
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
  'a lone low surrogate': [withStep('"办\\udfff理"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'surrogates the wrong way round': [withStep('"\\udc00\\ud800"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a lone surrogate in a key': ['{"\\ud800":1}', 400, 'BODY_NOT_STORABLE', '/\ufffd'],
  'a lone surrogate in a key said twice': ['{"\\ud800":1,"\\ud800":1}', 400, 'BODY_MEMBER_REPEATED', '/\ufffd'],
  'a lone surrogate as bytes': [Buffer.from('{"step":"\u00ed\u00a0\u0080"}', 'latin1'), 400, 'BODY_NOT_JSON'],
  'an overlong encoding': [Buffer.from('{"step":"\u00c0\u00af"}', 'latin1'), 400, 'BODY_NOT_JSON'],
  'a byte order mark before it': [`\ufeff${withStep('"办理"')}`, 400, 'BODY_NOT_JSON'],
  'two values': [`${withStep('"办理"')}${withStep('"办理"')}`, 400, 'BODY_NOT_JSON'],
  'a comment': [`/* */${withStep('"办理"')}`, 400, 'BODY_NOT_JSON'],
  'a key said twice': [withStep('"办理","step":"不办"'), 400, 'BODY_MEMBER_REPEATED', '/step'],
  'a key said twice, once escaped': [withStep('"办理","st\\u0065p":"不办"'), 400, 'BODY_MEMBER_REPEATED', '/step'],
  'a key of a part said twice': ['{"by":{"person":1,"person":1}}', 400, 'BODY_MEMBER_REPEATED', '/by/person'],
  'a key of an element said twice': [
    '{"documents":[{},{"name":1,"name":1}]}',
    400,
    'BODY_MEMBER_REPEATED',
    '/documents/1/name',
  ],
  'a key said twice far below': [
    `${'{"a":['.repeat(999)}{"b":1,"b":2}${']}'.repeat(999)}`,
    400,
    'BODY_MEMBER_REPEATED',
  ],
  'a noncharacter': [withStep('"办\\ufffe理"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a noncharacter in a key': ['{"a\\ufdd0":1}', 400, 'BODY_NOT_STORABLE', '/a\ufffd'],
  'text that is not NFC': [withStep('"e\u0301tat"'), 400, 'BODY_NOT_STORABLE', '/step'],
  'a key that is not NFC': ['{"e\u0301":1}', 400, 'BODY_NOT_STORABLE'],
  'an integer-like key': ['{"0":1}', 400, 'BODY_NOT_STORABLE', '/0'],
  'a key named __proto__': ['{"__proto__":{"admin":true}}', 400, 'BODY_NOT_STORABLE', '/__proto__'],
  'a key named __proto__, escaped': ['{"\\u005f_proto__":{"admin":true}}', 400, 'BODY_NOT_STORABLE', '/__proto__'],
  'a key named __proto__ of a part': ['{"by":{"__proto__":{"person":1}}}', 400, 'BODY_NOT_STORABLE', '/by/__proto__'],
  'a key named constructor': ['{"constructor":{"prototype":{"admin":true}}}', 400, 'BODY_NOT_STORABLE', '/constructor'],
  'a key named prototype': ['{"prototype":1}', 400, 'BODY_NOT_STORABLE', '/prototype'],
};

it.each(Object.entries(BODIES))(
  'a body that is %s is refused and adds nothing',
  async (_name, [body, status, code, pointer]) => {
    const before = [await eventsLogged(here), await attemptsLogged(here)];
    const reply = await steps(body);
    expectProblem(reply, status, code);
    if (pointer !== undefined) expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
    // What is quoted of a request may be no Unicode; the answer is, also once its escapes are read.
    expect(reply.text).not.toMatch(/\\u[dD][89a-fA-F]|\p{Noncharacter_Code_Point}/u);
    expect([await eventsLogged(here), await attemptsLogged(here)]).toEqual(before);
  },
);

const named = (name: string) => ({ documents: [{ digest: 'a'.repeat(64), name }] });

const FIELDS: readonly (readonly [name: string, changes: object, pointer: string])[] = [
  ['an unknown field', { colour: 'red' }, '/colour'],
  ['an unknown field of a part', { by: { ...by('wu.handler'), rank: 1 } }, '/by/rank'],
  ['a missing field', { step: undefined }, '/step'],
  ['a field that is null', { step: null }, '/step'],
  ['an empty text', { step: '' }, '/step'],
  ['a blank text', { step: '\u3000 \t' }, '/step'],
  ['a text that nobody sees', { step: '\u200b\u200b' }, '/step'],
  ['a name that is a path', named('../../etc/passwd'), '/documents/0/name'],
  ['a name that is a path of another system', named('..\\x'), '/documents/0/name'],
  ['a name that is a path in full width', named('．．／a'), '/documents/0/name'],
  ['a name that is the folder above', named('..'), '/documents/0/name'],
  ['a name on two lines', named('a\u2028b'), '/documents/0/name'],
  ['a name with a tab', named('a\tb'), '/documents/0/name'],
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
  ['a day that does not exist', { occurredAt: { on: '2026-02-30' } }, '/occurredAt/on'],
  ['a day before the first', { occurredAt: { on: '1900-01-01' } }, '/occurredAt/on'],
  ['a leap day of no leap year', { occurredAt: { on: '2025-02-29' } }, '/occurredAt/on'],
  ['a month that does not exist', { occurredAt: { on: '2026-13-01' } }, '/occurredAt/on'],
  ['a day written otherwise', { occurredAt: { on: '2026/09/22' } }, '/occurredAt/on'],
  ['a day that is a moment', { occurredAt: { on: '2026-09-22T00:00:00Z' } }, '/occurredAt/on'],
  ['a moment without an offset', { occurredAt: { at: '2026-09-22T08:00:00' } }, '/occurredAt/at'],
  ['a moment in a leap second', { occurredAt: { at: '2026-06-30T23:59:60Z' } }, '/occurredAt/at'],
  ['a moment at 24 o’clock', { occurredAt: { at: '2026-09-22T24:00:00Z' } }, '/occurredAt/at'],
  ['a day before all calendars', { occurredAt: { on: '0000-00-00' } }, '/occurredAt/on'],
  ['a day of five digits', { occurredAt: { on: '12026-09-22' } }, '/occurredAt/on'],
  ['a moment of six digits', { occurredAt: { at: '+275760-09-13T00:00:00Z' } }, '/occurredAt/at'],
  ['a moment before the first day', { occurredAt: { at: '1992-01-01T00:00:00+23:59' } }, '/occurredAt/at'],
  ['a moment after the last day', { occurredAt: { at: '9999-12-31T23:59:59Z' } }, '/occurredAt/at'],
  ['a moment that is a number', { occurredAt: { at: 1_790_000_000 } }, '/occurredAt/at'],
  ['a moment with an impossible offset', { occurredAt: { at: '2026-09-22T08:00:00+25:00' } }, '/occurredAt/at'],
];

it.each(FIELDS)('%s is refused where it stands', async (_name, changes, pointer) => {
  const before = [await eventsLogged(here), await attemptsLogged(here)];
  const reply = await wu.post(`/v1/assistance/${id}/steps`, { ...aStep(), ...changes });
  expectProblem(reply, 400, 'BODY_INVALID');
  expect(reply.body.errors?.map((error) => error.pointer)).toContain(pointer);
  for (const { message } of reply.body.errors ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect([await eventsLogged(here), await attemptsLogged(here)]).toEqual(before);
});

it('names all that is wrong at once, up to fifty', async () => {
  const body = Object.fromEntries(Array.from({ length: 80 }, (_none, n) => [`field${n}`, n]));
  const reply = await wu.post(`/v1/assistance/${id}/steps`, body);
  expectProblem(reply, 400, 'BODY_INVALID');
  expect(reply.body.errors).toHaveLength(50);
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
    const before = await eventsLogged(here);
    const reply = await chen.post('/v1/assistance', aRequest(changes as Record<string, unknown>));
    expectProblem(reply, status, code);
    expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
    expect(await eventsLogged(here)).toBe(before);
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

it.each(['application/json', 'Application/JSON; charset="UTF-8"', 'application/json;charset=utf-8'])(
  'a body of type %s is taken',
  async (type) => expect((await steps(withStep('"办理"'), { 'content-type': type })).status).toBe(201),
);

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'json',
  'application/jsonp',
  'application/json; charset=utf-16',
])('a body of type %s is refused', async (type) =>
  expectProblem(await steps(withStep('"办理"'), { 'content-type': type }), 415, 'CONTENT_TYPE_UNSUPPORTED'),
);

it('has recorded nothing of all this in the case but what was acknowledged', async () => {
  const { body } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
  expect(body.revision).toBe(5);
});
