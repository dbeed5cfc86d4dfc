import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { IdentityRefused } from './identity-refused.js';
import { IssuerUnusable, oidcKeys } from './oidc.js';
import { TokenCheck } from './token-check.js';

let server: Server;
let issuer: string;
let jwksUri: string;
let key: CryptoKey;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  key = privateKey;
  const jwk = await exportJWK(publicKey);
  server = createServer((request, answer) => {
    const document = request.url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: jwksUri };
    answer.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function holder(from: string): Promise<{ subject: string }> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer(from)
    .setAudience('kesu')
    .setSubject('chen')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
  return new TokenCheck(oidcKeys(from), from, 'kesu').holderOf(`Bearer ${token}`);
}

const unusable = async (from: string): Promise<string> => {
  const refused: unknown = await holder(from).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(IdentityRefused);
  expect(refused).toMatchObject({ code: 'ISSUER_UNAVAILABLE', cause: expect.any(IssuerUnusable) as unknown });
  return ((refused as IdentityRefused).cause as Error).message;
};

it('takes the keys of an issuer on this machine over http', async () => {
  jwksUri = `${issuer}/keys`;
  expect(await holder(issuer)).toMatchObject({ subject: 'chen' });
});

it.each([
  ['http elsewhere', 'http://keys.example/keys'],
  ['no address', 'keys'],
  ['a file', 'file:///etc/keys'],
])('does not fetch keys from %s, and says why to the operator', async (_what, address) => {
  jwksUri = address;
  expect(await unusable(issuer)).toBe(
    `身份提供方的 jwks_uri 须为以 https:// 开头的地址（只有本机地址可以用 http://）：${address}`,
  );
});

it('does not ask an issuer elsewhere over http', async () => {
  expect(await unusable('http://issuer.example')).toMatch(/^身份提供方的 issuer 须为以 https:\/\/ 开头的地址/);
});

it('does not take another issuer’s document', async () => {
  jwksUri = `${issuer}/keys`;
  expect(await unusable(`${issuer}/realm`)).toContain('不是');
});
