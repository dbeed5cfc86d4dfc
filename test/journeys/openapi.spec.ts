import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import {
  anObstacle,
  aClosure,
  anExtension,
  aReceipt,
  aRequest,
  aStep,
  organ,
  person,
  request,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media & { readonly description?: string }>>;
  readonly security?: readonly object[];
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let here: ServiceHere;
let document: Document;
let chen: Officer;
let wu: Officer;
let ajv: Ajv;

beforeAll(async () => {
  here = await serviceHere();
  const { text } = await request(`${here.url}/openapi.json`, 'GET', {});
  document = JSON.parse(text) as Document;
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
  ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'kesu', ...document });
}, 120_000);

afterAll(() => here.end(), 60_000);

const operations = (): (Operation & { readonly path: string; readonly method: string })[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, path, method })),
  );

const pointers = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === '$ref' && typeof item === 'string' ? [item] : pointers(item),
  );
};

function resolved(pointer: string): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/')],
      document,
    );
}

it('is OpenAPI 3.1, names its mode, and needs no token', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({ title: '可溯 Kesu', version: '1' });
  expect(JSON.stringify(document.info)).toContain('开发');
});

it('gives every operation a name of its own, a sentence, and its answers', () => {
  const names = operations().map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['requestAssistance', 'closeCase', 'getCaseFile', 'getTimeline']));
  for (const { operationId, summary, responses } of operations()) {
    expect([operationId, summary]).toEqual([operationId, expect.stringMatching(/[\u4e00-\u9fff]/)]);
    expect(Object.keys(responses).length).toBeGreaterThan(0);
    for (const [status, { description }] of Object.entries(responses))
      expect([operationId, status, typeof description]).toEqual([
        operationId,
        expect.stringMatching(/^[1-5]\d\d$/),
        'string',
      ]);
  }
});

it('declares exactly the parameters its paths have', () => {
  for (const { path, operationId, parameters = [] } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = parameters.filter((parameter) => parameter.in === 'path');
    expect([operationId, declared.map(({ name }) => name).sort()]).toEqual([operationId, inPath.sort()]);
    expect(declared.every(({ required }) => required === true)).toBe(true);
  }
});

it('has no reference that leads nowhere, and no schema that is none', () => {
  const all = pointers(document);
  expect(all.length).toBeGreaterThan(20);
  for (const pointer of all) expect([pointer, typeof resolved(pointer)]).toEqual([pointer, 'object']);
  for (const [name, schema] of Object.entries(document.components.schemas))
    expect([name, ajv.validateSchema(schema), ajv.errors]).toEqual([name, true, null]);
});

/** What the document says this answer looks like. */
function validatorFor(method: string, path: string, status: number): ValidateFunction {
  const operation = document.paths[path]?.[method];
  const media = Object.values(operation?.responses[status]?.content ?? {})[0];
  if (!media?.schema) throw new Error(`${method} ${path} declares no answer ${status}`);
  const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"kesu#/')) as object;
  return ajv.compile(schema);
}

const CASE = '/v1/assistance/{id}';

