import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Text } from '#libs/kernel';
import { Fault } from './fault.js';
import { Policy } from './route-policy.js';

/** What an operator may have done to the running service. */
export abstract class Operations {
  /** Builds the read models anew from the log. @returns events read and the hash landed on. */
  abstract rebuild(): Promise<{ events: number; hash: string }>;
  /** Copies the embedded log to a new folder on the service's machine. @throws Error with the Chinese reason. */
  abstract backup(target: string): Promise<void>;
}

class BackupWanted {
  @Text('备份目录', 1000) target!: string;
}

/** 运维: for the operator's role only. */
@ApiExcludeController()
@Controller('v1/operations')
export class OperationsController {
  constructor(@Inject(Operations) private readonly operations: Operations) {}

  @Policy({ does: 'operate', roles: ['operator'] })
  @Post('rebuilds')
  @HttpCode(200)
  rebuild(): Promise<{ events: number; hash: string }> {
    return this.operations.rebuild();
  }

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
