import { readFileSync } from 'node:fs';
import { shippedPacks } from '#libs/law';
import { serviceHere, tempFolder, type Officer, type ServiceHere, type TempFolder } from '../service/index.js';
import { expectedOf, outcomesOf } from './everybody.js';
import { ORGANS, SECOND, writeRegister } from './register-of-roles.js';

/*
 * Who may propose law data, decide on it, and read it: every role in every kind of organ, over HTTP. The cells are written
 * by hand from the design, not derived from the policy table of the program.
 */
const KEEPER = 'office.lawKeeper';
const asked = { occurredAt: { on: '2026-09-17' } };
const example = readFileSync('docs/examples/calendar-notice-2027.json', 'utf8');
const pack = shippedPacks().findLast((held) => held.pack.pack === 'XM')?.pack;
const notice = JSON.parse(example) as object;
const edition = { ...pack, edition: (pack?.edition ?? 0) + 1 };

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

it.each([
  ['/v1/law/calendar/notices', { notice }, 'CalendarNoticeRequested'],
  ['/v1/law/packs/XM/editions', { pack: edition }, 'RulePackEditionRequested'],
])('%s are proposed by keepers of law data of an establishment office only', async (path, body, type) => {
  const found = await outcomes(async (officer) => {
    const { status, body: answer } = await officer.post(path, { ...asked, ...body });
    return status === 201 ? answer.events.map((event) => event.type).join() : answer.code;
  });
  expect(found).toEqual(expectedOf((account) => (account === KEEPER ? type : 'NOT_ENTITLED')));
});

it.each([
  { root: '/v1/law/calendar', noun: 'notices', proposal: { notice }, path: 'refusals', more: { reason: '不符' } },
  { root: '/v1/law/calendar', noun: 'notices', proposal: { notice }, path: 'approvals', more: {} },
  {
    root: '/v1/law/packs/XM',
    noun: 'editions',
    proposal: { pack: edition },
    path: 'refusals',
    more: { reason: '不符' },
  },
  { root: '/v1/law/packs/XM', noun: 'editions', proposal: { pack: edition }, path: 'approvals', more: {} },
])('$root/$path are for keepers only', async ({ root, noun, proposal, path, more }) => {
  const { body } = await second.post(`${root}/${noun}`, { ...asked, ...proposal });
  const request = body.events[0]?.id;
  let { revision } = body;
  const found = await outcomes(async (officer) => {
    const headers = { 'if-match': `"${revision}"` };
    const reply = await officer.post(`${root}/${path}`, { ...asked, request, ...more }, { headers });
    if (reply.status === 201) revision = reply.body.revision;
    return reply.status === 201 ? 'recorded' : reply.body.code;
  });
  expect(found).toEqual(expectedOf((account) => (account === KEEPER ? 'recorded' : 'NOT_ENTITLED')));
});

it.each([
  '/v1/law/calendar',
  '/v1/law/calendar/years/2027',
  '/v1/law/calendar/notices',
  '/v1/law/calendar/commands/none',
  '/v1/law/packs',
  '/v1/law/packs/XM',
  '/v1/law/packs/XM/commands/none',
])('%s is read by everybody who serves somewhere', async (path) => {
  expect(await outcomes(async (officer) => (await officer.get(path)).status)).toEqual(expectedOf(() => 200));
});

it('a request is read by everybody, with its reason', async () => {
  const { body } = await second.post('/v1/law/packs/XM/editions', {
    ...asked,
    ...{ pack: { ...edition, edition: edition.edition + 1 }, reason: '更正一处天数' },
  });
  const page = `/v1/law/packs/XM/editions/${body.events[0]?.id}`;
  const found = await outcomes(async (officer) => (await officer.get(page)).body);
  expect(found).toEqual(expectedOf(() => expect.objectContaining({ status: 'pending', reason: '更正一处天数' })));
});

it.each([
  ['/v1/law/packs/QQ', 'PACK_UNKNOWN'],
  ['/v1/law/packs/QQ/commands/none', 'PACK_UNKNOWN'],
  ['/v1/law/calendar/years/12', 'ENTRY_NOT_FOUND'],
  ['/v1/law/calendar/notices/none', 'ENTRY_NOT_FOUND'],
  [`/v1/law/packs/XM/editions/${ORGANS.asked.id}`, 'ENTRY_NOT_FOUND'],
])('%s is answered with %s', async (path, code) => {
  const { status, body } = await second.get(path);
  expect([status, body.code]).toEqual([404, code]);
  if (path.includes('commands')) return;
  expect((await second.post('/v1/law/packs/QQ/editions', { ...asked, pack: edition })).body.code).toBe('PACK_UNKNOWN');
});

it('a text that is in force nowhere is adopted by an edition with a day of effect and regions', async () => {
  const sample = shippedPacks().find((held) => held.pack.effectiveFrom === undefined)?.pack;
  const { sample: _sample, ...text } = sample ?? {};
  const adopted = { ...text, regions: ['350203'], effectiveFrom: '2026-09-01', edition: 1 };
  const path = `/v1/law/packs/${sample?.pack}/editions`;
  expect((await second.get(`/v1/law/packs/${sample?.pack}`)).status).toBe(404);
  expect((await second.post(path, { ...asked, pack: { ...adopted, pack: 'XM' } })).body.code).toBe('PACK_FAULTY');
  const { body } = await second.post(path, { ...asked, pack: { ...adopted, systems: onlyOwn(adopted.systems ?? {}) } });
  expect(body.events.map(({ type }) => type)).toEqual(['RulePackEditionRequested']);
  const { body: again } = await second.get(`/v1/law/packs/${sample?.pack}`);
  expect(again.revision).toBe(0);
});

/** Without the systems that the law of the city speaks to already. */
const onlyOwn = (systems: object): object =>
  Object.fromEntries(Object.entries(systems).filter(([name]) => !Object.hasOwn(pack?.systems ?? {}, name)));
