import { Module } from '@nestjs/common';
import { commandHandlersFor, recordingController } from '#libs/platform';
import { actRoutes, AssistanceController } from './assistance.controller.js';
import { assistance } from './system.js';

const at = { root: 'v1/assistance', tag: 'assistance 行政协助' };

/** The only wiring of 行政协助: its routes, and its handlers made from the decision table. */
@Module({
  controllers: [recordingController(assistance, at, actRoutes), AssistanceController],
  providers: commandHandlersFor(assistance),
})
export class AssistanceModule {}
