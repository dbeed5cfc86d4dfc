import { randomUUID } from 'node:crypto';
import {
  aRequest,
  aStep,
  rawBytes,
  rawRequest,
  serviceHere,
  type RawReply,
  type ServiceHere,
} from '../service/index.js';

/* What the operator's monitoring reads of a service, and that nobody else does. */

const TOKEN = 'a-token-of-the-operator';
let open: ServiceHere;
let guarded: ServiceHere;

beforeAll(async () => {
  [open, guarded] = await Promise.all([serviceHere(), serviceHere({ KESU_ROLES: 'api', KESU_METRICS_TOKEN: TOKEN })]);
}, 120_000);

afterAll(() => Promise.all([open.end(), guarded.end()]), 60_000);

const asked = ({ url }: ServiceHere, headers: Record<string, string> = {}): Promise<RawReply> =>
  rawRequest(url, { method: 'GET', path: '/metrics', headers });

/** Every sample by its name and labels. */
async function samples(): Promise<ReadonlyMap<string, number>> {
  const { text } = await asked(open);
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
  );
}

/** How much a sample grew while `work` was done. */
async function grown(work: () => Promise<unknown>): Promise<(sample: string) => number> {
  const before = await samples();
  await work();
  const after = await samples();
  return (sample) => (after.get(sample) ?? 0) - (before.get(sample) ?? 0);
}

const REQUESTS = 'kesu_http_requests_total';
const problem = (route: string, status: number, code: string, kind: string): string =>
  `kesu_http_problems_total{method="POST",route="${route}",status="${status}",code="${code}",kind="${kind}"}`;

it('counts requests by route template, problems by code and kind, and how long each took', async () => {
  const chen = open.as('chen.handler');
  const STEPS = '/v1/assistance/:id/steps';
  const growth = await grown(async () => {
    expect((await chen.post('/v1/assistance', aRequest())).status).toBe(201);
    for (let n = 0; n < 3; n += 1) await chen.post(`/v1/assistance/${randomUUID()}/steps`, aStep());
    await chen.post(`/v1/assistance/${randomUUID()}/steps`, { step: '' });
    await chen.post(`/v1/assistance/${randomUUID()}/steps`, aStep(), { headers: { authorization: 'Bearer a.b.c' } });
    await chen.post(`/v1/nothing/${randomUUID()}`, {});
    await rawBytes(open.url, 'BREW / HTTP/1.1\r\n\r\n');
  });
  expect(growth(`${REQUESTS}{method="POST",route="/v1/assistance",status="201"}`)).toBe(1);
  expect(growth(`${REQUESTS}{method="POST",route="${STEPS}",status="404"}`)).toBe(3);
  expect(growth('kesu_http_request_seconds_count{method="POST",route="/v1/assistance/:id/steps"}')).toBe(5);
  expect(growth(problem(STEPS, 404, 'CASE_NOT_FOUND', 'refused'))).toBe(3);
  expect(growth(problem(STEPS, 400, 'BODY_INVALID', 'malformed'))).toBe(1);
  expect(growth(problem(STEPS, 401, 'TOKEN_INVALID', 'unauthenticated'))).toBe(1);
  expect(growth(problem('none', 404, 'ROUTE_NOT_FOUND', 'absent'))).toBe(1);
  expect(
    growth('kesu_http_problems_total{method="none",route="none",status="400",code="REQUEST_INVALID",kind="malformed"}'),
  ).toBe(1);
  // The case, and one attempt for each refusal.
  expect(growth('kesu_log_append_seconds_count{outcome="stored"}')).toBe(4);
});

it('tells how the parts are', async () => {
  const all = await samples();
  for (const name of [
    'kesu_views_feeding',
    `kesu_info{ledger="${open.ledger}",mode="development",roles="api,projector,supervisor"}`,
  ])
    expect([name, all.get(name)]).toEqual([name, 1]);
  for (const name of [
    'kesu_views_lag_seconds',
    // A server does not say how many events are left.
    ...((process.env.KESU_TEST_EVENTSTORE ?? '') === '' ? ['kesu_views_lag_events'] : []),
    'kesu_clock_skew_seconds',
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
  ])
    expect([name, all.get(name)]).toEqual([name, expect.any(Number)]);
});

it('says how far the read models are behind, and that they are not any more', async () => {
  await open.as('chen.handler').post('/v1/assistance', aRequest());
  const deadline = performance.now() + 20_000;
  for (;;) {
    const all = await samples();
    if ((all.get('kesu_views_lag_events') ?? 0) === 0 && all.get('kesu_views_lag_seconds') === 0) break;
    expect(performance.now()).toBeLessThan(deadline);
  }
});

it('names no case, person, query or header', async () => {
  const chen = open.as('chen.handler').with({ 'user-agent': 'canary-agent', 'x-request-id': 'canary-id' });
  const { body } = await chen.post('/v1/assistance', aRequest());
  await chen.get(`/v1/assistance/${body.case}?status=canary-query`);
  await chen.get('/v1/canary-path');
  await rawRequest(open.url, { method: 'PROPFIND', path: '/v1/canary-path', headers: {} });
  const { text } = await asked(open);
  expect(text).not.toMatch(/canary|chen|[0-9a-f]{8}-[0-9a-f]{4}-/);
});

describe('are read', () => {
  it('by somebody on this machine, where no token is set', async () => {
    const reply = await asked(open);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it.each<[string, Record<string, string>]>([
    ['a proxy', { 'x-forwarded-for': '10.0.0.1' }],
    ['a page', { origin: 'https://elsewhere.example' }],
    ['another host', { host: 'kesu.example' }],
  ])('not by %s', async (_who, headers) => {
    const { status, body } = await asked(open, headers);
    expect([status, body.code]).toEqual([403, 'LOOPBACK_ONLY']);
  });

  it('by whoever holds the token, where one is set, and by nobody else', async () => {
    const proxied = { 'x-forwarded-for': '10.0.0.1', host: 'kesu.example' };
    expect((await asked(guarded, { ...proxied, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await asked(guarded)).body.code).toBe('TOKEN_MISSING');
    for (const authorization of [
      `Bearer ${TOKEN}x`,
      TOKEN,
      'Bearer ',
      (await open.as('luo.operator').authorization()).authorization ?? '',
    ])
      expect((await asked(guarded, { authorization })).body.code).toBe('TOKEN_INVALID');
  });
});
