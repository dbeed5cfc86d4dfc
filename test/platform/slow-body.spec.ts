import { fastify, type FastifyInstance } from 'fastify';
import { connect } from 'node:net';
import { limitBodyTime } from '../../libs/platform/src/http/uploads.js';

let server: FastifyInstance;
let address: { port: number };
const told: object[] = [];

beforeAll(async () => {
  server = fastify();
  limitBodyTime(server, { told: (refused) => void told.push(refused) }, 200);
  for (const path of ['/commands', '/v1/documents']) server.post(path, (request) => request.body);
  await server.listen({ host: '127.0.0.1', port: 0 });
  address = server.server.address() as { port: number };
});

afterAll(() => server.close());

/** Sends the beginning of a request, and the rest once something was heard or `ms` have passed. @returns what was heard. */
function sent(beginning: string, rest: string, ms: number): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(address.port, '127.0.0.1', () => socket.write(beginning));
    const timer = setTimeout(() => socket.write(rest), ms);
    socket.setEncoding('utf8').on('data', (text) => (heard += String(text)));
    socket.on('error', () => undefined).on('close', () => resolve((clearTimeout(timer), heard)));
  });
}

const request = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a"`;

it('a body of JSON that does not come is not waited for, and its sender is told', async () => {
  const heard = await sent(request('/commands'), ':1}', 60_000);
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(heard).toContain('"code":"REQUEST_TIMEOUT"');
  expect(told).toEqual([expect.objectContaining({ status: 408, code: 'REQUEST_TIMEOUT' })]);
});

it('one that comes in time is taken, and a file may take longer', async () => {
  expect(await sent(request('/commands'), ':1}', 20)).toMatch(/200 OK[^]*\{"a":1\}$/);
  expect(await sent(request('/v1/documents'), ':1}', 500)).toMatch(/200 OK[^]*\{"a":1\}$/);
});