it('tells the shape of every answer that is given', async () => {
  const root = '/v1/assistance';
  const counterparties = [{ name: '厦门示例环保科技有限公司', idNumber: '91350200MA00000000' }];
  const opened = await chen.post(root, aRequest({ counterparties, grounds: [{ code: 'XM-9-6', note: '另有原因' }] }));
  const path = `${root}/${opened.body.case}`;
  const noted = await chen.post(`${root}/obstacles`, anObstacle());
  const received = await wu.post(`${path}/receipts`, aReceipt());
  const answers: (readonly [method: string, template: string, answer: Reply])[] = [
    ['post', root, opened],
    ['post', `${CASE}/receipts`, received],
    [
      'post',
      `${CASE}/steps`,
      await wu.post(`${path}/steps`, aStep({ occurredAt: { at: '2026-09-22T09:00:00+08:00' } })),
    ],
    [
      'post',
      `${CASE}/extensions`,
      await wu.post(`${path}/extensions`, anExtension(), { headers: { 'if-match': '"2"' } }),
    ],
    ['get', root, await wu.get(`${root}?limit=1`)],
    ['get', CASE, await wu.get(path)],
    ['get', CASE, await chen.get(`${root}/${noted.body.case}`)],
    ['get', `${CASE}/timeline`, await wu.get(`${path}/timeline`)],
    ['get', `${CASE}/commands/{command}`, await wu.get(`${path}/commands/${received.body.commandId}`)],
    ['get', `${CASE}/commands/{command}`, await wu.get(`${path}/commands/none`)],
    ['post', '/v1/documents', await wu.upload(Buffer.from('附件'), 'text/plain')],
    ['post', '/v1/documents', await wu.upload(Buffer.from('<html>'), 'text/html')],
    ['get', `${CASE}/documents/{digest}`, await wu.get(`${path}/documents/none`)],
    ['get', '/v1/me', await wu.get('/v1/me')],
    ['get', '/v1/organs', await wu.get('/v1/organs')],
    ...(await registerAnswers()),
    ['post', root, await chen.post(root, { step: 1 })],
    ['post', root, await chen.post(root, aRequest({ form: 'pigeon' }))],
    ['post', root, await chen.post(root, {}, { raw: '{' })],
    ['post', root, await chen.post(root, {}, { raw: 'a', headers: { 'content-type': 'text/plain' } })],
    ['post', root, await chen.post(root, aRequest(), { headers: { authorization: 'Bearer a.b.c' } })],
    ['post', `${CASE}/closure`, await wu.post(`${path}/closure`, aClosure())],
    ['post', `${CASE}/closure`, await wu.post(`${path}/closure`, aClosure(), { headers: { 'if-match': '"0"' } })],
    ['post', `${CASE}/steps`, await chen.post(`${path}/steps`, aStep())],
    ['get', CASE, await here.as('liu.head').get(path)],
    ['get', CASE, await here.as('yang.supervisor').get(path)],
  ];
  for (const [method, template, { status, text }] of answers) {
    const validate = validatorFor(method, template, status);
    validate(JSON.parse(text));
    expect([method, template, status, validate.errors]).toEqual([method, template, status, null]);
  }
  expect(new Set(answers.map(([, , { status }]) => status))).toEqual(
    new Set([201, 200, 400, 422, 415, 401, 428, 412, 403, 404]),
  );
});

/** A request and its refusal, and everything that is read of the register. */
async function registerAnswers(): Promise<(readonly [method: string, template: string, answer: Reply])[]> {
  const [he, fang] = [here.as('he.registrar'), here.as('fang.registrar')];
  const renaming = { occurredAt: { on: '2026-09-18' }, person: person('wu.handler'), name: '吴承办', reason: '更名' };
  const asked = await he.post('/v1/register/renamings', renaming);
  const request = asked.body.events[0]?.id;
  const headers = { 'if-match': asked.headers.get('etag') ?? '' };
  const decision = { occurredAt: { on: '2026-09-18' }, request, reason: '证件未附' };
  const refused = await fang.post('/v1/register/refusals', decision, { headers });
  const ecology = organ('厦门市生态环境局');
  return [
    ['post', '/v1/register/renamings', asked],
    ['post', '/v1/register/refusals', refused],
    ['post', '/v1/register/refusals', await fang.post('/v1/register/refusals', decision)],
    ['post', '/v1/register/renamings', await wu.post('/v1/register/renamings', renaming)],
    ['post', '/v1/register/renamings', await he.post('/v1/register/renamings', { ...renaming, person: ecology })],
    ['get', '/v1/register', await wu.get('/v1/register')],
    ['get', '/v1/register/changes', await he.get('/v1/register/changes')],
    ['get', '/v1/register/changes/{id}', await he.get(`/v1/register/changes/${request}`)],
    ['get', '/v1/register/changes/{id}', await here.as('xu.head').get(`/v1/register/changes/${request}`)],
    ['get', '/v1/register/commands/{command}', await he.get(`/v1/register/commands/${asked.body.commandId}`)],
    ['get', '/v1/organs/{id}', await wu.get(`/v1/organs/${ecology}?on=2026-09-18`)],
    ['get', '/v1/organs/{id}', await wu.get('/v1/organs/none')],
    ['get', '/v1/organs', await wu.get('/v1/organs?on=soon')],
    ['get', '/v1/persons', await he.get('/v1/persons?limit=1')],
    ['get', '/v1/appointments', await wu.get(`/v1/appointments?organ=${ecology}`)],
  ];
}

it('says of a body what the service takes and what it does not', () => {
  const schema = ajv.compile({ $ref: 'kesu#/components/schemas/RequestAssistance' });
  expect([schema(aRequest()), schema.errors]).toEqual([true, null]);
  expect(schema({ ...aRequest(), colour: 'red' })).toBe(false);
  expect(schema({ ...aRequest(), matter: undefined, occurredAt: {} })).toBe(false);
});

it('has a page that loads nothing from elsewhere', async () => {
  const page = await request(`${here.url}/docs`, 'GET', {});
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) {
    const address = new URL(link, `${here.url}/docs`);
    expect([link, address.origin]).toEqual([link, here.url]);
    expect([link, (await request(address.href, 'GET', {})).status]).toEqual([link, 200]);
  }
});
