import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './caller.js';
import { anything, list, object, text } from './schema-parts.js';

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

/** Told either way: what is the matter, what may become so, and how the parts are. */
const readiness = (description: string) => ({
  description,
  content: {
    'application/json': {
      schema: object({
        status: { type: 'string', enum: ['ready', 'not ready'] },
        faults: list(text),
        warnings: list(text),
        parts: anything,
      }),
    },
  },
});

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
  @ApiResponse({ status: 200, ...readiness('可以受理') })
  @ApiResponse({ status: 503, ...readiness('暂不能受理，原因见 faults') })
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { faults, warnings, parts } = await this.readying.readiness();
    const ready = faults.length === 0;
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', faults, warnings, parts };
  }
}
