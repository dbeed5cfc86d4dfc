import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { arriving } from '../../libs/platform/src/http/uploads.js';
import { SAMPLE_FILES, UNFIT_FILES } from '../../libs/testing/src/sample-files/index.js';
import { eventsLogged, expectProblem } from '../security/expected.js';
import { parsed, rawRequest, serviceHere, type Officer, type RawReply, type ServiceHere } from '../service/index.js';

const BYTES_MAX = 1_000_000;
const PDF = SAMPLE_FILES['application/pdf'] ?? Buffer.alloc(0);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const contentDigest = (bytes: Uint8Array): string => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

let here: ServiceHere;
let chen: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api', KESU_DOCUMENT_BYTES_MAX: String(BYTES_MAX) });
  chen = here.as('chen.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

const files = (): string[] => readdirSync(here.folder.at('data', 'documents'), { recursive: true, encoding: 'utf8' });
const kept = (): string[] => files().filter((name) => /\/[0-9a-f]{64}$/.test(name));
const underWay = (): string[] => files().filter((name) => /^incoming\//.test(name));

it.each(Object.entries(SAMPLE_FILES))('takes %s in and says what it is', async (type, bytes) => {
  const { status, headers, body } = await chen.upload(bytes, type, { 'content-digest': contentDigest(bytes) });
  expect([status, body]).toEqual([201, { mode: '开发', digest: sha256(bytes), size: bytes.length, type }]);
  expect(headers.get('cache-control')).toBe('no-store');
  expect((await chen.upload(bytes)).body).toEqual(body);
  expect(kept()).toContain(`${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`);
});

it('answers the same bytes with the same bytes, whoever brought them before, and keeps them once', async () => {
  const bytes = Buffer.from('同一份文件', 'utf8');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_none, n) => here.as(n % 2 === 0 ? 'chen.handler' : 'wu.handler').upload(bytes)),
  );
  const told = answers.map(({ status, text, headers }) => ({
    status,
    text,
    headers: [...headers].filter(([name]) => name !== 'date' && name !== 'traceparent'),
  }));
  expect(told).toEqual(told.map(() => told[0]));
  expect(told[0]?.status).toBe(201);
  expect(kept().filter((name) => name.endsWith(sha256(bytes)))).toHaveLength(1);
});

type Refused = readonly [bytes: Uint8Array, headers: Record<string, string>, status: number, code: string];

const REFUSED: Readonly<Record<string, Refused>> = {
  nothing: [Buffer.alloc(0), {}, 422, 'DOCUMENT_EMPTY'],
  'another type than it says': [PDF, { 'content-type': 'image/png' }, 422, 'DOCUMENT_TYPE_MISMATCH'],
  'a page that says it is text': [
    UNFIT_FILES['a page'] ?? PDF,
    { 'content-type': 'text/plain' },
    415,
    'DOCUMENT_TYPE_UNSUPPORTED',
  ],
  'a page': [UNFIT_FILES['a page'] ?? PDF, { 'content-type': 'text/html' }, 415, 'DOCUMENT_TYPE_UNSUPPORTED'],
  'a form of fields and files': [
    PDF,
    { 'content-type': 'multipart/form-data; boundary=x' },
    415,
    'DOCUMENT_TYPE_UNSUPPORTED',
  ],
  JSON: [Buffer.from('{}'), { 'content-type': 'application/json' }, 415, 'DOCUMENT_TYPE_UNSUPPORTED'],
  'said to be packed': [PDF, { 'content-encoding': 'gzip' }, 415, 'DOCUMENT_TYPE_UNSUPPORTED'],
  'of another digest than it says': [
    PDF,
    { 'content-digest': contentDigest(Buffer.from('b')) },
    422,
    'DOCUMENT_DIGEST_MISMATCH',
  ],
  'of a digest that is none': [PDF, { 'content-digest': 'sha-256=abc' }, 400, 'CONTENT_DIGEST_MALFORMED'],
  'of a digest of another kind alone': [
    PDF,
    { 'content-digest': 'md5=:AAAAAAAAAAAAAAAAAAAAAA==:' },
    400,
    'CONTENT_DIGEST_MALFORMED',
  ],
  'longer than the limit': [Buffer.alloc(BYTES_MAX + 1, 'a'), {}, 413, 'DOCUMENT_TOO_LARGE'],
  ...Object.fromEntries(
    Object.entries(UNFIT_FILES).map(([name, bytes]) => [name, [bytes, {}, 415, 'DOCUMENT_TYPE_UNSUPPORTED']]),
  ),
};

it.each(Object.entries(REFUSED))(
  'refuses a file that is %s, and keeps nothing',
  async (_name, [bytes, headers, status, code]) => {
    const [events, before] = [await eventsLogged(here), files()];
    expectProblem(await chen.upload(bytes, 'application/octet-stream', headers), status, code);
    expect([await eventsLogged(here), files()]).toEqual([events, before]);
  },
);

it('tells the limit in the middle of an upload whose length nobody said, and ends it', async () => {
  const reply = await new Promise<RawReply>((resolve, reject) => {
    void chen.authorization().then((authorization) => {
      const headers = { ...authorization, 'content-type': 'text/plain' };
      const sent = httpRequest(`${here.url}/v1/documents`, { method: 'POST', headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: parsed(text) });
          sent.destroy();
        });
      });
      sent.on('error', reject);
      const more = (): void => {
        if (!sent.destroyed) sent.write(Buffer.alloc(100_000, 'a'), more);
      };
      more();
    }, reject);
  });
  expectProblem(reply, 413, 'DOCUMENT_TOO_LARGE');
  expect(underWay()).toEqual([]);
});

it('keeps nothing of an upload that breaks off', async () => {
  const before = files();
  const authorization = await chen.authorization();
  const sent = httpRequest(`${here.url}/v1/documents`, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'text/plain', 'content-length': '500000' },
  });
  sent.on('error', () => undefined);
  sent.write(Buffer.alloc(200_000, 'a'));
  while (underWay().length === 0) await new Promise((resume) => setTimeout(resume, 10));
  sent.destroy();
  while (underWay().length > 0) await new Promise((resume) => setTimeout(resume, 10));
  expect(files()).toEqual(before);
  expect((await chen.upload(PDF)).status).toBe(201);
});

it('waits for the next part of a file, but not for ever', async () => {
  const body = new PassThrough();
  body.write('half');
  // Of a request nothing is used here but that it is a stream.
  const parts = arriving(body as unknown as IncomingMessage, 50);
  expect(String((await parts.next()).value)).toBe('half');
  await expect(parts.next()).rejects.toMatchObject({ code: 'UPLOAD_STALLED' });
  expect(body.destroyed).toBe(false);
});

it('takes no file where a command belongs, and none without a token', async () => {
  const authorization = await chen.authorization();
  for (const path of ['/v1/assistance', '/v1/operations/backups'])
    expectProblem(
      await rawRequest(here.url, { path, headers: { ...authorization, 'content-type': 'application/pdf' }, body: PDF }),
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    );
  const headers = { 'content-type': 'application/pdf' };
  expectProblem(await rawRequest(here.url, { path: '/v1/documents', headers, body: PDF }), 401, 'TOKEN_MISSING');
});
