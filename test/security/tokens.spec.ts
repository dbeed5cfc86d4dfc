import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request, serviceHere, type Reply, type ServiceHere } from '../service/index.js';
import { encoded, Forger, now } from './forger.js';

let here: ServiceHere;
let forger: Forger;
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const strangerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  const jwk = JSON.parse(readFileSync(here.folder.at('data', 'keys', 'development-issuer.jwk'), 'utf8')) as JsonWebKey;
  forger = new Forger({
    privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
    kid: String(jwk.kid),
    issuer: 'urn:kesu:development',
    audience: 'kesu',
    subject: 'chen.handler',
  });
}, 60_000);

afterAll(() => here.end(), 60_000);

const send = (authorization: string | undefined): Promise<Reply> =>
  request(`${here.url}/v1/assistance/11111111-2222-4333-8444-555555555555`, 'GET', {
    ...(authorization === undefined ? {} : { authorization }),
  });
const bearer = (token: string): string => `Bearer ${token}`;
const parts = (token: string): [string, string, string] => token.split('.') as [string, string, string];
const publicJwkOf = (key: KeyObject): object => {
  const { kty, crv, x, y } = key.export({ format: 'jwk' });
  return { kty, crv, x, y };
};
const strangerToken = (header: Record<string, unknown> = {}): string =>
  forger.signed(`${encoded(forger.header(header))}.${encoded(forger.claims())}`, stranger);
const claims = (changes: Record<string, unknown>) => () => bearer(forger.token({}, changes));
const header = (changes: Record<string, unknown>) => () => bearer(forger.token(changes));

