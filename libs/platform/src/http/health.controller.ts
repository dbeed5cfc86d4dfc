import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './caller.js';

export interface Readiness {
  readonly ready: boolean;
  /** What each part says of itself, in words for operators. */
  readonly parts: Readonly<Record<string, object | string>>;
}

/** Asks every part of the service whether work can be taken. */
export abstract class Readying {
  abstract readiness(): Promise<Readiness>;
}

/** 健康检查. Live: the process answers. Ready: log, keys, law and (where run here) read models can serve. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(@Inject(Readying) private readonly readying: Readying) {}

  @ApiOperation({ operationId: 'getLive', summary: '进程是否存活' })
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @ApiOperation({ operationId: 'getReady', summary: '是否可以受理请求' })
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, parts } = await this.readying.readiness();
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', parts };
  }
}
