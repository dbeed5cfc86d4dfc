import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fresh } from '../ledger/index.js';

/** Where a request stands in a trace (W3C Trace Context, Recommendation of 23 November 2021). */
export interface Trace {
  /** 32 lower-case hex digits: the caller's where it sent a valid `traceparent`, else ours. */
  readonly traceId: string;
  /** 16 lower-case hex digits: this request, always ours. */
  readonly spanId: string;
  /** The caller's span, where there is one. */
  readonly parentId?: string;
  /** Whether the caller records the trace; of our own we record nothing. */
  readonly sampled: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;
const traces = new WeakMap<IncomingMessage, Trace>();

/**
 * The trace that a `traceparent` continues. A header that is malformed, said twice, of version ff, or of version 00 and
 * longer than that version is, counts as absent (section 3.2.2.3 and 4.3): a new trace begins.
 */
export function traceFrom(header: string | undefined): Trace {
  const own = fresh(24).toString('hex');
  const spanId = own.slice(32);
  const [, version, traceId = '', parentId = '', flags = '', more] = TRACEPARENT.exec(header ?? '') ?? [];
  const valid = version !== undefined && version !== 'ff' && !(version === '00' && more !== undefined);
  if (!valid || isNull(traceId) || isNull(parentId)) return { traceId: own.slice(0, 32), spanId, sampled: false };
  return { traceId, spanId, parentId, sampled: (parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

const isNull = (id: string): boolean => /^0+$/.test(id);

export const newTraceId = (): string => traceFrom(undefined).traceId;

/** The trace of a request, the same each time it is asked. */
export function traceOf(raw: IncomingMessage): Trace {
  const known = traces.get(raw);
  if (known) return known;
  const header = raw.headers.traceparent;
  const trace = traceFrom(typeof header === 'string' ? header : undefined);
  traces.set(raw, trace);
  return trace;
}

export const traceIdOf = ({ raw }: FastifyRequest): string => traceOf(raw).traceId;

const traceparentOf = ({ traceId, spanId, sampled }: Trace): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** What a caller may name its request by: no word of another kind comes back in a header. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Every answer says where it stands in the trace, and the caller's own `X-Request-Id` comes back. That one goes nowhere
 * else: people put names and numbers in it, and the program's log must hold none.
 */
export function answerWithTrace(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    sayTrace(request, reply);
    done();
  });
}

/** Also where Fastify refuses a request before its hooks run. */
export function sayTrace({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  void reply.header('traceparent', traceparentOf(traceOf(raw)));
  const requestId = headers['x-request-id'];
  if (typeof requestId === 'string' && REQUEST_ID.test(requestId)) void reply.header('x-request-id', requestId);
}
