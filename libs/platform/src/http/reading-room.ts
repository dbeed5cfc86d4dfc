import type { AnyFact, Keys, Question, QuestionQuery } from '#libs/kernel';
import type { Attempts } from '../attempts/index.js';
import type { Exchange } from './caller.js';
import type { Disclosed } from './disclosed.js';
import { askedQuestion } from './questions/asked-question.js';
import { caseFile } from './questions/case-file.js';
import { caseList, type CaseListQuery } from './questions/case-list.js';
import { commandStatus } from './questions/command-status.js';
import { clocks } from './questions/clocks.js';
import { custody } from './questions/custody.js';
import { difference } from './questions/difference.js';
import type { DifferenceQuery, MomentQuery } from './questions/moment-query.js';
import type { QuestionParts, System } from './questions/parts.js';
import { questionList, type ToldQuestion } from './questions/question-list.js';
import { rowList, type AskedRows } from './questions/row-list.js';
import { timeline } from './questions/timeline.js';

/** A question about one case of any system. */
type OfCase<Query> = <State, F extends AnyFact>(
  system: System<State, F>,
  caseId: string,
  query: Query,
  http: Exchange,
) => Promise<Disclosed<object>>;

/**
 * 阅览室: the questions a person may ask of cases, one file each. Who may see a case is read from its stream, never from a
 * view: a view that lags must not hide a case from its party. What is not theirs to know is answered like what does not
 * exist.
 */
export class ReadingRoom {
  constructor(private readonly parts: QuestionParts & { readonly keys: Keys; readonly attempts: Attempts }) {}

  readonly file: OfCase<MomentQuery> = (system, caseId, query, http) =>
    caseFile(this.parts, system, { caseId, query, http });

  readonly timeline: OfCase<MomentQuery> = (system, caseId, query, http) =>
    timeline(this.parts, system, { caseId, query, http });

  readonly clocks: OfCase<MomentQuery> = (system, caseId, query, http) =>
    clocks(this.parts, system, { caseId, query, http });

  readonly custody: OfCase<MomentQuery> = (system, caseId, query, http) =>
    custody(this.parts, system, { caseId, query, http });

  readonly difference: OfCase<DifferenceQuery> = (system, caseId, query, http) =>
    difference(this.parts, system, { caseId, query, http });

  list<State, F extends AnyFact>(
    system: System<State, F>,
    query: CaseListQuery,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    return caseList(this.parts, system, { query, http });
  }

  /** A list of a view of the system that is no case file. */
  rows<State, F extends AnyFact>(
    system: System<State, F>,
    asked: AskedRows,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    return rowList(this.parts, system, { asked, http });
  }

  questions(told: readonly ToldQuestion[], http: Exchange): Promise<Disclosed<object>> {
    return questionList(this.parts, told, http);
  }

  ask<State, F extends AnyFact>(
    system: System<State, F>,
    question: Question,
    said: QuestionQuery,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    return askedQuestion(this.parts, system, question, { said, http });
  }

  command<State, F extends AnyFact>(
    system: System<State, F>,
    caseId: string,
    commandId: string,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    return commandStatus(this.parts, system, { caseId, commandId, http });
  }
}
