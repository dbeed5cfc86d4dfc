import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tellableText } from '#libs/kernel';
import { TooManyRefusals } from '../attempts/index.js';
import type { Logger } from '../log/index.js';
import type { Metrics } from '../metrics/index.js';
import { Fault } from './fault.js';
import type { Methods } from './methods.js';
import { kindOf } from './measuring.js';
import { problemOf, type Problem, type RefusalTexts } from './problem.js';
import { refusalIn } from './refusing.js';
import { traceIdOf } from './trace.js';

const RETRY_AFTER_SECONDS = 2;

export interface ProblemParts {
  readonly refusals: RefusalTexts;
  readonly logger: Logger;
  readonly methods: Methods;
  readonly metrics: Pick<Metrics, 'told'>;
}

/** What is quoted of a request may be no valid Unicode; the answer is. */
const tellable = (_name: string, value: unknown): unknown => (typeof value === 'string' ? tellableText(value) : value);

/** The one place where an error becomes an answer. Unexpected ones are logged with their stack and told without it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly parts: ProblemParts) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const taken = error instanceof NotFoundException ? this.parts.methods.at(request.url) : [];
    if (taken.length === 0 || taken.includes(request.method)) return this.send(error, reply, traceIdOf(request));
    void reply.header('allow', taken.join(', '));
    this.send(new Fault('METHOD_NOT_TAKEN', { values: { taken: taken.join('、') } }), reply, traceIdOf(request));
  }

  /** Also called by Fastify for what never reached Nest. */
  send(error: unknown, reply: FastifyReply, traceId: string): void {
    const problem = problemOf(error, this.parts.refusals, traceId);
    this.count(error, problem, reply);
    if (problem.status >= 500 && problem.status !== 503)
      this.parts.logger.error('unexpected error', { traceId, error });
    else if (problem.status === 503) this.parts.logger.warn('not available', { traceId, code: problem.code, error });
    if (problem.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    if (error instanceof TooManyRefusals) void reply.header('retry-after', error.retryAfterSeconds);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem, tellable));
  }
  private count(error: unknown, { status, code }: Problem, { request }: FastifyReply): void {
    const { method, routeOptions } = request;
    const kind = status < 500 && refusalIn(error) ? 'refused' : kindOf(status, code);
    this.parts.metrics.told({ method, route: routeOptions.url ?? 'none', status, code, kind });
  }
}
