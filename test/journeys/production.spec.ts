import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { aReceipt, aRequest, request, serviceHere, type Reply, type ServiceHere } from '../service/index.js';

const REGISTER = resolve('libs/law/data/organs/development.json');
const SECRET = 'a secret of this test alone';

let server: Server;
let issuer: string;
let here: ServiceHere;

/** A real issuer on loopback. Each account is a client that asks for a token of its own: its subject is the account. */
async function startIssuer(): Promise<void> {
  // It warns of what does not matter on loopback, as soon as it is loaded.
  jest.spyOn(console, 'warn').mockReturnValue();
  const { default: Provider } = await import('oidc-provider');
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = ['chen.handler', 'wu.handler', 'nobody.known'].map((account) => ({
    client_id: account,
    client_secret: SECRET,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: 'ES256',
    token_endpoint_auth_method: 'client_secret_post',
  }));
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [{ ...key, use: 'sig', alg: 'ES256' }] },
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context: unknown, resource: string) => ({
          scope: '',
          audience: resource.split(':').at(-1),
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
  server.on('request', provider.callback());
}

async function tokenOf(account: string, resource?: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: account, client_secret: SECRET });
  if (resource !== undefined) form.set('resource', resource);
  const answer = await fetch(`${issuer}/token`, { method: 'POST', body: form });
  const text = await answer.text();
  const { access_token: token } = JSON.parse(text) as { access_token?: string };
  if (token === undefined) throw new Error(`no token for ${account}: ${text}`);
  return token;
}

beforeAll(async () => {
  await startIssuer();
  here = await serviceHere({ KESU_OIDC_ISSUER: issuer, KESU_ORGANS: REGISTER, NODE_ENV: 'production' });
}, 120_000);

afterAll(async () => {
  await here.end();
  server.close();
  server.closeAllConnections();
}, 60_000);

const send = async (token: string, method: string, path: string, body?: object): Promise<Reply> =>
  request(
    here.url + path,
    method,
    { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': path },
    body && JSON.stringify(body),
  );

it('lets in whom the issuer names and the register knows, and says nothing of a mode', async () => {
  const chen = await tokenOf('chen.handler', 'urn:example:kesu');
  const opened = await send(chen, 'POST', '/v1/assistance', aRequest());
  expect([opened.status, opened.body.mode]).toEqual([201, undefined]);
  const wu = await tokenOf('wu.handler', 'urn:example:kesu');
  const path = `/v1/assistance/${opened.body.case}`;
  expect((await send(wu, 'POST', `${path}/receipts`, aReceipt())).status).toBe(201);
  for (const part of ['', '/timeline']) {
    const { status, body, text } = await send(wu, 'GET', path + part);
    expect([status, body.mode]).toEqual([200, undefined]);
    expect(text).not.toMatch(/开发|模拟/);
  }
  expect((await send(wu, 'GET', '/openapi.json')).text).not.toMatch(/（开发）|（模拟）/);
});

it('does not know somebody the register does not have', async () => {
  const { status, body } = await send(await tokenOf('nobody.known', 'urn:example:kesu'), 'GET', '/v1/assistance');
  expect([status, body.code]).toEqual([403, 'PERSON_NOT_REGISTERED']);
});

it.each([
  ['another audience', () => tokenOf('chen.handler', 'urn:example:other')],
  ['a token that is no JWT', () => tokenOf('chen.handler')],
])('does not take a true issuer’s token for %s', async (_what, token) => {
  const { status, body } = await send(await token(), 'GET', '/v1/assistance');
  expect([status, body.code]).toEqual([401, 'TOKEN_INVALID']);
});

it('has no development issuer, no simulation, and takes no token of theirs', async () => {
  for (const [method, path] of [
    ['POST', '/development/tokens'],
    ['GET', '/v1/simulation/clock'],
    ['POST', '/v1/simulation/clock'],
  ] as const) {
    const { status, body } = await send('a.b.c', method, path, method === 'POST' ? { as: 'chen.handler' } : undefined);
    expect([path, status, body.code]).toEqual([path, 404, 'ROUTE_NOT_FOUND']);
  }
  const development = await serviceHere({ KESU_ROLES: 'api' });
  const { authorization = '' } = await development.as('chen.handler').authorization();
  await development.end();
  const { status, body } = await send(authorization.slice('Bearer '.length), 'GET', '/v1/assistance');
  expect([status, body.code]).toEqual([401, 'TOKEN_INVALID']);
}, 60_000);

it('says that the issuer is away, and that it is not the token', async () => {
  const token = await tokenOf('chen.handler', 'urn:example:kesu');
  const alone = await serviceHere({ KESU_ROLES: 'api', KESU_OIDC_ISSUER: 'http://127.0.0.1:9', KESU_ORGANS: REGISTER });
  const answer = await request(`${alone.url}/v1/assistance`, 'GET', { authorization: `Bearer ${token}` });
  await alone.end();
  expect([answer.status, answer.body.code]).toEqual([503, 'ISSUER_UNAVAILABLE']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}, 60_000);
