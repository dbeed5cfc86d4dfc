import { rawBytes, rawRequest, serviceHere, type ServiceHere } from '../service/index.js';

let here: ServiceHere;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
}, 60_000);

afterAll(() => here.end(), 60_000);

const ask = (headers: Readonly<Record<string, string>> = {}, as = 'chen.handler') =>
  rawRequest(here.url, {
    path: '/development/tokens',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ as }),
  });

it('signs for an account of the register, for somebody on this machine', async () => {
  const { status, body } = await ask();
  expect([status, body.as]).toEqual([200, 'chen.handler']);
  expect(body.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});

it.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '127.9.9.9:80', '[::1]:3000'])('takes the Host %s', async (host) => {
  expect((await ask({ host })).status).toBe(200);
});

it.each([
  ['host', 'kesu.example'],
  ['host', 'localhost.kesu.example'],
  ['host', '127.0.0.1.kesu.example'],
  ['host', '127.0.0.1@kesu.example'],
  ['host', '10.0.0.1'],
  ['host', '0.0.0.0'],
  ['host', '2130706433'],
  ['host', '[::]'],
  ['host', 'localhost:80:80'],
  ['forwarded', 'for=127.0.0.1'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-host', 'localhost'],
  ['x-forwarded-proto', 'http'],
  ['X-Forwarded-Anything', ''],
  ['origin', 'null'],
  ['origin', 'http://localhost:3000'],
  ['origin', 'http://kesu.example'],
])('refuses %s: %s', async (name, value) => {
  const { status, body } = await ask({ [name]: value });
  expect([status, body.code]).toEqual([403, 'LOOPBACK_ONLY']);
});

it('refuses a request without a Host', async () => {
  const body = JSON.stringify({ as: 'chen.handler' });
  const said = await rawBytes(
    here.url,
    `POST /development/tokens HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  expect(said).toMatch(/^HTTP\/1\.[01] 403 /);
});

it('signs for nobody else', async () => {
  const { status, body } = await ask({}, 'nobody');
  expect([status, body.code]).toEqual([404, 'ACCOUNT_UNKNOWN']);
  expect(body.detail).toContain('chen.handler');
});
