import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdentityRefused } from '../identity/index.js';
import { Metrics } from '../metrics/index.js';
import { Public } from './caller.js';
import { assertLoopback } from './loopback.js';

/** What a scraper has to present, where the operator set one. */
export abstract class MetricsToken {
  abstract readonly value: string | undefined;
}

/** 指标, for the operator's monitoring: whoever holds KESU_METRICS_TOKEN; without one, only somebody on this machine. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(MetricsToken) private readonly token: MetricsToken,
  ) {}

  @Public()
  @Get()
  async text(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (this.token.value === undefined) assertLoopback(request);
    else assertHolds(request.headers.authorization, this.token.value);
    void reply.headers({ 'content-type': this.metrics.contentType, 'cache-control': 'no-store' });
    return this.metrics.text();
  }
}

/** Compared as digests: they are of one length, and how long it takes says nothing. @throws IdentityRefused */
function assertHolds(authorization: string | undefined, token: string): void {
  if (authorization === undefined) throw new IdentityRefused('TOKEN_MISSING');
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(authorization), digest(`Bearer ${token}`))) throw new IdentityRefused('TOKEN_INVALID');
}
