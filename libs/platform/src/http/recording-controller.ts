import 'reflect-metadata';
import { Body, Controller, Inject, Param, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AnyFact, CaseSystem, Command, CommandType } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Records } from './acts.js';
import { Http, type Exchange } from './caller.js';
import { Desk, type Told } from './desk.js';

/** One act over HTTP: what was done is a noun. */
export interface ActRoute {
  /** Below the system's root; `:id` stands for the case. Without one, the act opens a case. */
  readonly path: string;
  readonly command: CommandType;
  /** For people. */
  readonly says: string;
  /** Its operation's name, where several routes take the command; the command's own otherwise. */
  readonly name?: string;
}

/**
 * The controller of a system's recording routes, made from a table: what a command records and whether it needs
 * If-Match stands in the decision table already. There is nothing else to write for a new route.
 * @throws Error for a command that the system does not decide.
 */
export function recordingController<State, F extends AnyFact>(
  { decider }: CaseSystem<State, F, LawBook>,
  at: { readonly root: string; readonly tag: string },
  routes: readonly ActRoute[],
): Type {
  const root = `/${at.root}`;
  class Recording {
    constructor(readonly desk: Desk) {}
  }
  const { prototype } = Recording;
  routes.forEach((route) => {
    const decision = decider.decisions.find(({ command }) => command === route.command);
    if (!decision) throw new Error(`${decider.category} decides no ${route.command.name}`);
    const method = route.name ?? `record${route.command.name}`;
    const record = function (this: Recording, command: Command, http: Exchange, id?: string): Promise<Told> {
      return this.desk.record(command, http, root, id);
    };
    // The description of the interface looks a method's parameters up by the function's own name.
    Object.defineProperty(prototype, method, { value: Object.defineProperty(record, 'name', { value: method }) });
    decorate(prototype, method, route, {
      fact: decision.records,
      ...(decision.seen ? { seen: true } : {}),
    });
  });
  Inject(Desk)(Recording, undefined, 0);
  Controller(at.root)(Recording);
  ApiTags(at.tag)(Recording);
  Object.defineProperty(Recording, 'name', { value: `${decider.category}RecordingController` });
  return Recording;
}

/** What the decorators of a written method would say: its body is the command, then the exchange, then the case's id. */
function decorate(
  prototype: object,
  method: string,
  route: ActRoute,
  recorded: { readonly fact: string; readonly seen?: true },
): void {
  Reflect.defineMetadata('design:paramtypes', [route.command, Object, String], prototype, method);
  Body()(prototype, method, 0);
  Http()(prototype, method, 1);
  if (route.path.includes(':id')) Param('id')(prototype, method, 2);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor) Records({ ...route, ...recorded })(prototype, method, descriptor);
}
