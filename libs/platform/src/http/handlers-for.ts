import type { Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import type { AnyFact, CaseSystem, Command } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Ledger, type Answer } from '../ledger/index.js';

/**
 * The command handlers of a system, made from its decision table and from the rows common to all systems: one class per row, because the bus finds handlers by
 * class. There is nothing else to write for a new command.
 */
export function commandHandlersFor<State, F extends AnyFact>(system: CaseSystem<State, F, LawBook>): Type[] {
  return [...system.decider.decisions, ...(system.common?.decisions ?? [])].map(({ command }) => {
    class Handler implements ICommandHandler<Command, Answer> {
      constructor(@Inject(Ledger) private readonly ledger: Ledger) {}
      execute(issued: Command): Promise<Answer> {
        return this.ledger.record(system, issued);
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
    CommandHandler(command)(Handler);
    return Handler;
  });
}
