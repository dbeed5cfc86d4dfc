import { documentSubject } from '#libs/kernel';
import { eventsLogged, expectProblem } from '../security/expected.js';
import { aReceipt, aRequest, aStep, serviceHere, type Officer, type ServiceHere } from '../service/index.js';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere();
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

const MISSING = 'f'.repeat(64);
const brought = async (officer: Officer, text: string): Promise<string> =>
  (await officer.upload(Buffer.from(text, 'utf8'))).body.digest;

it('records a fact that cites what its organ brought, and lists it in the timeline with its name and link', async () => {
  const digest = await brought(chen, '现场照片说明');
  const documents = [{ digest, name: '现场照片说明.txt' }];
  const { status, body } = await chen.post('/v1/assistance', aRequest({ documents }));
  expect(status).toBe(201);
  const path = `/v1/assistance/${body.case}/timeline`;
  const [entry] = (await wu.get(path)).body.entries;
  expect(entry?.documents).toEqual([{ ...documents[0], href: `documents/${digest}` }]);
  const address = new URL(entry?.documents[0]?.href ?? '', `${here.url}${path}?any=1`);
  expect((await wu.download(address.pathname)).bytes.toString('utf8')).toBe('现场照片说明');
});

it('lists none for a fact that cites none', async () => {
  const { body } = await chen.post('/v1/assistance', aRequest());
  expect((await chen.get(`/v1/assistance/${body.case}/timeline`)).body.entries[0]?.documents).toEqual([]);
});

it('refuses what the store does not have, with its place, and records nothing', async () => {
  const there = await brought(chen, '有');
  const before = await eventsLogged(here);
  for (const [digests, pointer] of [
    [[MISSING], '/documents/0/digest'],
    [[there, MISSING], '/documents/1/digest'],
  ] as const) {
    const documents = digests.map((digest) => ({ digest, name: '附件' }));
    const reply = await chen.post('/v1/assistance', aRequest({ documents }));
    expectProblem(reply, 422, 'DOCUMENT_UNKNOWN');
    expect(reply.body.errors).toEqual([{ pointer, code: 'DOCUMENT_UNKNOWN', message: reply.body.detail }]);
  }
  expect(await eventsLogged(here)).toBe(before);
});

it('refuses what only another organ brought: a digest alone gives nobody a document', async () => {
  const digest = await brought(chen, '请求机关的内部材料');
  const { body } = await chen.post('/v1/assistance', aRequest());
  const step = aStep({ documents: [{ digest, name: '附件' }] });
  const path = `/v1/assistance/${body.case}/steps`;
  expectProblem(await wu.post(path, step), 422, 'DOCUMENT_UNKNOWN');
  expect(await brought(wu, '请求机关的内部材料')).toBe(digest);
  expect((await wu.post(path, step)).status).toBe(201);
});

it('says nothing of documents to who may not know of the case, or may not record there', async () => {
  const { body } = await chen.post('/v1/assistance', aRequest());
  const documents = [{ digest: MISSING, name: '附件' }];
  const path = `/v1/assistance/${body.case}`;
  expectProblem(await here.as('liu.head').post(`${path}/receipts`, aReceipt({ documents })), 404, 'CASE_NOT_FOUND');
  expectProblem(await chen.post(`${path}/steps`, aStep({ documents })), 403, 'NOT_ENTITLED');
});

it('gives a repeat its first answer, whatever has become of the document', async () => {
  const digest = await brought(chen, '后来删除的材料');
  const documents = [{ digest, name: '材料' }];
  const first = await chen.post('/v1/assistance', aRequest({ documents }), { key: 'repeated' });
  await here.service.runtime.keys.destroy(documentSubject(digest));
  const again = await chen.post('/v1/assistance', aRequest({ documents }), { key: 'repeated' });
  expect([again.status, again.text]).toEqual([201, first.text]);
  expectProblem(await chen.post('/v1/assistance', aRequest({ documents })), 422, 'DOCUMENT_UNKNOWN');
});

it.each([
  ['a digest in capitals', { digest: 'F'.repeat(64) }, '/documents/0/digest'],
  ['a digest too short', { digest: 'f'.repeat(63) }, '/documents/0/digest'],
  ['a path for a digest', { digest: '../../../../etc/passwd' }, '/documents/0/digest'],
  ['no name', { name: undefined }, '/documents/0/name'],
  ['a blank name', { name: ' ' }, '/documents/0/name'],
  ['a name that reads backwards', { name: '\u202egnp.exe' }, '/documents/0/name'],
  ['a name in isolation marks', { name: '附件\u2066txt\u2069' }, '/documents/0/name'],
  ['a name of two lines, the second a control', { name: '附件\u0007' }, '/documents/0/name'],
  ['a name of 201 characters', { name: '长'.repeat(201) }, '/documents/0/name'],
  ['a type of its own', { type: 'text/html' }, '/documents/0/type'],
])('a document cited with %s is refused', async (_what, changes, pointer) => {
  const before = await eventsLogged(here);
  const documents = [{ digest: MISSING, name: '附件', ...changes }];
  const reply = await chen.post('/v1/assistance', aRequest({ documents }));
  expectProblem(reply, 400, 'BODY_INVALID');
  expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
  expect(await eventsLogged(here)).toBe(before);
});
