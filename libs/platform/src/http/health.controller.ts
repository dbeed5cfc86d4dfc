import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './caller.js';

export interface Readiness {
  /** Every reason why no work can be taken, in words for operators; none when it can. */
  readonly faults: readonly string[];
  /** What somebody should look into although work can be taken. */
  readonly warnings: readonly string[];
  /** What each part says of itself, in figures. */
  readonly parts: Readonly<Record<string, object | string>>;
}

/** Asks every part of the service whether work can be taken. */
export abstract class Readying {
  abstract readiness(): Promise<Readiness>;
}

/** 健康检查. Live: the process answers. Ready: log, clock, law and (where read here) read models can serve. */
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
    const { faults, warnings, parts } = await this.readying.readiness();
    const ready = faults.length === 0;
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', faults, warnings, parts };
  }
}
