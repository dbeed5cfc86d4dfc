import {
  anAcceptance,
  aReceipt,
  aRequest,
  aStep,
  appointment,
  caughtUp,
  organ,
  person,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let he: Officer;
let fang: Officer;
let chen: Officer;
let wu: Officer;

/** The simulated day of every test. */
const TODAY = '2026-09-18';
const asked = { occurredAt: { on: TODAY } };

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: `${TODAY}T09:00:00+08:00` });
  [he, fang, chen, wu] = ['he.registrar', 'fang.registrar', 'chen.handler', 'wu.handler'].map((name) =>
    here.as(name),
  ) as [Officer, Officer, Officer, Officer];
}, 120_000);

afterAll(() => here.end(), 60_000);

async function recorded(answer: Promise<Reply>): Promise<Reply['body']> {
  const { status, text, body } = await answer;
  expect([status, text]).toEqual([201, expect.any(String)]);
  return body;
}

const ask = async (path: string, body: object, officer = he): Promise<string> =>
  (await recorded(officer.post(`/v1/register/${path}`, { ...asked, ...body }))).events[0]?.id ?? '';

/** Decides on what stands now. */
async function decide(officer: Officer, path: string, request: string, more: object = {}): Promise<Reply> {
  const { headers } = await officer.get('/v1/register');
  const ifMatch = { 'if-match': headers.get('etag') ?? '' };
  return officer.post(`/v1/register/${path}`, { ...asked, request, ...more }, { headers: ifMatch });
}
const approve = (request: string): Promise<Reply['body']> => recorded(decide(fang, 'approvals', request));
const changed = async (path: string, body: object): Promise<Reply['body']> => approve(await ask(path, body));

/** The change with the ids it gave: what an answer to a write does not tell. */
async function entryOf(request: string, type: string): Promise<Readonly<Record<string, string>>> {
  const { body } = await he.get(`/v1/register/changes/${request}`);
  const found = body.changes as unknown as readonly Readonly<Record<string, string>>[];
  return found.find((change) => change.type === type) ?? {};
}

const newOfficer = (account: string, changes: object = {}) => ({
  ...{ name: `${account}（示例）`, account },
  appointment: {
    ...{ organ: organ('厦门市市场监督管理局'), post: '科员', roles: ['handler'], effectiveOn: TODAY },
    ...changes,
  },
});

it('a new officer is registered by one person, approved by another, gets a token and acts at once', async () => {
  const request = await ask('persons', newOfficer('xin.handler'));
  const newcomer = here.as('xin.handler');
  await expect(newcomer.get('/v1/me')).rejects.toThrow('ACCOUNT_UNKNOWN');
  expect((await decide(he, 'approvals', request)).body.code).toBe('APPROVER_IS_REQUESTER');
  await expect(here.as('xin.handler').get('/v1/me')).rejects.toThrow('ACCOUNT_UNKNOWN');
  await approve(request);
  const opened = await recorded(here.as('xin.handler').post('/v1/assistance', aRequest({ occurredAt: { on: TODAY } })));
  const { body } = await chen.get(`/v1/assistance/${opened.case}/timeline`);
  expect(body.entries).toMatchObject([
    { recordedBy: { person: 'xin.handler（示例）', organ: '厦门市市场监督管理局' } },
  ]);
});

it('the decision is on what was seen: without If-Match, or with an older one, nothing is decided', async () => {
  const request = await ask('renamings', { person: person('wu.handler'), name: '吴承办（更名）' });
  const post = (headers: Record<string, string>) =>
    fang.post('/v1/register/approvals', { ...asked, request }, { headers });
  expect((await post({})).body.code).toBe('IF_MATCH_REQUIRED');
  const { headers } = await fang.get('/v1/register');
  const seen = headers.get('etag') ?? '';
  await ask('renamings', { person: person('chen.handler'), name: '陈承办（更名）' });
  expect([
    (await post({ 'if-match': seen })).status,
    (await he.get(`/v1/register/changes/${request}`)).body.status,
  ]).toEqual([412, 'pending']);
  expect((await decide(fang, 'refusals', request, { reason: '证件未附' })).status).toBe(201);
  const { body } = await he.get(`/v1/register/changes/${request}`);
  expect(body).toMatchObject({ status: 'refused', decision: { outcome: 'refused', reason: '证件未附' } });
});

