import { randomUUID } from 'node:crypto';
import {
  appointment,
  organ,
  person,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

/* What cannot be a change of the register: told in Chinese, with a code and a pointer, and nothing is recorded. */
let here: ServiceHere;
let he: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  he = here.as('he.registrar');
}, 60_000);

afterAll(() => here.end(), 60_000);

const on = { occurredAt: { on: '2026-09-18' } };
const from = { effectiveOn: '2026-09-01' };
const city = organ('厦门市人民政府');
const police = organ('厦门市公安局');
const branch = organ('厦门市公安局思明分局');
const aPost = { organ: police, post: '民警', roles: ['handler'], ...from };
const anOrgan = { ...on, ...from, name: '厦门市示例局', kind: 'administrative', region: '350200' };
const anAppointment = { ...on, ...aPost, person: person('wu.handler') };
const aDelegation = {
  ...{ ...on, ...from, endsOn: '2027-01-01' },
  ...{ appointment: appointment('xu.head').id, person: person('wu.handler'), roles: ['head'] },
};

const revision = async (): Promise<number> => (await he.get('/v1/register')).body.revision;

type Refused = readonly [path: string, body: object, status: number, code: string, pointer: string];
const refused: readonly Refused[] = [
  ['organs', { ...anOrgan, region: '3502' }, 400, 'BODY_INVALID', '/region'],
  ['organs', { ...anOrgan, kind: 'bank' }, 400, 'BODY_INVALID', '/kind'],
  ['organs', { ...anOrgan, level: 'galactic' }, 400, 'BODY_INVALID', '/level'],
  ['organs', { ...anOrgan, name: '厦门\u202e局' }, 400, 'BODY_INVALID', '/name'],
  ['organs', { ...anOrgan, effectiveOn: '2026-02-30' }, 400, 'BODY_INVALID', '/effectiveOn'],
  ['organs', { ...anOrgan, id: randomUUID() }, 400, 'BODY_INVALID', '/id'],
  ['organs', { ...anOrgan, occurredAt: { on: '2999-01-01' } }, 422, 'OCCURRED_IN_FUTURE', '/occurredAt'],
  ['organs', { ...anOrgan, effectiveOn: '2999-01-01' }, 409, 'NOT_YET_IN_EFFECT', '/effectiveOn'],
  ['organs', { ...anOrgan, superior: randomUUID() }, 422, 'UNKNOWN_ORGAN', '/superior'],
  ['organs', { ...anOrgan, name: '厦门市公安局' }, 409, 'ORGAN_NAME_TAKEN', '/name'],
  ['organ-changes', { ...on, ...from, organ: randomUUID(), name: '新' }, 422, 'UNKNOWN_ORGAN', '/organ'],
  ['organ-changes', { ...on, ...from, organ: city, superior: branch }, 409, 'SUPERIOR_CIRCLE', '/superior'],
  ['organ-changes', { ...on, ...from, organ: branch, noSuperior: 1 }, 400, 'BODY_INVALID', '/noSuperior'],
  ['organ-abolitions', { ...on, ...from, organ: police }, 409, 'ORGAN_HAS_SUBORDINATES', '/organ'],
  ['persons', { ...on, name: '新', account: 'a b' }, 400, 'BODY_INVALID', '/account'],
  ['persons', { ...on, name: '新', account: '' }, 400, 'BODY_INVALID', '/account'],
  ['persons', { ...on, name: '新', digest: { issuer: 'x', subjectDigest: 'y' } }, 400, 'BODY_INVALID', '/digest'],
  ['persons', { ...on, name: '新', account: 'chen.handler' }, 409, 'ACCOUNT_TAKEN', '/account'],
  ['persons', { ...on, name: '新', appointment: { ...aPost, roles: [] } }, 400, 'BODY_INVALID', '/appointment/roles'],
  [
    'persons',
    { ...on, name: '新', appointment: { ...aPost, organ: randomUUID() } },
    422,
    'UNKNOWN_ORGAN',
    '/appointment/organ',
  ],
  ['renamings', { ...on, person: randomUUID(), name: '新' }, 422, 'UNKNOWN_PERSON', '/person'],
  ['accounts', { ...on, person: randomUUID(), account: 'x' }, 422, 'UNKNOWN_PERSON', '/person'],
  ['account-ends', { ...on, person: person('wu.handler'), account: 'x' }, 409, 'ACCOUNT_NOT_LINKED', '/account'],
  ['appointments', { ...anAppointment, roles: ['king'] }, 400, 'BODY_INVALID', '/roles'],
  ['appointments', { ...anAppointment, roles: ['head', 'head'] }, 400, 'BODY_INVALID', '/roles'],
  ['appointments', { ...anAppointment, person: randomUUID() }, 422, 'UNKNOWN_PERSON', '/person'],
  ['appointments', { ...anAppointment, endsOn: '2026-09-01' }, 422, 'DATES_REVERSED', '/endsOn'],
  [
    'appointments',
    { ...anAppointment, organ: appointment('wu.handler').organ, post: '科员' },
    409,
    'APPOINTMENT_OVERLAPS',
    '/effectiveOn',
  ],
  ['appointment-ends', { ...on, ...from, appointment: randomUUID() }, 422, 'UNKNOWN_APPOINTMENT', '/appointment'],
  [
    'appointment-ends',
    { ...on, effectiveOn: '2019-01-01', appointment: appointment('wu.handler').id },
    409,
    'DATES_REVERSED',
    '/effectiveOn',
  ],
  ['delegations', aDelegation, 403, 'DELEGATION_NOT_HELD', '/appointment'],
  ['delegations', { ...aDelegation, appointment: randomUUID() }, 422, 'UNKNOWN_APPOINTMENT', '/appointment'],
  ['delegation-ends', { ...on, ...from, delegation: randomUUID() }, 422, 'UNKNOWN_DELEGATION', '/delegation'],
];

