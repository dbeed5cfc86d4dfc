import 'reflect-metadata';
import { Controller, Inject, Query, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { schemaOf, type AnyFact, type CaseSystem, type Question, type QuestionQuery } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Reads } from './acts.js';
import { Http, type Exchange } from './caller.js';
import type { Disclosed } from './disclosed.js';
import type { AskingOf } from './questions/asked-question.js';
import type { ToldQuestion } from './questions/question-list.js';
import { ReadingRoom } from './reading-room.js';
import { schemaNameOf } from './question-schemas.js';

const ROOT = 'v1/questions';

/** A question with the system it is asked of, whose cases are that system's business alone. */
interface SystemsQuestion {
  readonly category: string;
  readonly question: Question;
  readonly ask: (room: ReadingRoom, said: QuestionQuery, { http, elsewhere }: Asked) => Promise<Disclosed<object>>;
  /** What it puts to the views, for another question that counts by it. */
  readonly asking: (room: ReadingRoom, http: Exchange) => AskingOf;
}

interface Asked {
  readonly http: Exchange;
  readonly elsewhere: (question: string) => AskingOf;
}

/** The questions of a system, to be asked at {@link questionController}. */
export const questionsOf = <State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
): readonly SystemsQuestion[] =>
  (system.questions ?? []).map((question) => ({
    category: system.decider.category,
    question,
    ask: (room, said, asked) => room.ask(system, question, { said, ...asked }),
    asking: (room, http) => room.asking(system, question, http),
  }));

/**
 * The routes of all systems' questions, made from their tables: `GET /v1/questions` tells what may be asked, and below it
 * each is asked by its name. @throws Error where two have one name, or a figure is counted by one that there is not.
 */
export function questionController(asked: readonly SystemsQuestion[]): Type {
  const list = asked.map(toldOf);
  if (new Set(list.map(({ question }) => question)).size < list.length) throw new Error('two questions have one name');
  const named = (name: string): SystemsQuestion => {
    const found = asked.find(({ question }) => question.name === name);
    if (!found) throw new Error(`no question is called ${name}`);
    return found;
  };
  for (const { question } of asked)
    question.figures?.forEach(({ elsewhere }) => elsewhere && named(elsewhere.question));
  class Questions {
    constructor(readonly room: ReadingRoom) {}

    list(http: Exchange) {
      return this.room.questions(list, http);
    }
  }
  const { prototype } = Questions;
  Http()(prototype, 'list', 0);
  decorate(prototype, 'list', [Object], {
    path: '',
    name: 'listQuestions',
    says: '可以提出的问题：问法、参数和地址',
    answers: 'QuestionList',
  });
  for (const { question, ask: askOf } of asked) {
    const method = `ask${pascal(question.name)}`;
    const ask = function (this: Questions, said: QuestionQuery, http: Exchange) {
      return askOf(this.room, said, { http, elsewhere: (name) => named(name).asking(this.room, http) });
    };
    // The description of the interface looks a method's parameters up by the function's own name.
    Object.defineProperty(prototype, method, { value: Object.defineProperty(ask, 'name', { value: method }) });
    Query()(prototype, method, 0);
    Http()(prototype, method, 1);
    decorate(prototype, method, [question.query, Object], {
      path: question.name,
      name: method,
      says: question.asks,
      answers: schemaNameOf(question),
      query: question.query,
    });
  }
  Inject(ReadingRoom)(Questions, undefined, 0);
  Controller(ROOT)(Questions);
  ApiTags('questions 问题')(Questions);
  return Questions;
}

function decorate(
  prototype: object,
  method: string,
  parameters: readonly object[],
  reading: Parameters<typeof Reads>[0],
): void {
  Reflect.defineMetadata('design:paramtypes', parameters, prototype, method);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor) Reads(reading)(prototype, method, descriptor);
}

/** What is told of a question: how it is put, where, and what may be said with it. */
function toldOf({ category, question: { name, asks, query, restsOn, figures } }: SystemsQuestion): ToldQuestion {
  const { properties, required = [] } = schemaOf(query) as {
    readonly properties: Readonly<Record<string, { readonly title?: string }>>;
    readonly required?: readonly string[];
  };
  return {
    category,
    question: name,
    asks,
    href: `/${ROOT}/${name}`,
    restsOn,
    parameters: Object.entries(properties).map(([parameter, schema]) => ({
      name: parameter,
      title: schema.title ?? parameter,
      required: required.includes(parameter),
      schema,
    })),
    ...(figures ? { figures: figures.map(({ code, says }) => ({ code, says })) } : {}),
  };
}

const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