it('the same command again gives the same answer, and another body under its key none', async () => {
  const sent = { ...asked, person: person('chen.handler'), account: 'chen.second' };
  const [first, again, other] = [
    await he.post('/v1/register/accounts', sent, { key: 'link' }),
    await he.post('/v1/register/accounts', sent, { key: 'link' }),
    await he.post('/v1/register/accounts', { ...sent, account: 'chen.third' }, { key: 'link' }),
  ];
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  const { body } = await he.get(`/v1/register/commands/${first.body.commandId}`);
  expect(body).toMatchObject({ status: 'recorded', answer: { events: first.body.events } });
  expect(first.headers.get('location')).toBe('/v1/register');
  const shown = await he.post(
    '/v1/register/renamings',
    { ...asked, person: person('wu.handler'), name: '吴' },
    {
      headers: { prefer: 'respond-when=visible, wait=5' },
    },
  );
  expect(shown.headers.get('preference-applied')).toBe('respond-when=visible');
});

it('a delegation is acted under when it is named, and the timeline tells by whose', async () => {
  const xu = appointment('xu.head').id;
  const request = await ask(
    'delegations',
    {
      ...{ appointment: xu, person: person('wu.handler'), roles: ['head'], effectiveOn: TODAY, endsOn: '2026-09-19' },
      reason: '出差',
    },
    here.as('xu.head'),
  );
  const { delegation = '' } = await entryOf(request, 'DelegationMade');
  const deputed = wu.with({ 'kesu-acting-as': delegation });
  expect((await deputed.get('/v1/me')).body.code).toBe('ACTING_AS_NOT_HELD');
  await approve(request);
  expect((await deputed.get('/v1/me')).body).toMatchObject({
    actingAs: delegation,
    delegations: [{ appointment: xu }],
  });
  expect((await wu.get('/v1/me')).body).toMatchObject({ actingAs: appointment('wu.handler').id });

  const { case: id } = await recorded(chen.post('/v1/assistance', aRequest({ occurredAt: { on: TODAY } })));
  await recorded(wu.post(`/v1/assistance/${id}/acceptances`, anAcceptance({ occurredAt: { on: TODAY } })));
  await recorded(deputed.post(`/v1/assistance/${id}/steps`, aStep({ occurredAt: { on: TODAY } })));
  const { body } = await wu.get(`/v1/assistance/${id}/timeline`);
  const wuHere = { person: '吴承办（示例）', organ: '厦门市生态环境局' };
  expect(body.entries.slice(1).map((entry) => (entry as { recordedBy?: object }).recordedBy)).toEqual([
    wuHere,
    { ...wuHere, delegatedBy: '许局长（示例）' },
  ]);
  const stored: object[] = [];
  for await (const { stream, metadata } of here.service.runtime.log.log.readAll())
    if (stream.endsWith(id)) stored.push(metadata.recorder as object);
  expect(stored.at(-1)).toMatchObject({ person: person('wu.handler'), appointment: xu, delegation });
});

it('an appointment that ended records nothing from that day on', async () => {
  const request = await ask('persons', newOfficer('duan.handler', { effectiveOn: '2026-09-01' }));
  await approve(request);
  const duan = here.as('duan.handler');
  await recorded(duan.post('/v1/assistance', aRequest({ occurredAt: { on: TODAY } })));
  const { appointment: ended } = await entryOf(request, 'AppointmentMade');
  await changed('appointment-ends', { appointment: ended, effectiveOn: TODAY });
  const late = await duan.post('/v1/assistance', aRequest({ occurredAt: { on: '2026-09-17' } }));
  expect([late.status, late.body.code]).toEqual([403, 'NO_APPOINTMENT']);
});

