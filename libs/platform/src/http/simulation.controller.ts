import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { certainBy, OccurredAt, startOfDay, type Instant, type Occurrence } from '#libs/kernel';
import { SimulatedClock } from '../service/clocks.js';
import { Fault } from './fault.js';
import { Policy } from './route-policy.js';

class Moment {
  @OccurredAt() to!: Occurrence;
}

/** 模拟时钟. The route exists in simulation mode only, and needs a role of its own. */
@ApiExcludeController()
@Controller('v1/simulation')
export class SimulationController {
  constructor(@Inject(SimulatedClock) private readonly clock: SimulatedClock) {}

  @Policy({ does: 'operate', roles: ['clockKeeper'] })
  @Get('clock')
  now(): { now: Instant } {
    return { now: this.clock.now() };
  }

  /** Moves the clock to a moment, or to the beginning of a day. */
  @Policy({ does: 'operate', roles: ['clockKeeper'] })
  @Post('clock')
  @HttpCode(200)
  move(@Body() { to }: Moment): { now: Instant } {
    const target = 'on' in to ? startOfDay(to.on) : certainBy(to);
    if (!this.clock.moveTo(target)) throw new Fault('CLOCK_ONLY_FORWARD', { values: { now: this.clock.now() } });
    return { now: this.clock.now() };
  }
}
