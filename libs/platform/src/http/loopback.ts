import type { FastifyRequest } from 'fastify';
import { Fault } from './fault.js';

const LOOPBACK_ADDRESS = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Lets only somebody on this machine through: a loopback socket and Host, nothing forwarded (RFC 7239), and no Origin,
 * so that neither a proxy nor a web page opened by an officer can ask for a token.
 * @throws Fault LOOPBACK_ONLY
 */
export function assertLoopback(request: FastifyRequest): void {
  const { headers, socket } = request;
  const forwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  const here = LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') && LOOPBACK_HOST.test(headers.host ?? '');
  if (!here || forwarded || headers.origin !== undefined) throw new Fault('LOOPBACK_ONLY');
}
