import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyRefusals } from '../attempts/index.js';
import type { Logger } from '../log/index.js';
import { Fault } from './fault.js';
import type { Methods } from './methods.js';
import { problemOf, type RefusalTexts } from './problem.js';
import { traceIdOf } from './trace.js';

const RETRY_AFTER_SECONDS = 2;

/** The one place where an error becomes an answer. Unexpected ones are logged with their stack and told without it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly refusals: RefusalTexts,
    private readonly logger: Logger,
    private readonly methods: Methods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const taken = error instanceof NotFoundException ? this.methods.at(request.url) : [];
    if (taken.length === 0 || taken.includes(request.method)) return this.send(error, reply, traceIdOf(request));
    void reply.header('allow', taken.join(', '));
    this.send(new Fault('METHOD_NOT_TAKEN', { values: { taken: taken.join('、') } }), reply, traceIdOf(request));
  }

  /** Also called by Fastify for what never reached Nest. */
  send(error: unknown, reply: FastifyReply, traceId: string): void {
    const problem = problemOf(error, this.refusals, traceId);
    if (problem.status >= 500 && problem.status !== 503) this.logger.error('unexpected error', { traceId, error });
    else if (problem.status === 503) this.logger.warn('not available', { traceId, code: problem.code, error });
    if (problem.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    if (error instanceof TooManyRefusals) void reply.header('retry-after', error.retryAfterSeconds);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }
}
