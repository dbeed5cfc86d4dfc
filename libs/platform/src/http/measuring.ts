import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Metrics, ProblemKind } from '../metrics/index.js';

/** Tells `metrics` of every request, once its answer has ended. */
export function measureRequests(adapter: FastifyAdapter, metrics: Metrics): void {
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const seconds = reply.elapsedTime / 1000;
    metrics.handled({ method, route: routeOptions.url ?? 'none', status: reply.statusCode, seconds });
    done();
  });
}

const KINDS: Readonly<Record<number, ProblemKind>> = {
  401: 'unauthenticated',
  429: 'limited',
  500: 'failed',
  503: 'unavailable',
};

/** Of a problem that is no refusal of a person. */
export const kindOf = (status: number, code: string): ProblemKind =>
  KINDS[status] ?? (code === 'ROUTE_NOT_FOUND' || code === 'METHOD_NOT_TAKEN' ? 'absent' : 'malformed');
