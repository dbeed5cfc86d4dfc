import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { assertDeclared } from './shape-pipe.js';

class Nothing {}

/** A route that declares no query takes none: a parameter that is passed over would seem to have been answered. */
export class NoQueryInterceptor implements NestInterceptor {
  /** @throws Fault QUERY_INVALID */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    assertDeclared(context.switchToHttp().getRequest<FastifyRequest>().query, Nothing);
    return next.handle();
  }
}