/** Each makes the value of an Authorization header that must let nobody in. */
const FORGERIES: Readonly<Record<string, () => string>> = {
  'nothing but the scheme': () => 'Bearer',
  'the scheme and a space': () => 'Bearer ',
  'another scheme': () => `Basic ${Buffer.from('chen.handler:secret').toString('base64')}`,
  'the token without a scheme': () => forger.token(),
  'the token under another scheme': () => `DPoP ${forger.token()}`,
  'two tokens with a comma': () => `Bearer ${forger.token()}, Bearer ${forger.token()}`,
  'two tokens with a space': () => `Bearer ${forger.token()} ${forger.token()}`,
  'a token in quotes': () => `Bearer "${forger.token()}"`,
  garbage: () => bearer('garbage'),
  'three parts of garbage': () => bearer('a.b.c'),
  'two parts': () => bearer(parts(forger.token()).slice(0, 2).join('.')),
  'four parts': () => bearer(`${forger.token()}.${parts(forger.token())[2]}`),
  'five parts, like an encrypted token': () => bearer(`${forger.token()}.a.b`),
  'a token with padding': () => bearer(`${forger.token()}==`),
  'a token in plain base64': () => bearer(forger.token().replace(/[A-Za-z](?=[^.]*$)/, '+')),
  'the JSON serialisation': () => {
    const [protectedHeader, payload, signature] = parts(forger.token());
    return bearer(JSON.stringify({ protected: protectedHeader, payload, signature }));
  },
  'a token of more than 8 KiB': claims({ padding: 'x'.repeat(8 * 1024) }),
  'an empty header': () => bearer(`${encoded({})}.${encoded(forger.claims())}.AAAA`),
  'a header that is a list': () =>
    bearer(forger.signed(`${encoded([])}.${encoded(forger.claims())}`, forger.issuer.privateKey)),
  'a header that is no JSON': () =>
    bearer(forger.signed(`bm90anNvbg.${encoded(forger.claims())}`, forger.issuer.privateKey)),

  'alg none, no signature': () => `Bearer ${forger.unsigned({ alg: 'none' })}`,
  'alg None': () => `Bearer ${forger.unsigned({ alg: 'None' })}`,
  'alg nOnE': () => `Bearer ${forger.unsigned({ alg: 'nOnE' })}`,
  'alg none with a signature': header({ alg: 'none' }),
  'no alg': header({ alg: undefined }),
  'an empty alg': header({ alg: '' }),
  'an alg that is a list': header({ alg: ['ES256'] }),
  'HS256 with the public key in PEM': () => bearer(forger.hmac('HS256', forger.publicPem)),
  'HS256 with the public key as JWK': () => bearer(forger.hmac('HS256', JSON.stringify(forger.publicJwk))),
  'HS256 with the coordinate x': () =>
    bearer(forger.hmac('HS256', Buffer.from(String(forger.publicJwk.x), 'base64url'))),
  'HS384 with the public key': () => bearer(forger.hmac('HS384', forger.publicPem)),
  'HS512 with the public key': () => bearer(forger.hmac('HS512', forger.publicPem)),
  'HS256 with an empty secret': () => bearer(forger.hmac('HS256', '')),
  'ES384 on the ES256 key': header({ alg: 'ES384' }),
  'ES256K on the ES256 key': header({ alg: 'ES256K' }),
  'RS256 on the ES256 key': header({ alg: 'RS256' }),
  'PS256 on the ES256 key': header({ alg: 'PS256' }),
  'EdDSA on the ES256 key': header({ alg: 'EdDSA' }),
  'an encryption as alg': header({ alg: 'PBES2-HS256+A128KW', p2c: 2_000_000_000, enc: 'A256GCM' }),

  'no signature': () => {
    const [head, payload] = parts(forger.token());
    return `Bearer ${head}.${payload}.`;
  },
  'a signature of zeros': () => {
    const [head, payload] = parts(forger.token());
    return bearer(`${head}.${payload}.${Buffer.alloc(64).toString('base64url')}`);
  },
  'a signature of the curve’s order': () => {
    const [head, payload] = parts(forger.token());
    const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
    return bearer(`${head}.${payload}.${Buffer.from(order + order, 'hex').toString('base64url')}`);
  },
  'a signature in DER': () =>
    bearer(forger.signed(`${encoded(forger.header())}.${encoded(forger.claims())}`, forger.issuer.privateKey, 'der')),
  'a signature with one bit flipped': () => {
    const [head, payload, signature] = parts(forger.token());
    const bytes = Buffer.from(signature, 'base64url');
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    return bearer(`${head}.${payload}.${bytes.toString('base64url')}`);
  },
  'a signature cut short': () => bearer(forger.token().slice(0, -4)),
  'the signature of another token': () => {
    const [head, payload] = parts(forger.token({}, { sub: 'luo.operator' }));
    return bearer(`${head}.${payload}.${parts(forger.token())[2]}`);
  },
  'another subject under the signature': () => {
    const [head, , signature] = parts(forger.token());
    return bearer(`${head}.${encoded(forger.claims({ sub: 'luo.operator' }))}.${signature}`);
  },
  'another header under the signature': () => {
    const [, payload, signature] = parts(forger.token());
    return bearer(`${encoded(forger.header({ extra: 1 }))}.${payload}.${signature}`);
  },

  'a stranger’s key under the true kid': () => bearer(strangerToken()),
  'a stranger’s key under its own kid': () => bearer(strangerToken({ kid: 'stranger' })),
  'a stranger’s key without a kid': () => bearer(strangerToken({ kid: undefined })),
  'a stranger’s key carried as jwk': () => bearer(strangerToken({ jwk: publicJwkOf(stranger) })),
  'a stranger’s key carried as jwk, without a kid': () =>
    bearer(strangerToken({ kid: undefined, jwk: publicJwkOf(stranger) })),
  'a stranger’s key at a jku': () => bearer(strangerToken({ jku: `${here.url}/openapi.json` })),
  'a stranger’s key at an x5u': () => bearer(strangerToken({ x5u: 'http://127.0.0.1:9/chain.pem' })),
  'a stranger’s certificate in x5c': () => bearer(strangerToken({ x5c: ['MIIB'] })),
  'a stranger’s RSA key as RS256': () => {
    const input = `${encoded(forger.header({ alg: 'RS256' }))}.${encoded(forger.claims())}`;
    return bearer(forger.signed(input, strangerRsa));
  },
  'an unknown kid': header({ kid: 'another' }),
  'a kid that climbs folders': header({ kid: '../../../../dev/null' }),
  'a kid that is SQL': header({ kid: "' OR 1=1 --" }),
  'a kid that is a URL': header({ kid: 'http://127.0.0.1:9/key' }),
  'a kid of the prototype': header({ kid: '__proto__' }),
  'a kid with a NUL': () => bearer(forger.token({ kid: `${forger.issuer.kid}\u0000` })),
  'a kid that is an object': header({ kid: { toString: 'x' } }),

  'an ID token': header({ typ: 'JWT' }),
  'no typ': header({ typ: undefined }),
  'a logout token': header({ typ: 'logout+jwt' }),
  'a typ that begins alike': header({ typ: 'at+jwt+more' }),
  'a typ that is a number': header({ typ: 1 }),
  'a nested token': () => {
    const inner = forger.token();
    const input = `${encoded(forger.header({ cty: 'JWT' }))}.${Buffer.from(inner).toString('base64url')}`;
    return bearer(forger.signed(input, forger.issuer.privateKey));
  },

  'crit exp': header({ crit: ['exp'] }),
  'crit of an unknown name': header({ crit: ['urn:example:unknown'], 'urn:example:unknown': true }),
  'crit b64 with an unencoded payload': header({ crit: ['b64'], b64: false }),
  'an empty crit': header({ crit: [] }),
  'a crit that is no list': header({ crit: 'exp' }),

  'no exp': claims({ exp: undefined }),
  'no iat': claims({ iat: undefined }),
  'no sub': claims({ sub: undefined }),
  'no iss': claims({ iss: undefined }),
  'no aud': claims({ aud: undefined }),
  'an empty sub': claims({ sub: '' }),
  'a sub that is a number': claims({ sub: 1 }),
  'a sub that is a list': claims({ sub: ['chen.handler'] }),
  'a sub that is an object': claims({ sub: { account: 'chen.handler' } }),
  'expired an hour ago': () => bearer(forger.token({}, { iat: now() - 7200, exp: now() - 3600 })),
  'an exp that is a text': () => bearer(forger.token({}, { exp: String(now() + 600) })),
  'an exp that is null': claims({ exp: null }),
  'an exp that is negative': claims({ exp: -1 }),
  'issued tomorrow': () => bearer(forger.token({}, { iat: now() + 86_400, exp: now() + 90_000 })),
  'an iat that is a text': claims({ iat: '2026-01-01' }),
  'older than twelve hours': () => bearer(forger.token({}, { iat: now() - 13 * 3600, exp: now() + 600 })),
  'not valid before tomorrow': () => bearer(forger.token({}, { nbf: now() + 86_400 })),
  'an nbf that is a text': claims({ nbf: 'now' }),
  'another issuer': claims({ iss: 'urn:kesu:production' }),
  'an issuer in a list': claims({ iss: ['urn:kesu:development'] }),
  'an issuer with a slash more': claims({ iss: 'urn:kesu:development/' }),
  'another audience': claims({ aud: 'other' }),
  'an audience that begins alike': claims({ aud: 'kesu2' }),
  'a list of other audiences': claims({ aud: ['other', 'another'] }),
  'an empty list of audiences': claims({ aud: [] }),
  'a payload that is a list': () =>
    bearer(forger.signed(`${encoded(forger.header())}.${encoded([forger.claims()])}`, forger.issuer.privateKey)),
  'a payload that is a text': () => bearer(forger.token({}, 'chen.handler')),
  'a payload that is null': () =>
    bearer(forger.signed(`${encoded(forger.header())}.${encoded(null)}`, forger.issuer.privateKey)),
  'a payload that is no JSON': () =>
    bearer(forger.signed(`${encoded(forger.header())}.bm90IGpzb24`, forger.issuer.privateKey)),
};

it('has the forgeries it speaks of', () => {
  expect(Object.keys(FORGERIES).length).toBeGreaterThanOrEqual(60);
});

it('lets the true token in, so that what follows means something', async () => {
  expect((await send(bearer(forger.token()))).status).toBe(404);
  expect((await send(`bearer ${forger.token()}`)).status).toBe(404);
});

it('asks for a token where there is none', async () => {
  const { status, body, headers } = await send(undefined);
  expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'TOKEN_MISSING', 'Bearer']);
});

it.each(Object.entries(FORGERIES))('lets nobody in with %s', async (_name, forge) => {
  const { status, body, headers } = await send(forge());
  expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'TOKEN_INVALID', 'Bearer']);
  expect(body.detail).toBe('令牌无效或已过期');
});

it('tells a true token of somebody unknown from a false one', async () => {
  const { status, body } = await send(bearer(forger.token({}, { sub: 'nobody.here' })));
  expect([status, body.code]).toEqual([403, 'PERSON_NOT_REGISTERED']);
});
