import { serviceHere, tempFolder, type Officer, type ServiceHere, type TempFolder } from '../service/index.js';
import { expectedOf, outcomesOf } from './everybody.js';
import { appointmentOf, idOf, ORGANS, SECOND, writeRegister } from './register-of-roles.js';

/*
 * Who may ask for a change of the register, decide on it, and read it: every role in every kind of organ, over HTTP. The
 * cells are written by hand from the design, not derived from the policy table of the program.
 */
const REGISTRAR = 'office.registrar';
const SEES_ALL =
  'asking.auditor asked.auditor third.auditor elsewhere.auditor office.auditor office.supervisor office.registrar'.split(
    ' ',
  );
const asked = { occurredAt: { on: '2026-09-17' } };
const from = { effectiveOn: '2026-01-01' };
const post = { organ: ORGANS.third.id, post: '另一职务', roles: ['handler'] };

/** A sound request of each kind. Nothing of it takes effect, so that the next one is as sound. */
const REQUESTS: Readonly<Record<string, object>> = {
  organs: { ...asked, ...from, name: '新设示例局', kind: 'administrative', region: '350200', level: 'municipal' },
  'organ-changes': { ...asked, ...from, organ: ORGANS.third.id, name: '更名示例局' },
  'organ-abolitions': { ...asked, ...from, organ: ORGANS.third.id, into: ORGANS.asked.id },
  persons: { ...asked, name: '新人员（示例）', account: 'new.person', appointment: { ...post, ...from } },
  renamings: { ...asked, person: idOf('third.head'), name: '更名（示例）' },
  accounts: { ...asked, person: idOf('third.head'), account: 'second.account' },
  'account-ends': { ...asked, person: idOf('third.head'), account: 'third.head' },
  appointments: { ...asked, ...from, ...post, person: idOf('third.head') },
  'appointment-ends': { ...asked, ...from, appointment: appointmentOf('third.head') },
};
const delegationOf = (account: string): object => ({
  ...{ ...asked, ...from, endsOn: '2027-01-01' },
  ...{ appointment: appointmentOf(account), person: SECOND.id, roles: [account.split('.')[1]] },
});

let here: ServiceHere;
let files: TempFolder;
let second: Officer;

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json'), KESU_ROLES: 'api' });
  second = here.as(SECOND.account);
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

const outcomes = (of: Parameters<typeof outcomesOf>[1]) => outcomesOf(here, of);

it.each(Object.keys(REQUESTS))('%s are asked for by registrars of an establishment office only', async (path) => {
  const found = await outcomes(async (officer) => {
    const { status, body } = await officer.post(`/v1/register/${path}`, REQUESTS[path] ?? {});
    return status === 201 ? body.events.map(({ type }) => type).join() : body.code;
  });
  expect(found).toEqual(expectedOf((account) => (account === REGISTRAR ? 'RegisterChangeRequested' : 'NOT_ENTITLED')));
});

it('a delegation is asked for by whoever holds the appointment, and by nobody else', async () => {
  const own = await outcomes(async (officer, account) => {
    const { status, body } = await officer.post('/v1/register/delegations', delegationOf(account));
    return status === 201 ? body.events.map(({ type }) => type).join() : body.code;
  });
  expect(own).toEqual(expectedOf(() => 'DelegationChangeRequested'));
  const anothers = await outcomes(async (officer) => {
    const { body } = await officer.post('/v1/register/delegations', {
      ...delegationOf('asking.head'),
      appointment: SECOND.appointment,
      person: idOf('third.clerk'),
    });
    return body.code;
  });
  expect(anothers).toEqual(expectedOf(() => 'DELEGATION_NOT_HELD'));
});

it.each([
  ['approvals', {}],
  ['refusals', { reason: '不予变更' }],
])('%s are for registrars of an establishment office only', async (path, more) => {
  const { body } = await second.post('/v1/register/organs', { ...REQUESTS.organs, name: `新设${path}局` });
  const request = body.events[0]?.id;
  let { revision } = body;
  const found = await outcomes(async (officer) => {
    const headers = { 'if-match': `"${revision}"` };
    const reply = await officer.post(`/v1/register/${path}`, { ...asked, request, ...more }, { headers });
    if (reply.status === 201) revision = reply.body.revision;
    return reply.status === 201 ? 'recorded' : reply.body.code;
  });
  expect(found).toEqual(expectedOf((account) => (account === REGISTRAR ? 'recorded' : 'NOT_ENTITLED')));
});

it.each([
  '/v1/organs',
  `/v1/organs/${ORGANS.asked.id}`,
  '/v1/persons',
  '/v1/appointments',
  '/v1/register',
  '/v1/register/changes',
  '/v1/register/commands/none',
  '/v1/me',
])('%s is read by everybody who serves somewhere', async (path) => {
  expect(await outcomes(async (officer) => (await officer.get(path)).status)).toEqual(expectedOf(() => 200));
});

it('how many accounts a person has is told to registrars only', async () => {
  const found = await outcomes(async (officer) => 'accounts' in (await officer.get('/v1/persons')).body.persons[0]!);
  expect(found).toEqual(expectedOf((account) => account === REGISTRAR));
});

it('a change is shown to who keeps the register or oversees it, to who asked, and to whom it concerns', async () => {
  const { body } = await here.as(REGISTRAR).post('/v1/register/renamings', REQUESTS.renamings ?? {});
  const request = body.events[0]?.id ?? '';
  const sees = await outcomes(async (officer) => {
    const one = await officer.get(`/v1/register/changes/${request}`);
    const list = await officer.get('/v1/register/changes?status=pending&limit=1');
    const listed = list.body.changes.some((change) => change.request === request);
    expect([one.status, one.status === 404 ? one.body.code : '']).toEqual(
      listed ? [200, ''] : [404, 'ENTRY_NOT_FOUND'],
    );
    return listed;
  });
  expect(sees).toEqual(expectedOf((account) => SEES_ALL.includes(account) || account === 'third.head'));
});
