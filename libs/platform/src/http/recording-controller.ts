import 'reflect-metadata';
import { Body, Controller, Inject, Param, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AnyFact, CaseSystem, Command, CommandType, CommonDecision, Decision } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Records } from './acts.js';
import type { ActRoute } from './act-route.js';
import { commonRoutes } from './common-routes.js';
import { Http, type Exchange } from './caller.js';
import { Desk } from './desk.js';

/**
 * The controller of a system's recording routes, made from a table: what a command records and whether it needs
 * If-Match stands in the decision table already. There is nothing else to write for a new route. The routes every system
 * has are added where it takes the facts common to all.
 * @throws Error for a command that the system does not decide.
 */
export function recordingController<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  at: { readonly root: string; readonly tag: string },
  own: readonly ActRoute[],
): Type {
  const { decider, common } = system;
  const root = `/${at.root}`;
  const routes = [...own, ...(common ? commonRoutes(decider.category) : [])];
  class Recording {
    constructor(readonly desk: Desk) {}
  }
  const { prototype } = Recording;
  routes.forEach((route) => {
    const decision = rowOf(system, route.command);
    if (!decision) throw new Error(`${decider.category} decides no ${route.command.name}`);
    const method = route.name ?? `record${route.command.name}`;
    const record = function (
      this: Recording,
      said: Command,
      http: Exchange,
      ...at: readonly [id?: string, request?: string]
    ) {
      const [id, request] = at;
      const command = decision.command === route.command ? said : Object.assign(new decision.command(), said);
      return this.desk.record(request === undefined ? command : Object.assign(command, { request }), http, root, id);
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

/** The row that decides on a command: the system's own, or one common to all, whose command is of a class below. */
function rowOf<State, F extends AnyFact>(
  { decider, common }: CaseSystem<State, F, LawBook>,
  asked: CommandType,
): Pick<CommonDecision | Decision<State, F, LawBook>, 'command' | 'records' | 'seen'> | undefined {
  return (
    decider.decisions.find(({ command }) => command === asked) ??
    common?.decisions.find(({ command }) => command.prototype instanceof asked)
  );
}

/**
 * What the decorators of a written method would say: its body is the command, then the exchange, then the case's id, and
 * of a decision on a request that stands in the case, the request's.
 */
function decorate(
  prototype: object,
  method: string,
  route: ActRoute,
  recorded: { readonly fact: string; readonly seen?: true },
): void {
  Reflect.defineMetadata('design:paramtypes', [route.command, Object, String, String], prototype, method);
  Body()(prototype, method, 0);
  Http()(prototype, method, 1);
  if (route.path.includes(':id')) Param('id')(prototype, method, 2);
  if (route.path.includes(':request')) Param('request')(prototype, method, 3);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor) Records({ ...route, ...recorded })(prototype, method, descriptor);
}