it('an account that is no longer linked opens nothing', async () => {
  await approve(await ask('persons', newOfficer('zhao.handler')));
  const zhao = here.as('zhao.handler');
  const { body } = await zhao.get('/v1/me');
  const { person: whose } = body as unknown as { person: string };
  await changed('account-ends', { person: whose, account: 'zhao.handler' });
  expect((await zhao.get('/v1/me')).body.code).toBe('PERSON_NOT_REGISTERED');
});

describe('an organ that changes', () => {
  const police = organ('厦门市公安局');
  const branch = organ('厦门市公安局思明分局');
  const district = organ('厦门市思明区人民政府');
  let id = '';
  /** Codes of the flags of the case. What is shown of it after a further fact has taken in all that was recorded before. */
  const flags = async (): Promise<string[]> => {
    const wang = here.as('wang.handler');
    await recorded(wang.post(`/v1/assistance/${id}/receipts`, aReceipt({ occurredAt: { on: '2026-09-11' } })));
    return (await wang.get(`/v1/assistance/${id}`)).body.assessment.flags.map(({ code }) => code);
  };
  const superiorOn = async (query: string): Promise<string | undefined> => {
    const { body } = await chen.get(`/v1/organs/${branch}${query}`);
    return (body as unknown as { superior?: string }).superior;
  };
  let before = 0;

  beforeAll(async () => {
    const wang = here.as('wang.handler');
    const body = aRequest({
      occurredAt: { on: '2026-09-10' },
      requested: branch,
      documentNumber: '厦公协函〔2026〕1号',
    });
    id = (await recorded(wang.post('/v1/assistance', body))).case;
    before = (await chen.get('/v1/register')).body.revision;
  });

  it('leaves an old case as it was judged: between organs of one line on the day of the request', async () => {
    expect(await flags()).toContain('subordinate');
    await changed('organ-changes', { organ: branch, superior: district, effectiveOn: '2026-09-15' });
    expect(await flags()).toContain('subordinate');
  });

  it('tells each act with the names organs had on its day', async () => {
    const wang = here.as('wang.handler');
    const told = async (): Promise<string> =>
      (await wang.get(`/v1/assistance/${id}/timeline`)).body.entries[0]?.sentence ?? '';
    const before = await told();
    expect(before).toContain('厦门市公安局思明分局');
    await changed('organ-changes', { organ: branch, name: '思明改名分局', effectiveOn: '2026-09-15' });
    expect(await told()).toBe(before);
    expect((await chen.get(`/v1/organs/${branch}`)).text).toContain('思明改名分局');
  });

  it('tells what it was on any day, and what the register said at any of its revisions', async () => {
    expect(await superiorOn('?on=2026-09-14')).toBe(police);
    expect(await superiorOn('?on=2026-09-15')).toBe(district);
    expect(await superiorOn('')).toBe(district);
    expect(await superiorOn(`?revision=${before}`)).toBe(police);
    const { body } = await chen.get(`/v1/organs?on=2026-09-14`);
    expect(body.organs.find((found) => found.id === branch)?.superior).toBe(police);
    const beyond = await chen.get(`/v1/organs?revision=99999`);
    expect([beyond.status, beyond.body.code]).toEqual([400, 'REVISION_NOT_REACHED']);
  });

  it('judges an old case anew where it is learned that the change was earlier than the request', async () => {
    await changed('organ-changes', {
      organ: branch,
      superior: organ('厦门市湖里区人民政府'),
      effectiveOn: '2026-09-01',
    });
    expect(await flags()).not.toContain('subordinate');
    // The case file is read from the log, so it may be ahead of the read models: they are awaited.
    const { viewing, log } = here.service.runtime;
    await caughtUp(viewing, log.log);
    const live = await viewing.hash();
    expect((await viewing.rebuild()).hash).toBe(live);
  });

  it('lets nobody of an abolished organ act from that day on, and its successor act in its cases', async () => {
    const made = await ask('organs', {
      ...{ name: '厦门市示例撤销局', kind: 'administrative', region: '350200', effectiveOn: '2026-09-01' },
    });
    await approve(made);
    const { organ: gone = '' } = await entryOf(made, 'OrganRegistered');
    await approve(
      await ask('persons', newOfficer('che.head', { organ: gone, roles: ['head'], effectiveOn: '2026-09-01' })),
    );
    const che = here.as('che.head');
    expect((await che.get('/v1/me')).status).toBe(200);
    const request = aRequest({ occurredAt: { on: TODAY }, requested: gone, requestedDueOn: undefined });
    const { case: id = '' } = await recorded(chen.post('/v1/assistance', request));
    const path = `/v1/assistance/${id}`;
    await recorded(chen.post(`${path}/receipts`, aReceipt(asked)));
    await recorded(
      che.post(`${path}/steps`, aStep({ ...asked, by: { person: person('wu.handler'), organ: gone, post: '科员' } })),
    );
    const step = async (): Promise<boolean> =>
      (await wu.get(`${path}/timeline`)).text.includes('AssistanceStepRecorded');
    const listed = async (): Promise<boolean> => (await wu.get('/v1/assistance')).text.includes(id);
    expect((await wu.get(path)).body.code).toBe('CASE_NOT_FOUND');
    const heir = organ('厦门市生态环境局');
    await changed('organ-abolitions', { organ: gone, into: heir, effectiveOn: TODAY });
    expect((await che.get('/v1/me')).body.code).toBe('NO_APPOINTMENT');
    const { body } = await chen.get(`/v1/organs/${gone}`);
    expect(body).toMatchObject({ inBeing: false, abolishedOn: TODAY, mergedInto: heir });
    await caughtUp(here.service.runtime.viewing, here.service.runtime.log.log);
    expect([await step(), await listed()]).toEqual([true, true]);
    expect((await wu.get(`${path}/custody`)).text).toContain(`厦门市示例撤销局（已于${TODAY}并入厦门市生态环境局）`);
    await recorded(wu.post(`${path}/acceptances`, anAcceptance({ ...asked })));
    expect((await chen.get('/v1/organs')).body.organs.some((found) => found.id === gone)).toBe(false);
    expect((await chen.get('/v1/organs?on=2026-09-17')).body.organs.some((found) => found.id === gone)).toBe(true);
  });
});

