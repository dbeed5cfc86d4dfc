import { randomUUID } from 'node:crypto';
import type { CodesInForce, RolesInForce } from '#libs/law';
import { shippedPacks } from '#libs/law';
import { aRequest, organ, serviceHere, type Officer, type ServiceHere } from '../service/index.js';

/* 代码表: a client fills a form from what the service itself will judge it by. */
let here: ServiceHere;
let chen: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

interface CodeLists {
  readonly position: string;
  readonly on: string;
  readonly region: string;
  readonly packs: readonly CodesInForce[];
}

const listed = async (query: string): Promise<CodeLists> =>
  JSON.parse((await chen.get(`/v1/law/codes?${query}`)).text) as CodeLists;
const assistanceIn = ({ packs }: CodeLists) => packs.find(({ system }) => system === 'assistance');

it('are those of the pack in force where the organ is, on the day, with their names, rules and articles', async () => {
  const answer = await listed(`organ=${organ('厦门市生态环境局')}&on=2026-09-17`);
  const [shipped] = shippedPacks().filter(({ pack }) => pack.pack === 'XM');
  expect(answer).toMatchObject({
    on: '2026-09-17',
    region: '350200',
    position: expect.stringMatching(/^\d/) as string,
  });
  const pack = assistanceIn(answer);
  expect(pack).toMatchObject({
    edition: expect.stringMatching(/^XM@2020-04-10#\d+$/) as string,
    digest: shipped?.digest,
    instrument: '厦门市行政协助管理办法',
  });
  const told = Object.entries(pack?.codes ?? {}).map(([name, entries]) => [
    name,
    entries.map(({ article: _article, ...entry }) => entry),
  ]);
  expect(Object.fromEntries(told)).toEqual(shipped?.pack.systems.assistance?.codes);
});

it('say where the rule of a code stands, where it has one', async () => {
  const pack = assistanceIn(await listed('region=350200&on=2026-09-17'));
  const ground = pack?.codes.grounds?.find(({ code }) => code === 'XM-9-2');
  expect(ground).toMatchObject({ rule: 'XM-9-2', asks: ['neededMaterials', 'whyNotHeld', 'holder'] });
  expect(ground?.article).toMatch(/^厦门市行政协助管理办法.*第九条/);
  expect(pack?.codes.forms?.find(({ code }) => code === 'other')).not.toHaveProperty('article');
});

it('are taken, each of them, in a request of that day, and others are not', async () => {
  const codes = assistanceIn(await listed(`organ=${organ('厦门市生态环境局')}&on=2026-09-17`))?.codes;
  const sent = async (changes: Record<string, unknown>) =>
    (await chen.post('/v1/assistance', aRequest(changes))).status;
  for (const { code } of codes?.durations ?? []) expect([code, await sent({ duration: code })]).toEqual([code, 201]);
  for (const { code } of codes?.matterClasses ?? [])
    expect([code, await sent({ matterClasses: [code] })]).toEqual([code, 201]);
  expect(await sent({ duration: 'unheardOf' })).toBe(422);
});

it('are of the own organ and of today, where nothing is said', async () => {
  const { on, region, packs } = await listed('');
  expect([on, region]).toEqual([new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), '350200']);
  expect(packs.map(({ system }) => system)).toContain('assistance');
});

it.each(['region=350200&on=2020-04-09', 'region=990000'])('are none where no law is in force: %s', async (query) =>
  expect(assistanceIn(await listed(query))).toBeUndefined(),
);

describe('the bodies that a text names by their office', () => {
  interface Roles {
    readonly packs: readonly RolesInForce[];
  }
  const rolesOf = async (query: string) =>
    (JSON.parse((await chen.get(`/v1/law/roles?${query}`)).text) as Roles).packs.flatMap(({ roles }) => roles);

  it('are told with their articles and the organs of the register that are them on the day', async () => {
    const roles = await rolesOf('region=350200&on=2026-09-17');
    const staffing = roles.find(({ role }) => role === 'staffingOffice');
    expect(staffing?.name).toBe('市、区机构编制部门');
    expect(staffing?.rules.find(({ rule }) => rule === 'XM-23-2')?.article).toMatch(
      /^厦门市行政协助管理办法.*第二十三条/,
    );
    expect(staffing?.organs).toContainEqual({
      organ: organ('中共厦门市委机构编制委员会办公室'),
      name: '中共厦门市委机构编制委员会办公室',
    });
    expect(roles.find(({ role }) => role === 'government')?.organs).toEqual([]);
  });

  it.each(['region=350200&on=2020-04-09', 'region=990000'])('are none where no law is in force: %s', async (query) =>
    expect(await rolesOf(query)).toEqual([]),
  );
});

it.each([
  ['region=3502', 400, 'QUERY_INVALID', '?region'],
  ['organ=none', 400, 'QUERY_INVALID', '?organ'],
  ['on=2026-02-30', 400, 'QUERY_INVALID', '?on'],
  ['on=1900-01-01', 400, 'QUERY_INVALID', '?on'],
  [`organ=${randomUUID()}`, 404, 'ENTRY_NOT_FOUND', undefined],
  [`organ=${organ('厦门市生态环境局')}&region=350200`, 400, 'QUERY_INVALID', '?region'],
  ['place=xm', 400, 'QUERY_INVALID', '?place'],
])('%s is refused', async (query, status, code, pointer) => {
  const reply = await chen.get(`/v1/law/codes?${query}`);
  expect([reply.status, reply.body.code, reply.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
});
