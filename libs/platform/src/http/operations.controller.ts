import { applyDecorators, Body, Controller, Get, HttpCode, Inject, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiExcludeEndpoint, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { partsOf, Text, type Uuid } from '#libs/kernel';
import type { Trouble } from '../service/index.js';
import { ACTING_AS, problem } from './acts.js';
import { Fault } from './fault.js';
import { NoQueryInterceptor } from './no-query.js';
import { Policy } from './route-policy.js';

/** What an operator may have done to the running service. */
export abstract class Operations {
  /** Builds the read models anew from the log. @returns events read and the hash landed on. */
  abstract rebuild(): Promise<{ events: number; hash: string }>;
  /** Copies the embedded log to a new folder on the service's machine. @throws Error with the Chinese reason. */
  abstract backup(target: string): Promise<void>;
}

/** What is the matter with streams, for who operates or audits the service. */
export abstract class Findings {
  abstract trouble(): Promise<Trouble>;
}

class BackupWanted {
  @Text('备份目录', 1000) target!: string;
}

/** The route that tells 隔离与告警. */
const TellsTrouble = (): MethodDecorator =>
  applyDecorators(
    Policy({ does: 'operate', roles: ['operator', 'auditor'] }),
    UseInterceptors(NoQueryInterceptor),
    Get('quarantine'),
    ApiOperation({ operationId: 'getQuarantine', summary: '隔离与告警：哪些事件流无法解读，哪些曾被改动或已损坏' }),
    ApiBearerAuth(),
    ACTING_AS,
    ApiResponse({
      status: 200,
      description: '此刻的隔离与告警',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Quarantine' } } },
    }),
    problem(400, '请求有误'),
    problem(401, '未认证'),
    problem(403, '无权查阅'),
    problem(503, '暂不可用'),
  );

/**
 * 运维: for the operator's role; what is the matter with streams, for auditors too. What changes the running service is
 * the command line's, and not described to others.
 */
@ApiTags('operations 运维')
@Controller('v1/operations')
export class OperationsController {
  constructor(
    @Inject(Operations) private readonly operations: Operations,
    @Inject(Findings) private readonly findings: Findings,
  ) {}

  /** 隔离与告警, as they are now. */
  @TellsTrouble()
  async quarantine(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { quarantined, alarms } = await this.findings.trouble();
    void reply.header('cache-control', 'no-store');
    return {
      quarantined: quarantined.map(({ stream, revision, reason }) => ({
        ...placeOf(stream),
        lastGoodRevision: revision - 1,
        reason,
      })),
      alarms: alarms.map(({ stream, reason, detail }) => ({ ...placeOf(stream), reason, detail })),
    };
  }

  @ApiExcludeEndpoint()
  @Policy({ does: 'operate', roles: ['operator'] })
  @Post('rebuilds')
  @HttpCode(200)
  rebuild(): Promise<{ events: number; hash: string }> {
    return this.operations.rebuild();
  }

  @ApiExcludeEndpoint()
  @Policy({ does: 'operate', roles: ['operator'] })
  @Post('backups')
  @HttpCode(201)
  async backup(@Body() { target }: BackupWanted): Promise<{ target: string }> {
    await this.operations.backup(target).catch((error: unknown) => {
      throw new Fault('BACKUP_REFUSED', { values: { reason: (error as Error).message } });
    });
    return { target };
  }
}

/** A stream, and which case of which system it is, where it is one. */
function placeOf(stream: string): { stream: string; category?: string; case?: Uuid } {
  const parts = partsOf(stream);
  return parts ? { stream, category: parts.category, case: parts.id } : { stream };
}
