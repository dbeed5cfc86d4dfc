import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics/index.js';
import { Fault } from './fault.js';
import { problemOf } from './problem.js';
import { newTraceId } from './trace.js';

/** Connections on which an answer said that it is the last (RFC 9112 section 9.6). */
const lastAnswered = new WeakSet<Socket>();

/** What comes after the last answer of a connection, a body that nobody waits for say, is not answered again. */
export function noteLastAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', ({ raw: { socket } }, reply, _payload, done) => {
    if (reply.getHeader('connection') === 'close') lastAnswered.add(socket);
    done();
  });
}

/**
 * What is no HTTP request at all never reaches a route: Node hands over the connection instead. It is told as a problem
 * like everything else, and the connection ends.
 */
export function answerBrokenRequest(
  error: Error & { readonly code?: string },
  socket: Socket,
  metrics: Pick<Metrics, 'told'>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  if (lastAnswered.has(socket)) return void socket.end();
  const code = codeOf(error.code);
  const { status, body } = told(code);
  metrics.told({ method: 'none', route: 'none', status, code, kind: 'malformed' });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const codeOf = (code: string | undefined): Fault['code'] => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'REQUEST_TIMEOUT';
  return code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'REQUEST_INVALID';
};

function told(code: Fault['code']): { status: number; body: string } {
  const problem = problemOf(new Fault(code), {}, newTraceId());
  return { status: problem.status, body: JSON.stringify(problem) };
}

/** Node would answer these by itself, without a word: a Host that is missing or said twice (RFC 9112 section 3.2)… */
export function requireOneHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    done(raw.httpVersion === '1.0' || hostsIn(raw) === 1 ? undefined : new Fault('REQUEST_INVALID'));
  });
}

const hostsIn = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;

/** …and an expectation it does not know (RFC 9110 section 10.1.1). */
export function answerUnknownExpectations(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = told('EXPECTATION_FAILED');
    const headers = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' };
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  });
}
