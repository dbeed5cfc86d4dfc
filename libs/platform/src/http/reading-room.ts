import type { AnyFact, Envelope, Keys, Question, Uuid } from '#libs/kernel';
import type { Attempts } from '../attempts/index.js';
import { Denial } from '../ledger/index.js';
import type { FrameWanted } from '../views/index.js';
import type { Exchange } from './caller.js';
import type { Disclosed } from './disclosed.js';
import { askedQuestion, askingOf } from './questions/asked-question.js';
import { caseFile } from './questions/case-file.js';
import { caseList, type CaseListQuery } from './questions/case-list.js';
import { commandStatus } from './questions/command-status.js';
import { clocks } from './questions/clocks.js';
import { custody } from './questions/custody.js';
import { difference } from './questions/difference.js';
import { framedAt, framedNow, framePage, type FixedFrame, type FramedSystem } from './questions/frame.js';
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
    asked: Parameters<typeof askedQuestion>[3],
  ): Promise<Disclosed<object>> {
    return askedQuestion(this.parts, system, question, asked);
  }

  /** What a question puts to the views, for another that counts by it. @throws Denial PURPOSE_REQUIRED */
  asking<State, F extends AnyFact>(
    system: System<State, F>,
    question: Question,
    http: Exchange,
  ): ReturnType<typeof askingOf> {
    return askingOf(this.parts, system, question, http);
  }

  /** 抽样总体, whoever asks: for what is recorded of it, and not to be told. */
  framedNow(system: FramedSystem, wanted: FrameWanted): ReturnType<typeof framedNow> {
    return framedNow(this.parts, system, wanted);
  }

  /** Every member of a frame, once more from the log as it stood at its place, likewise. */
  async framedAt(system: FramedSystem, frame: FixedFrame): Promise<readonly Uuid[]> {
    const cases: Uuid[] = [];
    for (let after: Uuid | undefined; ;) {
      const page = await framedAt(this.parts, system, frame, { after });
      cases.push(...page.cases);
      if (page.next === undefined) return cases;
      after = page.next;
    }
  }

  /** A page of the members of the frame that a case fixed, for who may see the case. */
  frame<State, F extends AnyFact>(
    system: System<State, F>,
    asked: Parameters<typeof framePage<State, F>>[2],
    http: Exchange,
  ): Promise<Disclosed<object>> {
    return framePage(this.parts, system, asked, http);
  }

  /** The salt of a case's first event, which the service drew when it stored it. @throws Denial CASE_NOT_FOUND */
  async saltOf<State, F extends AnyFact>(system: System<State, F>, caseId: Uuid): Promise<string> {
    const [first] = await this.parts.log.readStream(this.parts.ledger.streamOf(system, caseId), 0, 1);
    if (!first) throw new Denial('CASE_NOT_FOUND');
    return (first.metadata as unknown as Envelope).salt;
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
