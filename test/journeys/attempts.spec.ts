import { randomUUID } from 'node:crypto';
import {
  aRequest,
  aStep,
  serviceHere,
  tempFolder,
  type Reply,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { accountsOf, idOf, ORGANS, writeRegister, type OrganName } from '../security/register-of-roles.js';

/* What supervision and audit see of what was refused. */

let here: ServiceHere;
let files: TempFolder;
let id = '';

interface Listed {
  readonly attempts: readonly Readonly<Record<string, string>>[];
  readonly next?: string;
}

const PURPOSE = { 'kesu-purpose': 'audit' };
const listOf = ({ text }: Reply): Listed => JSON.parse(text) as Listed;
const asked = async (account: string, query = ''): Promise<Listed> =>
  listOf(await here.as(account).with(PURPOSE).get(`/v1/attempts${query}`));
const step = async (account: string, about: string): Promise<Reply> =>
  here.as(account).post(`/v1/assistance/${about}/steps`, aStep());

const nobody = randomUUID();

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json'), KESU_REFUSALS_PER_MINUTE: '1000' });
  id = (await here.as('asking.handler').post('/v1/assistance', aRequest({ requested: ORGANS.asked.id }))).body.case;
  for (const account of ['asking.handler', 'third.handler', 'elsewhere.handler', 'third.clerk', 'third.handler'])
    await step(account, account === 'asking.handler' ? id : nobody);
  await here.as('asking.head').post('/v1/assistance', aRequest({ requested: ORGANS.asked.id, form: 'pigeon' }));
  await here
    .as('third.head')
    .post(`/v1/assistance/${id}/steps`, aStep(), { headers: { 'kesu-acting-as': randomUUID() } });
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it('lists them newest first, each with who, what, why, where and when', async () => {
  const { attempts } = await asked('office.supervisor');
  expect(attempts.map(({ person, code }) => [person, code])).toEqual([
    [idOf('third.head'), 'ACTING_AS_NOT_HELD'],
    [idOf('asking.head'), 'UNKNOWN_CODE'],
    [idOf('third.handler'), 'CASE_NOT_FOUND'],
    [idOf('third.clerk'), 'CASE_NOT_FOUND'],
    [idOf('third.handler'), 'CASE_NOT_FOUND'],
    [idOf('asking.handler'), 'NOT_ENTITLED'],
  ]);
  const at = attempts.map((attempt) => attempt.at);
  expect(at).toEqual([...at].sort().reverse());
  expect(attempts[1]).toEqual({
    at: expect.any(String),
    route: 'POST /v1/assistance',
    code: 'UNKNOWN_CODE',
    pointer: '/form',
    person: idOf('asking.head'),
    personName: '示例人员asking.head',
    appointment: expect.any(String),
    organ: ORGANS.asking.id,
    organName: ORGANS.asking.name,
    case: expect.any(String),
    command: expect.any(String),
  });
  expect(attempts[5]).toMatchObject({ case: id, route: 'POST /v1/assistance/:id/steps' });
});

it.each<[string, string, number]>([
  ['code', '?code=CASE_NOT_FOUND', 3],
  ['route', `?route=${encodeURIComponent('POST /v1/assistance')}`, 1],
  ['person', `?person=${idOf('third.handler')}`, 2],
  ['person and code', `?person=${idOf('third.head')}&code=NOT_ENTITLED`, 0],
  ['case', `?case=${nobody}`, 3],
  ['period', '?from=2020-01-01&to=9999-12-31', 6],
  ['a period that is over', '?from=2020-01-01&to=2020-12-31', 0],
  ['a period to come', '?from=9999-01-01', 0],
])('finds them by %s', async (_by, query, count) => {
  expect((await asked('office.auditor', query)).attempts).toHaveLength(count);
});

it('pages through them, each once', async () => {
  const seen: string[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Listed = await asked('office.auditor', `?limit=4${after === '' ? '' : `&after=${after}`}`);
    seen.push(...page.attempts.map(({ command }) => command ?? ''));
    after = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([6, 6]);
});

it('shows each office those of its own region, and nobody else any', async () => {
  const outcomes: Record<string, unknown> = {};
  for (const account of (Object.keys(ORGANS) as OrganName[]).flatMap(accountsOf)) {
    const reply = await here.as(account).with(PURPOSE).get('/v1/attempts');
    outcomes[account] = reply.status === 200 ? listOf(reply).attempts.length : reply.body.code;
  }
  const shown: Record<string, number> = {
    // A supervisor of an office that does not supervise may ask, and is shown none.
    'asking.supervisor': 0,
    'asked.supervisor': 0,
    'third.supervisor': 0,
    'elsewhere.supervisor': 0,
    'office.supervisor': 6,
    'asking.auditor': 6,
    'asked.auditor': 6,
    'third.auditor': 6,
    'office.auditor': 6,
    'elsewhere.auditor': 1,
  };
  expect(outcomes).toEqual(
    Object.fromEntries(Object.keys(outcomes).map((account) => [account, shown[account] ?? 'NOT_ENTITLED'])),
  );
});

it('asks what for, and takes no strange query', async () => {
  const xie = here.as('office.auditor');
  expect((await xie.get('/v1/attempts')).body.code).toBe('PURPOSE_REQUIRED');
  for (const query of ['person=x', 'from=yesterday', 'limit=0', 'limit=201', 'case=1&case=2', 'organ=x', 'code=a b'])
    expect([query, (await xie.with(PURPOSE).get(`/v1/attempts?${query}`)).body.code]).toEqual([query, 'QUERY_INVALID']);
  expect((await xie.with(PURPOSE).get('/v1/attempts?after=x')).body.code).toBe('CURSOR_MALFORMED');
});

it('shows the same after a restart, after more, and after a rebuild', async () => {
  const before = await asked('office.auditor');
  await here.restart();
  expect(await asked('office.auditor')).toEqual(before);
  await step('third.head', nobody);
  const after = await asked('office.auditor');
  expect(after.attempts.slice(1)).toEqual(before.attempts);
  await here.service.runtime.viewing.rebuild();
  expect(await asked('office.auditor')).toEqual(after);
  await step('third.head', nobody);
  expect((await asked('office.auditor')).attempts.slice(1)).toEqual(after.attempts);
});
