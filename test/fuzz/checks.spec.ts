import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { POSTS } from '../simulation/cast.js';
import { Chance } from '../simulation/chance.js';
import { CODES, faultsOf } from './checks.js';
import { Interface, type Operation, type Schema } from './document.js';
import { mutated } from './hostile.js';
import { Known } from './known.js';
import type { Asked } from './requests.js';
import type { Came } from './send.js';
import { valueOf } from './values.js';

/* What the fuzz would find: answers with one thing wrong each. */

const REFUSALS = /[/\\](?:[a-z]+-)?refusals\.ts$/;

const BODY: Schema & { readonly additionalProperties: boolean } = {
  type: 'object',
  properties: {
    on: { type: 'string', format: 'date' },
    organ: { type: 'string', format: 'uuid' },
    step: { type: 'string', minLength: 1, maxLength: 200 },
    days: { type: 'integer', minimum: 1, maximum: 366 },
    codes: { type: 'array', items: { type: 'string', pattern: '^[A-Za-z0-9]' }, maxItems: 2, uniqueItems: true },
  },
  required: ['on', 'step'],
  additionalProperties: false,
};
const ANSWER = {
  type: 'object',
  properties: {
    case: { type: 'string' },
    revision: { type: 'integer' },
    events: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
  },
  required: ['case'],
};
const PLACED = { type: 'object', properties: { position: { type: 'string' } } };
const PROBLEM = { $ref: '#/components/schemas/Problem' };
const member = { type: 'string' };
const PROBLEM_MEMBERS = {
  ...{ type: member, title: member, code: member, detail: member, traceId: member },
  status: { type: 'integer' },
};
const document = new Interface({
  paths: {
    '/steps': {
      post: {
        operationId: 'recordStep',
        parameters: [],
        requestBody: { content: { 'application/json': { schema: BODY } } },
        responses: {
          200: { headers: { 'Kesu-Position': {} }, content: { 'application/json': { schema: PLACED } } },
          201: { content: { 'application/json': { schema: ANSWER } } },
          422: { content: { 'application/problem+json': { schema: PROBLEM } } },
          400: { content: { 'application/problem+json': { schema: PROBLEM } } },
        },
      },
    },
  },
  components: { schemas: { Problem: { type: 'object', properties: PROBLEM_MEMBERS, required: ['code', 'traceId'] } } },
});
const [operation] = document.operations as readonly [Operation];
const [post] = POSTS as readonly [(typeof POSTS)[number]];
const said = { on: '2026-09-22', step: '办理' };
const asked = (changes: Partial<Asked> = {}): Asked => ({
  ...{ operation, method: 'POST', path: '/steps', headers: {}, post, sound: true, elsewhere: false, said },
  ...changes,
});

const problem = (code: string, status: number, changes: object = {}): Came => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  text: JSON.stringify({
    ...{ type: `urn:kesu:problem:${code}`, title: '内容不能接受', status, code, detail: '机关登记册中没有这一机关。' },
    traceId: 'a'.repeat(32),
    ...changes,
  }),
});
const recorded = (body: object): Came => ({
  status: 201,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: JSON.stringify(body),
});

const placed = (header: string | undefined, position?: string): Came => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'kesu-position': header },
  text: JSON.stringify({ position }),
});

it('finds nothing wrong with what is as described', () => {
  expect(faultsOf(document, asked(), recorded({ case: 'a' }))).toEqual([]);
  expect(faultsOf(document, asked(), placed('00000000000000000007', '00000000000000000007'))).toEqual([]);
  expect(faultsOf(document, asked(), problem('UNKNOWN_ORGAN', 422))).toEqual([]);
  expect(faultsOf(document, asked({ sound: false }), problem('BODY_INVALID', 400))).toEqual([]);
});

it.each<[string, Asked, Came]>([
  ['a failing of its own', asked(), problem('INTERNAL_ERROR', 500)],
  ['a 503 that nothing caused', asked(), problem('LOG_UNAVAILABLE', 503)],
  ['a status that is not declared', asked(), problem('CASE_CONFLICT', 409)],
  ['an answer of another shape', asked(), recorded({ revision: 1 })],
  ['an answer of another type', asked(), { ...recorded({ case: 'a' }), headers: { 'content-type': 'text/html' } }],
  ['a member that is not described', asked(), recorded({ case: 'a', secret: 1 })],
  ['a member that is not described, deeper', asked(), recorded({ case: 'a', events: [{ id: 'a', secret: 1 }] })],
  ['a member that a problem has not', asked(), problem('UNKNOWN_ORGAN', 422, { stack: '机关' })],
  ['an answer that speaks for no place of the log', asked(), placed(undefined)],
  ['an answer that speaks for two places of the log', asked(), placed('0007', '0008')],
  ['a code nobody knows', asked(), problem('SOMETHING_WRONG', 422)],
  ['a problem in English', asked(), problem('UNKNOWN_ORGAN', 422, { detail: 'no such organ' })],
  ['a problem without a trace', asked(), problem('UNKNOWN_ORGAN', 422, { traceId: undefined })],
  ['a problem of another status', asked(), problem('UNKNOWN_ORGAN', 422, { status: 400 })],
  ['a stack', asked(), problem('UNKNOWN_ORGAN', 422, { detail: '出错了 at Ledger.record (ledger.ts:12)' })],
  ['an error page', asked(), { status: 422, headers: { 'content-type': 'text/html' }, text: '<html>' }],
  ['a refusal of what is as described', asked(), problem('BODY_INVALID', 400)],
  ['an unknown field taken', asked({ sound: false, said: { ...said, colour: 1 } }), recorded({ case: 'a' })],
  ['a missing field taken', asked({ sound: false, said: { step: '办理' } }), recorded({ case: 'a' })],
  [
    'a day that does not exist taken',
    asked({ sound: false, said: { ...said, on: '2026-02-30' } }),
    recorded({ case: 'a' }),
  ],
])('finds %s', (_name, sent, came) => {
  expect(faultsOf(document, sent, came)).not.toEqual([]);
});

it('knows every code with which a system refuses', () => {
  const files = readdirSync('libs', { recursive: true, encoding: 'utf8' }).filter((path) => REFUSALS.test(path));
  const tables = files.flatMap((path) => Object.values<object>(jest.requireActual(resolve('libs', path))));
  const codes = tables.flatMap((table) => Object.keys(table)).filter((name) => /^[A-Z][A-Z_]+$/.test(name));
  expect(codes).toEqual(expect.arrayContaining(['SAMPLE_PERIOD_REVERSED', 'NOTICE_FAULTY', 'AFTER_IN_FUTURE']));
  expect(codes.filter((code) => !CODES.has(code))).toEqual([]);
});

it('draws bodies as they are described, and others that mostly are not', () => {
  const chance = new Chance(5);
  const source = { chance, known: new Known(chance), document };
  const drawn = Array.from({ length: 300 }, () => valueOf(source, BODY));
  expect(drawn.filter((value) => document.faultsOf(BODY, value).length > 0)).toEqual([]);
  expect(new Set(drawn.map((value) => Object.keys(value as object).length)).size).toBeGreaterThan(2);
  const odd = drawn.map((value) => mutated(chance, value));
  expect(odd.filter((value) => document.faultsOf(BODY, value).length > 0).length).toBeGreaterThan(150);
});
