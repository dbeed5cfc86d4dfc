import { cpSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ERASED } from '#libs/kernel';
import { isSealed, open, uuid, type Json, type Key, type LoggedEvent, type Sealed } from '#libs/kernel';
import { KeyFolder, openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import {
  aClosure,
  aFeedback,
  anAcceptance,
  anExtension,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';
import { filesBelow, stands } from './traces.js';

/*
 * A name in every field of a case that may hold one, and then everything that holds it is erased: the person, the
 * document, and the case's text, of which all that is kept was recorded again. Afterwards no byte anywhere yields it.
 */
const NAME = '赵鲲骋砺';
const text = (about: string): string => `${about}，${NAME}。`;
const day = { occurredAt: { on: '2026-10-20' } };
const because = { ...day, ground: 'purposeAchieved', citation: '个人信息保护法第四十七条', reason: '申请删除' };

let here: ServiceHere;
let id = '';
let digest = '';
const events = new Map<string, string>();
const sealed: Sealed[] = [];

const as = (account: string): Officer => here.as(account);
const idOf = ({ status, text: told, body }: Reply): string => {
  if (status !== 201) throw new Error(told);
  return body.events[0]?.id ?? '';
};

async function recorded(officer: Officer, path: string, body: object): Promise<void> {
  const { headers } = id === '' ? { headers: new Headers() } : await officer.get(`/v1/assistance/${id}`);
  const etag = headers.get('etag');
  const reply = await officer.post(`/v1/assistance${id === '' ? '' : `/${id}`}${path}`, body, {
    headers: etag === null ? {} : { 'if-match': etag },
  });
  events.set(path, idOf(reply));
  id = reply.body.case;
}

/** The fields of each recorded fact that hold the name, and who asks and decides about them. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  '': ['/matter', '/legalBasis', '/functionMatch', '/grounds/0/note', '/requestedManner', '/materials/0/name'],
  '/receipts': ['/proof/note'],
  '/acceptances': ['/documents/0/name'],
  '/steps': ['/step'],
  '/extensions': ['/circumstance'],
  '/provisions': ['/performedScope'],
  '/feedback': ['/matter', '/course', '/result', '/other'],
  '/closure': ['/note'],
};

async function driveCase(): Promise<void> {
  const [chen, wu] = [as('chen.handler'), as('wu.handler')];
  digest = (await wu.upload(Buffer.from(text('笔录').repeat(2_000), 'utf8'), 'text/plain')).body.digest;
  await recorded(
    chen,
    '',
    aRequest({
      matter: text('事项'),
      legalBasis: text('依据'),
      functionMatch: text('职能'),
      grounds: [{ code: 'XM-9-6', note: text('情形') }],
      requestedManner: text('方式'),
      materials: [{ name: text('材料'), copies: 1 }],
      counterparties: [{ name: NAME, address: text('地址'), contact: text('电话') }],
    }),
  );
  await recorded(wu, '/receipts', aReceipt({ proof: { kind: 'other', note: text('凭证') } }));
  await recorded(wu, '/acceptances', anAcceptance({ documents: [{ digest, name: text('附件') }] }));
  await recorded(wu, '/steps', aStep({ step: text('步骤') }));
  await recorded(wu, '/extensions', anExtension({ circumstance: text('特殊情况') }));
  await recorded(wu, '/provisions', aProvision({ performedScope: text('范围') }));
  const told = { matter: text('事项'), course: text('过程'), result: text('结果'), other: text('其他') };
  await recorded(wu, '/feedback', aFeedback(told));
  await recorded(wu, '/closure', aClosure({ note: text('办结') }));
}

/** Asked for by one, approved by another. */
async function granted(
  kind: 'corrections' | 'erasures',
  body: object,
  [asks, decides]: readonly Officer[],
): Promise<void> {
  const path = `/v1/assistance/${id}/${kind}`;
  const request = idOf((await asks?.post(path, body)) as Reply);
  const etag = (await decides?.get(`/v1/assistance/${id}`))?.headers.get('etag') ?? '';
  idOf((await decides?.post(`${path}/${request}/approval`, day, { headers: { 'if-match': etag } })) as Reply);
}

async function eraseEverything(): Promise<void> {
  const [asking, asked] = [
    [as('lin.clerk'), as('huang.head')],
    [as('wu.handler'), as('zheng.deputy')],
  ] as const;
  const { particulars } = (await as('chen.handler').get(`/v1/assistance/${id}`)).body as {
    particulars: { counterparties: { subject: string }[] };
  };
  await granted('erasures', { ...because, subject: particulars.counterparties[0]?.subject }, asking);
  await granted('erasures', { ...because, document: digest }, asked);
  const request = idOf(await asking[0].post(`/v1/assistance/${id}/erasures`, because));
  for (const [path, pointers] of Object.entries(TEXTS))
    for (const pointer of pointers) {
      const body = {
        ...day,
        corrects: events.get(path),
        pointer: `/data${pointer}`,
        after: '已删去姓名',
        reason: '删去',
      };
      await granted('corrections', body, path === '' ? asking : asked);
    }
  const etag = (await asking[1].get(`/v1/assistance/${id}`)).headers.get('etag') ?? '';
  const approval = `/v1/assistance/${id}/erasures/${request}/approval`;
  idOf(await asking[1].post(approval, day, { headers: { 'if-match': etag } }));
}

const told = async (): Promise<string> => {
  const pages = await Promise.all(['', '/timeline'].map((page) => as('wu.handler').get(`/v1/assistance/${id}${page}`)));
  return pages.map((page) => page.text).join('');
};

const dataFolder = (): string => here.folder.at('data');
const keyFolder = (): KeyFolder => new KeyFolder(here.folder.at('data', 'keys'));

beforeAll(async () => {
  here = await serviceHere({}, 'embedded');
  await driveCase();
  expect(await told()).toContain(NAME);
  expect((await as('luo.operator').post('/v1/operations/backups', { target: here.folder.at('backup') })).status).toBe(
    201,
  );
  cpSync(here.folder.at('data', 'keys'), here.folder.at('keys-before'), { recursive: true });
  await eraseEverything();
  // Three keys go: the person's, the document's, and the first of the case's text.
  const end = performance.now() + 15_000;
  while (destroyed().length < 3 && performance.now() < end) await new Promise((resume) => setTimeout(resume, 20));
  expect(await told()).not.toContain(NAME);
  await here.service.close();
  const settings = readSettings({ KESU_DATA: dataFolder() });
  const opened = await openLog(settings, new RealClock(), structuredLogger('silent'));
  for await (const event of opened.log.readAll()) if (event.stream.endsWith(id)) sealed.push(...sealedIn(event.data));
  await opened.close();
}, 240_000);

afterAll(() => here.end(), 60_000);

const destroyed = (): readonly string[] =>
  filesBelow(here.folder.at('data', 'keys')).filter((path) => path.endsWith('.erased'));

function sealedIn(value: unknown): readonly Sealed[] {
  if (isSealed(value)) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value as LoggedEvent['data']).flatMap(sealedIn);
}

/** What every sealed value of the case opens to with the keys of a folder. */
async function openedWith(keys: KeyFolder): Promise<readonly Json[]> {
  const opened = await Promise.all(
    sealed.map(async (value) => {
      const key: Key | typeof ERASED | undefined = await keys.find(value.subject);
      return key instanceof Uint8Array ? [open(value, key)] : [];
    }),
  );
  return opened.flat();
}

it('is told by nobody, and three keys are gone', () => {
  expect(
    destroyed()
      .map((path) => basename(path, '.erased'))
      .every((subject) => uuid(subject)),
  ).toBe(true);
  expect(destroyed()).toHaveLength(3);
});

it('is in no value that any key there is opens; with the keys of before, it is in many', async () => {
  const now = await openedWith(keyFolder());
  expect(now).toContain('已删去姓名');
  expect(now.filter((value) => JSON.stringify(value).includes(NAME))).toEqual([]);
  const before = await openedWith(new KeyFolder(here.folder.at('keys-before')));
  expect(before.filter((value) => JSON.stringify(value).includes(NAME)).length).toBeGreaterThan(15);
});

// Read models may hold opened texts, as a cache that is never backed up: what they answer is looked at above.
it.each(['log', 'keys', 'documents', '../backup'])('stands in no byte of %s', (place) => {
  const files = filesBelow(here.folder.at('data', place));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => stands(NAME, readFileSync(file)))).toEqual([]);
});
