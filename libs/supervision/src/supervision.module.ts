import { Module } from '@nestjs/common';
import { commandHandlersFor, recordingController } from '#libs/platform';
import { actRoutes, SupervisionController } from './supervision.controller.js';
import { supervision } from './system.js';

const at = { root: 'v1/supervision', tag: 'supervision 电子监察' };

/** The only wiring of 电子监察: its routes, and its handlers made from the decision table. */
@Module({
  controllers: [recordingController(supervision, at, actRoutes), SupervisionController],
  providers: commandHandlersFor(supervision),
})
export class SupervisionModule {}
