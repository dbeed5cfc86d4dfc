import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { documentSubject } from '#libs/kernel';
import { SAMPLE_FILES } from '../../libs/testing/src/sample-files/index.js';
import { dispositionOf } from '../../libs/platform/src/http/document-answer.js';
import {
  aClosure,
  aReceipt,
  aRequest,
  aStep,
  rawRequest,
  serviceHere,
  type Downloaded,
  type Officer,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let chen: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

/** A case whose request cites a document of these bytes. @returns where it stands, and the request. */
async function cited(bytes: Uint8Array, name: string) {
  const { digest } = (await chen.upload(bytes)).body;
  const { body } = await chen.post('/v1/assistance', aRequest({ documents: [{ digest, name }] }));
  const root = `/v1/assistance/${body.case}`;
  return { path: `${root}/documents/${digest}`, digest, root, event: body.events[0]?.id };
}

const recording = (size: number): Buffer =>
  Buffer.concat([SAMPLE_FILES['audio/amr'] ?? Buffer.alloc(0), randomBytes(size)]).subarray(0, size);
const base64 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

it('sends the bytes with what they are, and lets no browser do anything with them but save them', async () => {
  const bytes = recording(200_000);
  const { path } = await cited(bytes, '电话录音（九月十七日）.amr');
  const { status, headers, bytes: got } = await here.as('wu.handler').download(path);
  expect([status, got.equals(bytes)]).toEqual([200, true]);
  const expected = {
    'content-type': 'audio/amr',
    'content-length': '200000',
    'content-disposition':
      'attachment; filename="_______________.amr"; ' +
      `filename*=UTF-8''${encodeURIComponent('电话录音（九月十七日）.amr')}`,
    'accept-ranges': 'bytes',
    'content-digest': `sha-256=:${base64(bytes)}:`,
    'repr-digest': `sha-256=:${base64(bytes)}:`,
    'cache-control': 'no-store',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  const told = Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]));
  expect({ ...told, 'content-disposition': told['content-disposition']?.replace(/"_+/, '"_______________') }).toEqual(
    expected,
  );
});

it.each([
  ['C:附件.TXT', 'C_附件.TXT'],
  ['CON', '_CON.txt'],
  ['setup.exe', 'setup.exe.txt'],
  ['页面.html', '页面.html.txt'],
  ['名册.csv', '名册.csv'],
  ['.htaccess', 'htaccess.txt'],
  ['笔录".txt', '笔录_.txt'],
  ['a%0d%0aSet-Cookie: b', 'a_0d_0aSet-Cookie_ b.txt'],
  ['...', 'document.txt'],
])('a document named %j is saved as %j', async (name, saved) => {
  const { path } = await cited(Buffer.from(`名称 ${name}`, 'utf8'), name);
  const { headers } = await chen.download(path);
  const told = /filename\*=UTF-8''(.*)$/.exec(headers.get('content-disposition') ?? '')?.[1] ?? '';
  expect(decodeURIComponent(told)).toBe(saved);
  expect(told).toMatch(/^[A-Za-z0-9!#$&+.^_`|~%-]+$/);
});

/* Names that stand in facts from before they were refused. */
it.each([
  ['../../../etc/passwd', '_.._.._etc_passwd.txt'],
  ['..\\..\\windows\\system.ini', '_.._windows_system.ini.txt'],
  ['C:/x/附件.TXT', 'C__x_附件.TXT'],
  ['．．／a', '_a.txt'],
  ['a＼b∕c⁄d', 'a_b_c_d.txt'],
  ['a\u2028b\u0085c\ufffed', 'a_b_c_d.txt'],
  ['nul.txt', '_nul.txt'],
  ['COM1', '_COM1.txt'],
  ['console.txt', 'console.txt'],
])('a stored name %j is told as %j', (name, saved) => {
  const told = /filename\*=UTF-8''(.*)$/.exec(dispositionOf(name, 'text/plain; charset=utf-8'))?.[1] ?? '';
  expect(decodeURIComponent(told)).toBe(saved);
});

it.each(['../../../etc/passwd', '..\\x', 'x/y', '．．／a', '..'])(
  'no act takes a document named %j, and nothing is recorded',
  async (name) => {
    const { digest } = (await chen.upload(Buffer.from(`不收 ${name}`, 'utf8'))).body;
    const document = { digest, name };
    const { root, event } = await cited(Buffer.from(`收 ${name}`, 'utf8'), '收.txt');
    const wu = here.as('wu.handler');
    const replies = [
      await chen.post('/v1/assistance', aRequest({ documents: [document] })),
      await chen.post(`${root}/receipts`, aReceipt({ documents: [document] })),
      await wu.post(`${root}/steps`, aStep({ documents: [document] })),
      await wu.post(`${root}/closure`, aClosure({ documents: [document] }), { headers: { 'if-match': '"0"' } }),
    ];
    for (const { status, body } of replies) {
      const told = body.errors?.map(({ pointer, code }) => [pointer, code]);
      expect([status, body.code, told]).toEqual([400, 'BODY_INVALID', [['/documents/0/name', 'fileName']]]);
      expect(body.errors?.[0]?.message).toContain('路径分隔符');
    }
    const place = { corrects: event, pointer: '/data/documents/0/name', after: name };
    const asked = { occurredAt: { on: '2026-09-18' }, ...place, reason: '更名' };
    const corrected = await chen.post(`${root}/corrections`, asked);
    expect([corrected.status, corrected.body.code, corrected.body.errors?.[0]?.pointer]).toEqual([
      422,
      'AFTER_MALFORMED',
      '/after',
    ]);
    expect(corrected.body.detail).toContain('路径分隔符');
    // Nothing of all this stands in the case: the next act is its second.
    expect((await wu.post(`${root}/steps`, aStep())).body.revision).toBe(1);
  },
);

describe('a range', () => {
  const bytes = recording(150_000);
  let path = '';
  beforeAll(async () => ({ path } = await cited(bytes, '录音.amr')));

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=65530-65545', 65_530, 65_546],
    ['bytes=149999-', 149_999, 150_000],
    ['bytes=100000-999999', 100_000, 150_000],
    ['bytes=-10', 149_990, 150_000],
    ['bytes=-999999', 0, 150_000],
  ])('%s is sent alone', async (range, from, to) => {
    const { status, headers, bytes: got } = await chen.download(path, { range });
    expect([status, got.equals(bytes.subarray(from, to))]).toEqual([206, true]);
    expect(headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/150000`);
    expect([headers.get('repr-digest'), headers.get('content-digest')]).toEqual([`sha-256=:${base64(bytes)}:`, null]);
  });

  it.each(['bytes=150000-', 'bytes=999999-1000000', 'bytes=-0'])('%s is refused with the size', async (range) => {
    const { status, headers, body } = await chen.download(path, { range });
    expect([status, body.code, headers.get('content-range')]).toEqual([416, 'RANGE_NOT_SATISFIABLE', 'bytes */150000']);
  });

  it.each(['bytes=5-1', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=', 'bytes=-', 'bytes=a-b'])(
    '%s is passed over: the whole is sent',
    async (range) => expect((await chen.download(path, { range })).bytes).toHaveLength(150_000),
  );

  it('is passed over when it is asked for on a condition', async () =>
    expect((await chen.download(path, { range: 'bytes=0-0', 'if-range': '"x"' })).status).toBe(200));

  it('HEAD says what there is and sends none of it', async () => {
    const { status, headers, text } = await rawRequest(here.url, {
      method: 'HEAD',
      path,
      headers: await chen.authorization(),
    });
    expect([status, headers['content-length'], text]).toEqual([200, '150000', '']);
  });
});

const problemOf = ({ status, headers, bytes }: Downloaded) => ({
  status,
  text: bytes.toString('utf8').replace(/"traceId":"[0-9a-f]{32}"/, '"traceId"'),
  headers: [...headers].filter(([name]) => name !== 'date' && name !== 'traceparent'),
});

it('answers what the case does not cite, and what is no digest, like one another', async () => {
  const { root } = await cited(Buffer.from('甲'), '甲.txt');
  const elsewhere = await cited(Buffer.from('乙'), '乙.txt');
  const told: ReturnType<typeof problemOf>[] = [];
  for (const digest of [
    elsewhere.digest,
    'f'.repeat(64),
    'F'.repeat(64),
    'x',
    '%00',
    '__proto__',
    '..%2f..%2fetc%2fpasswd',
  ])
    told.push(problemOf(await chen.download(`${root}/documents/${digest}`)));
  expect(told[0]).toMatchObject({ status: 404, text: expect.stringContaining('DOCUMENT_NOT_FOUND') as string });
  expect(told).toEqual(told.map(() => told[0]));
});

it('answers somebody else’s case like one that does not exist, whatever it cites', async () => {
  const { path, digest } = await cited(Buffer.from('丙'), '丙.txt');
  const liu = here.as('liu.head');
  const absent = problemOf(await liu.download(`/v1/assistance/${randomUUID()}/documents/${digest}`));
  expect(absent.text).toContain('CASE_NOT_FOUND');
  expect(problemOf(await liu.download(path))).toEqual(absent);
  expect(problemOf(await liu.download(path.replace(/.$/, '0')))).toEqual(absent);
});

it('asks supervision what it reads for', async () => {
  const { path } = await cited(Buffer.from('丁'), '丁.txt');
  const yang = here.as('yang.supervisor');
  expect((await yang.download(path)).body.code).toBe('PURPOSE_REQUIRED');
  expect((await yang.download(path, { 'kesu-purpose': 'supervision' })).bytes.toString('utf8')).toBe('丁');
});

it('says of an erased document that it was erased, and of its upload likewise', async () => {
  const { path, digest } = await cited(Buffer.from('应当删除的内容'), '戊.txt');
  await here.service.runtime.keys.destroy(documentSubject(digest));
  const { status, body } = await chen.download(path);
  expect([status, body.code]).toEqual([410, 'DOCUMENT_ERASED']);
  expect(body.detail).toMatch(/已按规定删除/);
  expect((await chen.upload(Buffer.from('应当删除的内容'))).status).toBe(410);
});

it('serves no byte of a document that was tampered with, and all others', async () => {
  const sound = await cited(Buffer.from('完好'), '己.txt');
  const { path, digest } = await cited(recording(150_000), '庚.amr');
  const file = here.folder.at('data', 'documents', digest.slice(0, 2), digest);
  const stored = await readFile(file);
  stored[100_000] = (stored[100_000] ?? 0) ^ 1;
  await writeFile(file, stored);
  for (const headers of [{}, { range: 'bytes=0-0' }]) {
    const { status, body, bytes } = await chen.download(path, headers);
    expect([status, body.code]).toEqual([503, 'DOCUMENT_DAMAGED']);
    expect(bytes.length).toBeLessThan(1000);
  }
  expect((await chen.download(sound.path)).bytes.toString('utf8')).toBe('完好');
});
