import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Text } from '#libs/kernel';
import { DevelopmentIssuer } from '../identity/index.js';
import { Public } from './caller.js';
import { Fault } from './fault.js';
import { assertLoopback } from './loopback.js';

/** The accounts tokens may be had for: those the register links to somebody. */
export abstract class KnownAccounts {
  /** Names of the founding register, for who mistypes one; of an account linked later only a digest is kept. */
  abstract readonly names: readonly string[];
  abstract isLinked(account: string): Promise<boolean>;
}

class TokenWanted {
  @Text('账户', 100) as!: string;
}

/** 开发签发者. The routes exist in development and simulation mode only. */
@ApiExcludeController()
@Controller('development')
export class DevelopmentController {
  constructor(
    @Inject(DevelopmentIssuer) private readonly issuer: DevelopmentIssuer,
    @Inject(KnownAccounts) private readonly accounts: KnownAccounts,
  ) {}

  @Public()
  @Post('tokens')
  @HttpCode(200)
  async token(@Body() { as }: TokenWanted, @Req() request: FastifyRequest): Promise<{ token: string; as: string }> {
    assertLoopback(request);
    if (!(await this.accounts.isLinked(as)))
      throw new Fault('ACCOUNT_UNKNOWN', { values: { known: this.accounts.names.join('、') } });
    return { token: await this.issuer.tokenFor(as), as };
  }
}
