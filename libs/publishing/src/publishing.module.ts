import { Module, type DynamicModule } from '@nestjs/common';
import { commandHandlersFor } from '#libs/platform';
import { CalendarController } from './calendar.controller.js';
import { PacksController, RulePacks } from './packs.controller.js';
import { lawCalendar } from './system.js';

/** The only wiring of 法律数据发布: its routes, and its handlers made from the decision tables. */
@Module({})
export class PublishingModule {
  static of(system: RulePacks['system']): DynamicModule {
    return {
      module: PublishingModule,
      controllers: [CalendarController, PacksController],
      providers: [
        { provide: RulePacks, useValue: { system } satisfies RulePacks },
        ...commandHandlersFor(lawCalendar),
        ...commandHandlersFor(system),
      ],
    };
  }
}
