import {
  citedBy,
  Conflict,
  isGranted,
  streamName,
  subjectIdOf,
  WrongExpectation,
  type AnyFact,
  type CaseSystem,
  type Command,
  type CommonFact,
  type Decided,
  type Envelope,
  type EventLog,
  type Grant,
  type LoggedEvent,
  type NewEvent,
  type Relation,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { DocumentStore } from '../documents/index.js';
import { CaseReading, type WholeStanding } from './case-reading.js';
import { Deadline } from './deadline.js';
import { Denial } from './denial.js';
import { draftOf, stateWith, type DraftParts, type ToRecord, type Work } from './draft.js';
import { answerFrom, issuedOf, type Answer, type Issued } from './issued.js';
import type { LawShelf } from './law-shelf.js';
import { assertPast } from './past.js';
import { isDigestOf } from './sealing.js';
import { assertReadable } from './readable.js';
import { nowhere, placeOf, type Standing } from './standing.js';
import { Turns } from './turns.js';
import { wholeCase } from './whole-case.js';

/** How often a conflict is loaded and decided again before the person is told. */
const ATTEMPTS_MAX = 3;

export interface LedgerParts extends DraftParts {
  readonly name: string;
  readonly log: EventLog;
  readonly law: LawShelf;
  /** What is known of streams that were tampered with. */
  readonly troubles: { readonly assertSound: (stream: StreamName) => void };
  readonly documents: Pick<DocumentStore, 'holds'>;
  /** Milliseconds within which a command is answered, whatever it waits for. */
  readonly answerWithinMs: number;
}

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** What deciding came to: facts to append, or the place of what the same command recorded before. */
type Outcome<F extends AnyFact> = ToRecord<F> | { readonly repeated: readonly [from: number, count: number] };

/**
 * 账本: load, decide, append. One command is one append to one case's stream at an exact expectation; the same command
 * again gives the first answer and records nothing. An answer means that the events are durable.
 */
export class Ledger {
  private readonly cases: CaseReading;
  private readonly turns = new Turns();

  constructor(private readonly parts: LedgerParts) {
    this.cases = new CaseReading(parts.log);
  }

  /**
   * Records `command` of `system`, as it was issued.
   * @throws Denial, Refusal: nothing was recorded. Conflict: others were first, three times. LogUnavailable: the outcome
   * is unknown, also because the limit has passed while the log may still be taking it; the same command may be sent
   * again. IntegrityBroken: the case was tampered with. Quarantined: this program cannot read all of it. DocumentDamaged,
   * DocumentStoreFailed: of a document it cites.
   */
  async record<State, F extends AnyFact, C extends Command>(system: System<State, F>, command: C): Promise<Answer> {
    const issued = issuedOf(command);
    const rows: readonly Work<State, F>['decision'][] = system.common?.decisions ?? [];
    const decision = [...system.decider.decisions, ...rows].find((row) => command instanceof row.command);
    if (!decision) throw new Error(`${system.decider.category} decides no ${command.constructor.name}`);
    const stream = this.streamOf(system, issued.caseId);
    this.parts.troubles.assertSound(stream);
    const deadline = new Deadline(this.parts.answerWithinMs);
    const turn = this.turns.take(stream, async () => {
      deadline.assertOpen();
      const unknownDocument = await this.unknownDocumentOf(command, issued);
      return this.attempts({ system, decision, command, issued, stream, unknownDocument });
    });
    return deadline.bound(turn);
  }

  /**
   * The case's stream as it stands at its head; `quarantined` where that is not all of it.
   * @throws Denial CASE_NOT_FOUND; Quarantined; IntegrityBroken; LogUnavailable.
   */
  async read<State, F extends AnyFact>(
    system: System<State, F>,
    caseId: Uuid,
  ): Promise<{ readonly standing: Standing<State>; readonly stream: StreamName }> {
    const stream = this.streamOf(system, caseId);
    this.parts.troubles.assertSound(stream);
    const standing = await this.cases.readOn(system, stream, this.cases.kept<State>(stream));
    if (standing.revision < 0) throw new Denial('CASE_NOT_FOUND');
    return { standing, stream };
  }

  /** Where the case's facts stand, whether or not there are any. */
  streamOf<State, F extends AnyFact>(system: System<State, F>, caseId: Uuid): StreamName {
    return streamName(this.parts.name, system.decider.category, caseId);
  }

  private async attempts<State, F extends AnyFact>(work: Work<State, F>): Promise<Answer> {
    const { system, stream } = work;
    let conflict: WrongExpectation | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const assumed = work.issued.opens ? nowhere(system.decider.initial) : undefined;
      const kept = attempt === 1 ? (this.cases.kept<State>(stream) ?? assumed) : undefined;
      try {
        return await this.attempt(work, kept);
      } catch (error) {
        this.cases.forget(stream);
        if (!(error instanceof WrongExpectation)) throw error;
        conflict = error;
      }
    }
    throw new Conflict(conflict?.actual);
  }

  private async attempt<State, F extends AnyFact>(
    work: Work<State, F>,
    kept: Standing<State> | undefined,
  ): Promise<Answer> {
    let standing = kept;
    let outcome = standing && this.outcomeOnKept(work, standing);
    if (!standing || !outcome) {
      const whole = 'decideWhole' in work.decision && (await this.cases.readWhole(work.system, work.stream));
      standing = whole ? whole.standing : await this.cases.readOn(work.system, work.stream, kept);
      outcome = this.outcome(work, standing, whole ? whole.facts : []);
    }
    return 'facts' in outcome ? this.append(work, standing, outcome) : this.repeat(work, outcome.repeated);
  }

  /** What the kept state leads to, if that is an append; everything else is decided on what the log holds now. */
  private outcomeOnKept<State, F extends AnyFact>(work: Work<State, F>, kept: Standing<State>): Outcome<F> | undefined {
    if ('decideWhole' in work.decision) return undefined;
    try {
      const outcome = this.outcome(work, kept, []);
      return 'facts' in outcome ? outcome : undefined;
    } catch {
      return undefined;
    }
  }

  /** See → repeat → If-Match → authorise → decide, in this order. @param facts all of them, for a decision on the whole. */
  private outcome<State, F extends AnyFact>(
    work: Work<State, F>,
    standing: Standing<State>,
    facts: WholeStanding<State, F>['facts'],
  ): Outcome<F> {
    const { system, decision, issued } = work;
    const inHand = this.parts.law.inHand;
    const law = inHand.book;
    const exists = standing.revision >= 0;
    const relation = standsTo(system, standing.state, issued, law);
    if (exists ? relation === 'none' : !(decision.opens && issued.opens)) throw new Denial('CASE_NOT_FOUND');
    assertReadable(standing);
    const repeated = placeOf(standing, issued.commandId);
    if (repeated) return { repeated };
    if (exists && issued.opens) throw new WrongExpectation(work.stream, 'no-stream', standing.revision);
    assertSeen(work, standing);
    const grants = grantsOf(work);
    const entitled = (state: State): boolean =>
      isGranted(grants, standsTo(system, state, issued, law), issued.viewer.roles);
    if (exists && !entitled(standing.state)) throw new Denial('NOT_ENTITLED');
    // What the service records occurred with an event of the log, whatever this clock says.
    if (!issued.service) assertPast(work.command.occurredAt, this.parts.clock, standing.recordedAt);
    if (work.unknownDocument !== undefined) throw new Denial('DOCUMENT_UNKNOWN', { pointer: work.unknownDocument });
    const decided = this.decided(work, { standing, facts }, relation, law);
    if (!exists && !entitled(stateWith(this.parts, work, standing, decided))) throw new Denial('NOT_ENTITLED');
    return { facts: decided, law: inHand };
  }

  private decided<State, F extends AnyFact>(
    { system, decision, command, issued }: Work<State, F>,
    { standing, facts }: WholeStanding<State, F>,
    relation: Relation,
    law: LawBook,
  ): readonly Decided<F | CommonFact>[] {
    const context = {
      now: this.parts.clock.now(),
      recorder: issued.recorder,
      law,
      subjectAt: (pointer: string) => subjectIdOf(issued.commandId, pointer),
    };
    if (!('decideWhole' in decision)) return decision.decide(command, standing.state, context);
    const whole = wholeCase(system, { id: issued.caseId, facts, relation }, law);
    return decision.decideWhole(command, whole, context);
  }

  /** A document is durable before an event cites it, and only the organ that brought it may cite it. */
  private async unknownDocumentOf(command: Command, { viewer }: Issued): Promise<string | undefined> {
    for (const { digest, pointer } of citedBy(command))
      if (!(await this.parts.documents.holds(digest, viewer.organ))) return pointer;
    return undefined;
  }

  private async append<State, F extends AnyFact>(
    work: Work<State, F>,
    standing: Standing<State>,
    toRecord: ToRecord<F>,
  ): Promise<Answer> {
    const { system, stream, issued } = work;
    const events = await draftOf(this.parts, work, standing, toRecord);
    const stored = await this.parts.log.append(stream, standing.revision < 0 ? 'no-stream' : standing.revision, events);
    // Other bytes than ours: the command was recorded before. What it is answered is decided on what the log holds.
    if (saltIn(stored) !== saltIn(events)) return this.attempt(work, undefined);
    this.cases.appended(system, standing, stored);
    await this.parts.law.recorded(stream);
    return answerFrom(issued, stored);
  }

  private async repeat<State, F extends AnyFact>(
    { stream, issued }: Work<State, F>,
    [from, count]: readonly [number, number],
  ): Promise<Answer> {
    const stored = await this.parts.log.readStream(stream, from, count);
    await this.assertSame(issued, stored);
    return answerFrom(issued, stored);
  }

  /** The stored events are this command's, and not those of another body under the same key. */
  private async assertSame(issued: Issued, stored: readonly LoggedEvent[]): Promise<void> {
    if (!(await isDigestOf(this.parts.keys, issued.caseId, issued.said, digestIn(stored) ?? '')))
      throw new Denial('IDEMPOTENCY_KEY_REUSED');
  }
}

