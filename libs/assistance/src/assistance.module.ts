import { Module } from '@nestjs/common';
import { commandHandlersFor } from '#libs/platform';
import { AssistanceController } from './assistance.controller.js';
import { assistance } from './system.js';

/** The only wiring of 行政协助: its routes, and its handlers made from the decision table. */
@Module({ controllers: [AssistanceController], providers: commandHandlersFor(assistance) })
export class AssistanceModule {}
