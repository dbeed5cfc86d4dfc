import type { FastifyRequest } from 'fastify';
import { commandIdOf, type Recorder, type Uuid } from '#libs/kernel';
import { Fault } from './fault.js';

const KEY = /^[\x21-\x7e]{1,128}$/;

/** Method and route template: nothing of the case, the query or the body. */
export const routeOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? ''}`;

/**
 * The one spelling of the path a request came by, from its route: `/v1/%61ssistance` and `/v1/assistance` are one place,
 * so they must not make two commands of one Idempotency-Key.
 */
export function pathOf({ routeOptions, params }: FastifyRequest): string {
  const given = (params ?? {}) as Readonly<Record<string, string>>;
  return (routeOptions.url ?? '').replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(given[name] ?? ''));
}

/** The id of the command that `recorder` sends with this request under `key`. */
export const commandIdFor = (request: FastifyRequest, { issuer, person }: Recorder, key: string): Uuid =>
  commandIdOf({ issuer, person, method: request.method, path: pathOf(request), key });

/**
 * The key as it was sent; quotes of a structured-field string (RFC 9651) do not make it another key.
 * @throws Fault IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_MALFORMED
 */
export function idempotencyKey({ headers }: FastifyRequest): string {
  const header = headers['idempotency-key'];
  if (header === undefined) throw new Fault('IDEMPOTENCY_KEY_REQUIRED');
  const key = keyIn(header);
  if (key === undefined) throw new Fault('IDEMPOTENCY_KEY_MALFORMED');
  return key;
}

/** The key in a header's value, or undefined when it is none. */
export function keyIn(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  return KEY.test(key) ? key : undefined;
}
