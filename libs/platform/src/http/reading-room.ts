import {
  isUuid,
  type AnyFact,
  type CaseSystem,
  type EventLog,
  type Recorder,
  type Relation,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import {
  answerFrom,
  assertReadable,
  audiencesIn,
  Denial,
  placeOf,
  type Answer,
  type LawShelf,
  type Ledger,
  type Standing,
} from '../ledger/index.js';
import type { Attempts, RefusedAttempt } from '../attempts/index.js';
import type { CasePages } from '../reading/index.js';
import type { Troubles } from '../service/index.js';
import { list, rowOf, rowsOf, visible, type ViewShape, type ViewTables } from '../views/index.js';
import { single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed, type Purpose } from './disclosed.js';
import { Fault } from './fault.js';
import { mayReview, refusalTold, type RefusalTold } from './refusals-told.js';
import { assertShowable, markedRows } from './shown-troubles.js';

/** How long a reader waits for the read models to show what the log already holds. */
const CATCH_UP_MS = 5_000;

export interface ReadingParts {
  readonly ledger: Ledger;
  readonly attempts: Attempts;
  readonly log: EventLog;
  readonly law: LawShelf;
  readonly pages: CasePages;
  /** Undefined where this process has no read models. */
  readonly tables: ViewTables | undefined;
  readonly troubles: Pick<Troubles, 'quarantineOf' | 'isAlarmed' | 'refresh'>;
}

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/**
 * 阅览室: the questions a person may ask of cases. Who may see a case is read from its stream, never from a view: a view
 * that lags must not hide a case from its party. What is not theirs to know is answered like what does not exist.
 */
export class ReadingRoom {
  constructor(private readonly parts: ReadingParts) {}

  /** 案卷 with its clocks, flags and duties as they stand now. */
  async file<State, F extends AnyFact>(
    system: System<State, F>,
    caseId: string,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    const { id, standing } = await this.admitted(system, caseId, http);
    await this.upToDate(id, standing.revision);
    return disclose(this.disclosure(http, `${system.decider.category}/${id}`), async () => {
      const row = await this.fromViews((tables) => rowOf(tables, viewOf(system, 'case_file'), id));
      if (!row) throw new Denial('VIEWS_BEHIND');
      void http.reply.headers({ etag: `"${standing.revision}"`, 'cache-control': 'no-store' });
      return this.parts.pages.file(system, standing.state, row);
    });
  }

  /** 时间线: one sentence per fact the reader may see, in the order of recording. */
  async timeline<State, F extends AnyFact>(
    system: System<State, F>,
    caseId: string,
    http: Exchange,
  ): Promise<Disclosed<object>> {
    const { id, standing, relation } = await this.admitted(system, caseId, http);
    await this.upToDate(id, standing.revision);
    return disclose(this.disclosure(http, `${system.decider.category}/${id}/timeline`), async () => {
      const rows = await this.fromViews((tables) => rowsOf(tables, viewOf(system, 'timeline'), id));
      const maySee = this.reach(system, { standing, relation }, http);
      const seen = rows.filter((row) => maySee(row.audience, row.recorder_organ));
      void http.reply.headers({ etag: `"${standing.revision}"`, 'cache-control': 'no-store' });
      const page = { case: id, revision: standing.revision, rows: seen };
      return this.parts.pages.timeline(system, standing.state, page);
    });
  }

  /** 案件目录 of those the reader's organ is a party to, newest recorded first; empty for who does not handle cases. */
  async list<State, F extends AnyFact>(
    system: System<State, F>,
    query: { readonly status?: string; readonly after?: string; readonly limit?: number },
    http: Exchange,
  ): Promise<Disclosed<object>> {
    const { organ } = http.caller.viewer;
    return disclose(this.disclosure(http, system.decider.category), async () => {
      const page = await this.fromViews(async (tables) => {
        if (!system.handlesCases(http.caller.viewer)) return { rows: [], next: undefined };
        return list(tables, viewOf(system, 'case_file'), {
          anyOf: [{ requesting: organ }, { requested: organ }],
          where: query.status === undefined ? {} : { status: query.status },
          order: ['last_recorded_at'],
          descending: true,
          limit: query.limit ?? 50,
          ...(query.after === undefined ? {} : { after: query.after }),
        });
      });
      void http.reply.header('cache-control', 'no-store');
      return {
        ...this.parts.pages.mode,
        ...markedRows(
          this.parts.troubles,
          page.rows.map((row) => ({ case: row.case as Uuid, told: this.parts.pages.summary(system, row) })),
        ),
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    });
  }

  /**
   * What became of a command: recorded, with its first answer; refused, to whom sent it and to supervision; or not known,
   * which promises nothing. What was recorded outranks what was refused, also where the reader may not see it.
   */
  async command<State, F extends AnyFact>(
    system: System<State, F>,
    caseId: string,
    commandId: string,
    http: Exchange,
  ): Promise<Disclosed<CommandStatus>> {
    const found = await this.found(system, caseId, http);
    if (found) assertPurpose(found.relation, http);
    if (found && found.relation !== 'none') assertReadable(found.standing);
    const place = found && isUuid(commandId) ? placeOf(found.standing, commandId) : undefined;
    const refusals = place ? [] : await this.refusalsOf(commandId, caseId, found?.relation, http);
    return disclose(this.disclosure(http, `${system.decider.category}/${caseId}/commands/${commandId}`), async () => {
      void http.reply.header('cache-control', 'no-store');
      const { mode } = this.parts.pages;
      if (refusals.length > 0) return { ...mode, status: 'refused', refusals: refusals.map(refusalTold) };
      if (!found || !place || found.relation === 'none') return { ...mode, status: 'unknown' };
      const stored = await this.parts.log.readStream(found.stream, ...place);
      const maySee = this.reach(system, found, http);
      const audiences = await audiencesIn(system, this.parts.log, found.stream, stored);
      if (!audiences.every(({ read, organ }) => maySee(read, organ))) return { ...mode, status: 'unknown' };
      return {
        ...mode,
        status: 'recorded',
        answer: answerFrom({ caseId: found.id, commandId: commandId as Uuid }, stored),
      };
    });
  }

  /** What a command about this case was refused for, as far as the reader is to know. */
  private async refusalsOf(
    commandId: string,
    caseId: string,
    relation: Relation | undefined,
    http: Exchange,
  ): Promise<readonly RefusedAttempt[]> {
    if (!isUuid(commandId)) return [];
    const refusals = (await this.parts.attempts.of(commandId)).filter(({ about }) => about === caseId);
    const [first] = refusals;
    const { recorder, viewer } = http.caller;
    if (!first || first.recorder.person === recorder.person) return refusals;
    const reviews = relation === 'supervising' || mayReview(this.parts.law.book.organs, viewer, first.recorder);
    if (reviews) assertPurpose('supervising', http);
    return reviews ? refusals : [];
  }

  /** The case, to whom it may be shown, and how they stand to it. @throws Denial CASE_NOT_FOUND, PURPOSE_REQUIRED */
  async admitted<State, F extends AnyFact>(system: System<State, F>, caseId: string, http: Exchange) {
    const found = await this.found(system, caseId, http);
    if (!found || found.relation === 'none') throw new Denial('CASE_NOT_FOUND');
    assertPurpose(found.relation, http);
    assertReadable(found.standing);
    return found;
  }

  /** The case and how the reader stands to it, whoever they are; undefined when there is none. */
  private async found<State, F extends AnyFact>(system: System<State, F>, caseId: string, http: Exchange) {
    if (!isUuid(caseId)) return undefined;
    const read = await this.parts.ledger.read(system, caseId).catch((error: unknown) => {
      if (error instanceof Denial && error.code === 'CASE_NOT_FOUND') return undefined;
      throw error;
    });
    if (!read) return undefined;
    const relation: Relation = system.relation(read.standing.state, http.caller.viewer, this.parts.law.book);
    return { id: caseId, ...read, relation };
  }

  /** Which facts of a case the reader may see: an organ's internal steps are its own until they have been fed back. */
  reach<State, F extends AnyFact>(
    system: System<State, F>,
    { standing, relation }: { readonly standing: Standing<State>; readonly relation: Relation },
    { caller }: Exchange,
  ): (audience: unknown, recordingOrgan: unknown) => boolean {
    const all = relation === 'supervising' || system.isFedBack(standing.state);
    return (audience, recordingOrgan) => all || audience === 'parties' || recordingOrgan === caller.viewer.organ;
  }

  private async upToDate(id: Uuid, revision: number): Promise<void> {
    const { troubles } = this.parts;
    assertShowable(troubles, id, revision);
    if (await this.fromViews((tables) => visible(tables, id, revision, CATCH_UP_MS))) return;
    await troubles.refresh();
    assertShowable(troubles, id, revision);
    throw new Denial('VIEWS_BEHIND');
  }

  /** Reads the views. A database that does not answer, or has no tables yet, is no fault of the request. */
  private async fromViews<T>(read: (tables: ViewTables) => Promise<T>): Promise<T> {
    const { tables } = this.parts;
    if (!tables) throw new Denial('VIEWS_NOT_HERE');
    return read(tables).catch((cause: unknown) => {
      throw cause instanceof RangeError
        ? new Fault('CURSOR_MALFORMED')
        : new Denial('VIEWS_UNAVAILABLE', {}, { cause });
    });
  }

  disclosure(http: Exchange, what: string): { recorder: Recorder; purpose: Purpose; what: string } {
    return { recorder: http.caller.recorder, purpose: purposeOf(http) ?? 'handling', what };
  }
}

type CommandStatus =
  | { readonly status: 'recorded'; readonly answer: Answer }
  | { readonly status: 'refused'; readonly refusals: readonly RefusalTold[] }
  | { readonly status: 'unknown' };

function assertPurpose(relation: Relation, http: Exchange): void {
  if (relation === 'supervising' && purposeOf(http) === undefined) throw new Denial('PURPOSE_REQUIRED');
}

const purposeOf = ({ request }: Exchange): Purpose | undefined => purposeFrom(single(request.headers['kesu-purpose']));

/** The system's view whose name ends in `name`: `<category>_case_file`, `<category>_timeline`. */
function viewOf<State, F extends AnyFact>(system: System<State, F>, name: string): ViewShape {
  const view = system.views.find((candidate) => candidate.name.endsWith(`_${name}`));
  if (!view) throw new Error(`${system.decider.category} has no view ${name}`);
  return view;
}
