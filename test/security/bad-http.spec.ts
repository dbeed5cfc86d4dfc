import {
  aRequest,
  aStep,
  rawBytes,
  rawRequest,
  serviceHere,
  type Officer,
  type RawReply,
  type ServiceHere,
} from '../service/index.js';
import { eventsLogged, expectProblem } from './expected.js';

/* What is wrong with a request before its body is looked at: addresses, methods, queries, headers, bytes. */

let here: ServiceHere;
let chen: Officer;
let id = '';

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
  id = (await chen.post('/v1/assistance', aRequest())).body.case;
}, 60_000);

afterAll(() => here.end(), 60_000);

let before = 0;
beforeEach(async () => (before = await eventsLogged(here)));
afterEach(async () => expect(await eventsLogged(here)).toBe(before));

const asked = async (method: string, path: string, headers: Record<string, string> = {}): Promise<RawReply> =>
  rawRequest(here.url, { method, path, headers: { ...(await chen.authorization()), ...headers } });

describe('an address', () => {
  it.each([
    ['/v1/nothing', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/assistance/%zz', 400, 'REQUEST_INVALID'],
    ['/v1/assistance/%ff', 400, 'REQUEST_INVALID'],
    ['/v1/assistance/%00', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/..%2f..%2fetc%2fpasswd', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/..%5c..%5cetc', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/%252e%252e', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/11111111-2222-4333-8444-55555555555F', 404, 'CASE_NOT_FOUND'],
    ['/v1/assistance/__proto__', 404, 'CASE_NOT_FOUND'],
    [`/v1/assistance/${'a'.repeat(200)}`, 400, 'REQUEST_INVALID'],
    ['/V1/ASSISTANCE', 404, 'ROUTE_NOT_FOUND'],
    ['//v1/assistance', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/assistance/../../etc/passwd', 404, 'ROUTE_NOT_FOUND'],
    ['/docs/..%2f..%2fpackage.json', 404, 'ROUTE_NOT_FOUND'],
    ['/docs/%2e%2e/%2e%2e/package.json', 400, 'REQUEST_INVALID'],
    ['/docs/nothing.js', 404, 'ROUTE_NOT_FOUND'],
    [`/${'a'.repeat(20_000)}`, 431, 'HEADERS_TOO_LARGE'],
  ])('%s is answered with a problem', async (path, status, code) =>
    expectProblem(await asked('GET', path), status, code),
  );
});

describe('a method', () => {
  it.each([
    ['PUT', '/v1/assistance', 'GET, HEAD, POST'],
    ['PATCH', '/v1/assistance?x=1', 'GET, HEAD, POST'],
    ['DELETE', '/v1/%61ssistance', 'GET, HEAD, POST'],
    ['OPTIONS', '/v1/assistance/x/timeline', 'GET, HEAD'],
    ['TRACE', '/v1/me', 'GET, HEAD'],
    ['PROPFIND', '/openapi.json', 'GET, HEAD'],
    ['GET', '/v1/assistance/x/steps', 'POST'],
    ['POST', '/v1/assistance/x', 'GET, HEAD'],
    ['POST', '/v1/me', 'GET, HEAD'],
  ])('%s that %s does not take is told which it takes', async (method, path, taken) => {
    const reply = await asked(method, path);
    expectProblem(reply, 405, 'METHOD_NOT_TAKEN');
    expect(reply.headers.allow).toBe(taken);
  });

  it.each(['PUT', 'OPTIONS'])('%s of what is no address finds none', async (method) => {
    expectProblem(await asked(method, '/v1/nothing'), 404, 'ROUTE_NOT_FOUND');
    expectProblem(await asked(method, '*'), 404, 'ROUTE_NOT_FOUND');
  });

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('is not what %s says', async (name) => {
    expect((await asked('GET', `/v1/assistance/${id}/commands/none`, { [name]: 'POST' })).status).toBe(200);
    expectProblem(await asked('DELETE', '/v1/assistance', { [name]: 'GET' }), 405, 'METHOD_NOT_TAKEN');
  });

  it('HEAD is answered as GET, without a body, and needs the same rights', async () => {
    const path = `/v1/assistance/${id}/commands/none`;
    const { status, text, headers } = await asked('HEAD', path);
    expect([status, text, headers['cache-control']]).toEqual([200, '', 'no-store']);
    const unknown = await rawRequest(here.url, { method: 'HEAD', path, headers: {} });
    expect([unknown.status, unknown.text]).toEqual([401, '']);
    expect(await asked('HEAD', '/v1/assistance/x')).toMatchObject({ status: 404, text: '' });
    expect(await asked('HEAD', '/v1/operations/rebuilds')).toMatchObject({ status: 405, text: '' });
  });
});

describe('a query', () => {
  it.each([
    ['limit=1&limit=2', '?limit'],
    ['status=requested&status=closed', '?status'],
    ['limit=1e1', '?limit'],
    ['limit=-1', '?limit'],
    ['limit=', '?limit'],
    ['limit=99999999999999999999', '?limit'],
    [`status=${'a'.repeat(10_000)}`, '?status'],
    [`after=${'a'.repeat(10_000)}`, '?after'],
    ['status=%zz', '?status'],
    ['status=%ff%fe', '?status'],
    ['status=%00', '?status'],
    ['status=foo', '?status'],
    ['status=none', '?status'],
    ['status=constructor', '?status'],
    ['status[]=requested', '?status[]'],
    ['nothing=1', '?nothing'],
    ['__proto__=1', '?__proto__'],
    ['__proto__[status]=1', '?__proto__[status]'],
    ['constructor=1', '?constructor'],
    ['toString=1', '?toString'],
    ['=1', '?'],
    [Array.from({ length: 500 }, (_none, n) => `p${n}=1`).join('&'), '?p0'],
  ])('%.60s is refused where it stands', async (query, pointer) => {
    const reply = await asked('GET', `/v1/assistance?${query}`);
    expectProblem(reply, 400, 'QUERY_INVALID');
    expect(reply.body.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(reply.body.errors?.length).toBeLessThanOrEqual(50);
    for (const { message } of reply.body.errors ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('names the statuses there are to whom asks for another', async () => {
    const { body } = await asked('GET', '/v1/assistance?status=foo');
    expect(body.errors?.[0]?.message).toBe(
      '办理状态须为 obstacleNoted、notRequested、requested、delivered、accepted、inProgress、provided、fedBack、' +
        'cannotAssist、closed、refusedClosed、archived 之一',
    );
  });

  it('is refused where a route takes none: what is passed over would seem to have been answered', async () => {
    for (const path of ['/v1/me', '/v1/organs', `/v1/assistance/${id}/commands/none`]) {
      const reply = await asked('GET', `${path}?nobody=asks`);
      expectProblem(reply, 400, 'QUERY_INVALID');
      expect(reply.body.errors?.[0]?.pointer).toBe('?nobody');
    }
  });
});

describe('a header', () => {
  it.each([
    ['an Idempotency-Key said twice', { 'idempotency-key': 'a, b' }, 400, 'IDEMPOTENCY_KEY_MALFORMED'],
    ['an If-Match that is weak', { 'if-match': 'W/"0"' }, 400, 'IF_MATCH_MALFORMED'],
    ['an If-Match of several', { 'if-match': '"0", "1"' }, 400, 'IF_MATCH_MALFORMED'],
    ['an If-Match of any', { 'if-match': '*' }, 400, 'IF_MATCH_MALFORMED'],
    ['an If-Match spelt otherwise', { 'if-match': '"00"' }, 400, 'IF_MATCH_MALFORMED'],
    ['an If-Match beyond all numbers', { 'if-match': `"${'9'.repeat(40)}"` }, 400, 'IF_MATCH_MALFORMED'],
    ['a stale If-Match', { 'if-match': '"7"' }, 412, 'IF_MATCH_STALE'],
    ['a wait without end', { prefer: 'respond-when=visible, wait=999' }, 400, 'PREFER_MALFORMED'],
    ['an appointment that is none', { 'kesu-acting-as': 'x'.repeat(9_000) }, 400, 'ACTING_AS_MALFORMED'],
    ['a body that is packed', { 'content-encoding': 'gzip' }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    [
      'a body in another encoding',
      { 'content-type': 'application/json; charset=gbk' },
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    ],
    ['a body without a type', { 'content-type': '' }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['a patch', { 'content-type': 'application/merge-patch+json' }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['another expectation', { expect: '200-maybe' }, 417, 'EXPECTATION_FAILED'],
  ])('with %s is refused', async (_name, headers: Record<string, string>, status, code) => {
    const standing = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const reply = await rawRequest(here.url, {
      path: `/v1/assistance/${id}/receipts`,
      headers: { ...(await here.as('wu.handler').authorization()), ...standing, ...headers },
      body: '{"occurredAt":{"on":"2026-09-18"},"proof":{"kind":"stamp"}}',
    });
    expectProblem(reply, status, code);
  });
});

describe('bytes', () => {
  const TOKENLESS = 'GET /health/live HTTP/1.1\r\n';
  it.each([
    ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n', 400],
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['a version nobody knows', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', 400],
    ['a space in the address', 'GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['no host', `${TOKENLESS}\r\n`, 400],
    ['two hosts', `${TOKENLESS}Host: localhost\r\nHost: elsewhere\r\n\r\n`, 400],
    ['a header without a colon', `${TOKENLESS}Host: localhost\r\nbroken\r\n\r\n`, 400],
    [
      'two lengths',
      'POST /v1/assistance HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      400,
    ],
    [
      'a length and chunks',
      'POST /v1/assistance HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header of 64 KiB', `${TOKENLESS}Host: localhost\r\nX-Long: ${'a'.repeat(65_536)}\r\n\r\n`, 431],
    ['a NUL in a header', `${TOKENLESS}Host: localhost\r\nX: \u0000\r\n\r\n`, 400],
  ])('%s are answered with a problem, and no other connection notices', async (_name, bytes, status) => {
    const said = Buffer.from(await rawBytes(here.url, bytes), 'latin1').toString('utf8');
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(said.toLowerCase()).toContain('\r\ncontent-type: application/problem+json; charset=utf-8\r\n');
    expect(said).toMatch(/"code":"[A-Z_]+","detail":"[\u4e00-\u9fff]/);
    expect((await chen.get(`/v1/assistance/${id}/commands/none`)).status).toBe(200);
  });
});

it('answers nothing more on a connection whose last answer it gave', async () => {
  const { authorization } = await chen.authorization();
  const lines = ['OPTIONS /v1/me HTTP/1.1', 'Host: localhost', `Authorization: ${authorization}`, 'Content-Type: x/y'];
  const said = await rawBytes(here.url, `${lines.join('\r\n')}\r\n\r\na body that no header announced`);
  expect(said).toMatch(/^HTTP\/1\.1 4\d\d [^]*\r\nconnection: close\r\n/i);
  expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

describe('a trace', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;

  it('is continued, in the answer’s header and in a problem', async () => {
    const reply = await asked('GET', '/v1/nothing', { traceparent });
    expect(reply.headers.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(reply.headers.traceparent).not.toBe(traceparent);
    expect(reply.body.traceId).toBe(TRACE);
  });

  it.each(['nonsense', traceparent.toUpperCase(), `${traceparent}, ${traceparent}`])(
    '%s begins anew',
    async (header) => {
      const reply = await asked('GET', '/v1/me', { traceparent: header });
      expect(reply.status).toBe(200);
      expect(reply.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
      expect(reply.headers.traceparent).not.toContain(TRACE);
    },
  );

  it('stands in no event', async () => {
    const wu = here.as('wu.handler').with({ traceparent });
    const { body } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
    before += 1;
    expect(body.revision).toBe(1);
    for await (const event of here.service.runtime.log.log.readAll())
      expect(JSON.stringify(event)).not.toContain(TRACE);
  });

  it('comes with the caller’s own X-Request-Id, if that is one', async () => {
    for (const sane of ['a', 'req-42_x.Y', 'f'.repeat(128)])
      expect((await asked('GET', '/v1/me', { 'x-request-id': sane })).headers['x-request-id']).toBe(sane);
    for (const strange of ['', 'a b', 'a,b', '<script>', '-a', 'f'.repeat(129)])
      expect((await asked('GET', '/v1/me', { 'x-request-id': strange })).headers['x-request-id']).toBeUndefined();
  });
});
