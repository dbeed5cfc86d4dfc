import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Officer } from '../service/index.js';
import { Chance } from '../simulation/chance.js';
import { sha256 } from './known.js';
import { Run } from './run.js';

/* What a whole run would find in a service that lists things and hands out a file, and does one thing wrong. */

const CASE = '90000000-0000-4000-8000-000000000001';
const FILE = '监测记录';
const ITEMS = Array.from({ length: 7 }, (_none, n) => ({ id: `90000000-0000-4000-8000-00000000000${n}` }));

const text = { type: 'string' };
const described = (operationId: string, parameters: readonly object[], responses: object) => ({
  get: { operationId, parameters, responses },
});
const json = (properties: object, required: readonly string[]) => ({
  content: { 'application/json': { schema: { type: 'object', properties, required } } },
});
const item = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } }, required: ['id'] };
const inQuery = (name: string, schema: object) => ({ name, in: 'query', schema });
const PATH = '/v1/assistance/{id}/documents/{digest}';
const DOCUMENT = {
  paths: {
    '/v1/items': described(
      'listItems',
      [inQuery('limit', { type: 'integer', minimum: 1, maximum: 200 }), inQuery('after', text)],
      { 200: json({ items: { type: 'array', items: item }, next: text }, ['items']), 400: {} },
    ),
    [PATH]: described(
      'getDocument',
      [
        { name: 'id', in: 'path', required: true, schema: text },
        { name: 'digest', in: 'path', required: true, schema: text },
        { name: 'Range', in: 'header', schema: text },
      ],
      { 200: { content: { 'text/plain': {} } }, 206: { content: { 'text/plain': {} } }, 404: {}, 416: {} },
    ),
  },
  components: { schemas: {} },
};

/** The service as it should be; a test has one answer of it otherwise. */
const SOUND = {
  next: (id: string | undefined): unknown => id,
  from: (at: number): number => at,
  item: (one: object): object => one,
  file: FILE,
  type: 'text/plain; charset=utf-8',
};

type Say = (status: number, type: string, body: string | object) => void;

const refused = (say: Say, status: number, code: string): void =>
  say(status, 'application/problem+json', {
    ...{ type: `urn:kesu:problem:${code}`, title: '不能应答', status, code, detail: '不能应答。' },
    traceId: 'a'.repeat(32),
  });

/** What it says at each address but those of files and of its list. */
const STANDING: Readonly<Record<string, readonly [status: number, body: object]>> = {
  '/development/tokens': [200, { token: 't' }],
  '/v1/documents': [201, { digest: sha256(FILE), size: 1, type: 'text/plain' }],
  '/v1/assistance': [201, { case: CASE, revision: 0, events: [{ id: CASE }] }],
};

function listed(service: typeof SOUND, query: URLSearchParams, say: Say): void {
  const [limit, after] = [Number(query.get('limit') ?? 50), query.get('after')];
  const at = after === null ? 0 : ITEMS.findIndex(({ id }) => id === after) + 1;
  if (at === 0 && after !== null) return refused(say, 400, 'CURSOR_MALFORMED');
  const last = at + limit < ITEMS.length ? ITEMS[at + limit - 1]?.id : undefined;
  const items = ITEMS.slice(service.from(at), at + limit).map(service.item);
  say(200, 'application/json', { items, next: at === 0 ? last : service.next(last) });
}

function sent({ type, file }: typeof SOUND, range: string | undefined, say: Say): void {
  if (range?.includes('100000-')) return refused(say, 416, 'RANGE_NOT_SATISFIABLE');
  const isPart = range?.startsWith('bytes=') === true;
  say(isPart ? 206 : 200, type, isPart ? file.slice(0, 1) : file);
}

function answer(service: typeof SOUND, url: URL, range: string | undefined, reply: ServerResponse): void {
  const say: Say = (status, type, body) =>
    void reply
      .writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  const [status, body] = STANDING[url.pathname] ?? [];
  if (status !== undefined && body) say(status, 'application/json', body);
  else if (url.pathname === '/v1/items') listed(service, url.searchParams, say);
  else if (url.pathname.endsWith(sha256(FILE))) sent(service, range, say);
  else refused(say, 404, 'DOCUMENT_NOT_FOUND');
}

/** The faults that a run of this service finds. */
async function faultsIn(changes: Partial<typeof SOUND>): Promise<readonly string[]> {
  const server: Server = createServer((request, reply) => {
    request.resume();
    answer({ ...SOUND, ...changes }, new URL(request.url ?? '', 'http://here'), request.headers.range, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = new Run(new Chance(7), { url, as: (account) => new Officer(() => url, account) }, DOCUMENT as never);
  try {
    await run.begin();
    await run.ask(60);
    await run.cover();
  } finally {
    run.end();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  // What is said of odd requests is not what is tried here: this service looks at next to nothing of them.
  return run.faults.filter((fault) => fault.startsWith('sound'));
}

it('finds nothing in a service that does as described', async () => {
  expect(await faultsIn({})).toEqual([]);
});

it.each<[string, Partial<typeof SOUND>, RegExp]>([
  ['a cursor that is none, on the second page', { next: () => 7 }, /\/next must be string/],
  ['an item that stands on two pages', { from: (at) => Math.max(0, at - 1) }, /stands on two pages/],
  ['more items than were asked for', { from: () => 0 }, /items on a page of/],
  ['a member nobody described, inside a list', { item: (one) => ({ ...one, secret: 1 }) }, /unevaluated.* secret/],
  ['a file of a type that is not declared', { type: 'text/html' }, /content of type text\/html is not declared/],
  ['a file that is another', { file: '别的' }, /a file of another digest/],
])('finds %s', async (_name, changes, fault) => {
  expect((await faultsIn(changes)).join('\n')).toMatch(fault);
});
