import 'reflect-metadata';
import { Controller, Inject, Query, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { schemaOf, type AnyFact, type CaseSystem, type Question, type QuestionQuery } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Reads } from './acts.js';
import { Http, type Exchange } from './caller.js';
import { ReadingRoom } from './reading-room.js';
import { schemaNameOf } from './question-schemas.js';

const ROOT = 'v1/questions';

/**
 * The routes of a system's questions, made from their table: `GET /v1/questions` tells what may be asked, and below it
 * each is asked by its name.
 */
export function questionController<State, F extends AnyFact>(system: CaseSystem<State, F, LawBook>): Type {
  const questions = system.questions ?? [];
  class Questions {
    constructor(readonly room: ReadingRoom) {}

    list(http: Exchange) {
      return this.room.questions(system, questionList(questions), http);
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
  for (const question of questions) {
    const method = `ask${pascal(question.name)}`;
    const ask = function (this: Questions, said: QuestionQuery, http: Exchange) {
      return this.room.ask(system, question, said, http);
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
  Object.defineProperty(Questions, 'name', { value: `${system.decider.category}QuestionController` });
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

/** What is told of each question: how it is put, where, and what may be said with it. */
function questionList(questions: readonly Question[]) {
  return questions.map(({ name, asks, query, restsOn, figures }) => {
    const { properties, required = [] } = schemaOf(query) as {
      readonly properties: Readonly<Record<string, { readonly title?: string }>>;
      readonly required?: readonly string[];
    };
    return {
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
      ...(figures ? { figures } : {}),
    };
  });
}

const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