it('lists go on where the page before ended', async () => {
  const first = (await chen.get('/v1/persons?limit=2')).body;
  const second = (await chen.get(`/v1/persons?limit=2&after=${first.next}`)).body;
  expect(new Set([...first.persons, ...second.persons].map((found) => found.id)).size).toBe(4);
  expect(second.persons.map((found) => found.name)).toEqual(['黄局长（示例）', '吴承办（示例）']);
  const nowhere = await chen.get(`/v1/persons?after=${organ('厦门市公安局')}`);
  expect([nowhere.status, nowhere.body.code]).toEqual([400, 'CURSOR_MALFORMED']);
  const cai = (await chen.get(`/v1/appointments?person=${person('cai.handler')}`)).body.appointments;
  expect(cai).toHaveLength(2);
  const then = await chen.get(`/v1/appointments?person=${person('cai.handler')}&on=2024-06-30`);
  expect(then.body.appointments.map((held) => held.post)).toEqual(['科员']);
  expect((await chen.get(`/v1/persons?name=${encodeURIComponent('许局长')}`)).body.persons).toHaveLength(1);
});

it('stands after a restart as it stood before, and goes on', async () => {
  const { text, headers } = await he.get('/v1/register/changes?limit=200');
  await here.restart();
  const after = await here.as('he.registrar').get('/v1/register/changes?limit=200');
  expect([after.text, after.headers.get('etag')]).toEqual([text, headers.get('etag')]);
  he = here.as('he.registrar');
  fang = here.as('fang.registrar');
  await changed('renamings', { person: person('wu.handler'), name: '吴承办（再更名）' });
});