function expectProblem({ status, body, headers }: Reply, [expected, code, pointer]: readonly [number, string, string]) {
  expect([status, body.code, body.errors?.map((error) => error.pointer)]).toEqual([expected, code, [pointer]]);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(body.detail).toMatch(/[\u4e00-\u9fff]{3}/);
  expect(body.errors?.[0]?.message).toMatch(/[\u4e00-\u9fff]{2}/);
}

it.each(refused)('%s %j is refused, and nothing is recorded', async (path, body, ...expected) => {
  const before = await revision();
  expectProblem(await he.post(`/v1/register/${path}`, body), expected);
  expect(await revision()).toBe(before);
});

it.each<[string, object, number, string]>([
  ['approvals', {}, 422, 'CHANGE_UNKNOWN'],
  ['refusals', { reason: '不妥' }, 422, 'CHANGE_UNKNOWN'],
])('%s of what nobody asked for are refused', async (path, more, status, code) => {
  const headers = { 'if-match': `"${await revision()}"` };
  const body = { ...on, request: randomUUID(), ...more };
  expectProblem(await here.as('fang.registrar').post(`/v1/register/${path}`, body, { headers }), [
    status,
    code,
    '/request',
  ]);
});

it.each([
  ['/v1/organs/none', 404, 'ENTRY_NOT_FOUND'],
  [`/v1/organs/${randomUUID()}`, 404, 'ENTRY_NOT_FOUND'],
  ['/v1/organs/..%2f..%2fetc', 404, 'ENTRY_NOT_FOUND'],
  [`/v1/register/changes/${randomUUID()}`, 404, 'ENTRY_NOT_FOUND'],
  ['/v1/register/changes/__proto__', 404, 'ENTRY_NOT_FOUND'],
  ['/v1/organs?on=2026-02-30', 400, 'QUERY_INVALID'],
  ['/v1/organs?revision=-1', 400, 'QUERY_INVALID'],
  ['/v1/organs?revision=1e3', 400, 'QUERY_INVALID'],
  ['/v1/organs?revision=999999', 400, 'REVISION_NOT_REACHED'],
  ['/v1/persons?limit=0', 400, 'QUERY_INVALID'],
  ['/v1/persons?limit=201', 400, 'QUERY_INVALID'],
  ['/v1/persons?after=x', 400, 'QUERY_INVALID'],
  [`/v1/persons?after=${randomUUID()}`, 400, 'CURSOR_MALFORMED'],
  ['/v1/register/changes?status=maybe', 400, 'QUERY_INVALID'],
  ['/v1/appointments?organ=x', 400, 'QUERY_INVALID'],
])('GET %s is answered %s %s', async (path, status, code) => {
  const reply = await he.get(path);
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(reply.body.detail).toMatch(/[\u4e00-\u9fff]{3}/);
});