/** A decision says which revision it was taken on; whatever says so is taken on that revision or not at all. */
function assertSeen<State, F extends AnyFact>(
  { decision, issued: { ifMatch } }: Work<State, F>,
  { revision, recomputed = -1 }: Standing<State>,
): void {
  if (decision.seen && ifMatch === undefined) throw new Denial('IF_MATCH_REQUIRED');
  if (ifMatch !== undefined && ifMatch !== revision)
    throw new Denial('IF_MATCH_STALE', { values: { revision, ...(recomputed > ifMatch ? { recomputed } : {}) } });
}

const standsTo = <State, F extends AnyFact>(
  system: System<State, F>,
  state: State,
  { service, viewer }: Issued,
  law: LawBook,
): Relation => (service ? 'service' : system.relation(state, viewer, law));

const grantsOf = <State, F extends AnyFact>({ system, decision }: Work<State, F>): readonly Grant[] =>
  'decideWhole' in decision
    ? (system.common?.grants[decision.records] ?? [])
    : [system.policy[decision.records].record];

const saltIn = (events: readonly NewEvent[]): string | undefined =>
  (events[0]?.metadata as Partial<Envelope> | undefined)?.salt;

const digestIn = (events: readonly NewEvent[]): string | undefined =>
  (events[0]?.metadata as Partial<Envelope> | undefined)?.commandDigest;
