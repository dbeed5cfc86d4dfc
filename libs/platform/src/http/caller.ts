import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdentityRefused, type Caller, type Identity } from '../identity/index.js';
import type { LawShelf } from '../ledger/index.js';
import type { Refusing } from './refusing.js';
import { policyOf, type RoutePolicy } from './route-policy.js';
import { Denial } from '../ledger/index.js';

const PUBLIC = 'kesu:public';
const CALLER = Symbol('caller');

/** The route needs no token. Every such route is listed in a test. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);
export const isPublic = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]) === true;

/** The one guard: who is it, and is this route theirs at all. What they may do with a case is decided on its stream. */
export class CallerGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly identity: Identity,
    private readonly law: LawShelf,
    private readonly refusing: Refusing,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(this.reflector, context)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.callerOf(request);
    this.refusing.assertBelowLimit(request, caller.recorder);
    const policy: RoutePolicy | undefined = policyOf(context.getHandler());
    if (!policy) throw new Error(`${context.getClass().name}.${context.getHandler().name} has no policy`);
    const values = request.method === 'GET' ? { reading: 1 } : {};
    if (policy.roles && !policy.roles.some((role) => caller.viewer.roles.includes(role)))
      throw await this.refusing.toldAtTheDoor(new Denial('NOT_ENTITLED', { values }), request, caller.recorder);
    (request as { [CALLER]?: Caller })[CALLER] = caller;
    return true;
  }

  private async callerOf(request: FastifyRequest): Promise<Caller> {
    const { authorization, 'kesu-acting-as': actingAs } = request.headers;
    try {
      return await this.identity.callerOf(authorization, single(actingAs), this.law.book);
    } catch (error) {
      const who = error instanceof IdentityRefused ? error.who : undefined;
      throw await this.refusing.toldAtTheDoor(error, request, who);
    }
  }
}

/** A request and its reply, with who it comes from. */
export interface Exchange {
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Parameter: the {@link Exchange} of a route that is not public. */
export const Http = createParamDecorator((_data: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const caller = (request as { [CALLER]?: Caller })[CALLER];
  if (!caller) throw new Error('the route is public: it has no caller');
  return { caller, request, reply: http.getResponse<FastifyReply>() };
});

/** A header that may be given once. */
export const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;
