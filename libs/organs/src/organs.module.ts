import { Module } from '@nestjs/common';
import { commandHandlersFor } from '#libs/platform';
import { OrgansController } from './organs.controller.js';
import { RegisterController } from './register.controller.js';
import { organRegister } from './system.js';

/** The only wiring of 机关登记: its routes, and its handlers made from the decision table. */
@Module({ controllers: [OrgansController, RegisterController], providers: commandHandlersFor(organRegister) })
export class OrgansModule {}
