import {
  commonRefusals,
  corrected,
  fold,
  derivedId,
  Refusal,
  type AnyFact,
  type CaseSystem,
  type Command,
  type CommonFact,
  type Decided,
  type Instant,
  type Occurrence,
  type Recorded,
  type Recorder,
  type Schedule,
  type Uuid,
} from '#libs/kernel';
import { claim, prove } from './proofs.js';
import { Standing } from './standing.js';
import { asking, watchedFact } from './watched.js';

/**
 * A fact of a test's history, in the order it was recorded. Its id follows from its place unless it has one, and the
 * scene's recorder recorded it now unless it says who did, and when.
 */
export type Happened<F extends AnyFact> = F extends AnyFact
  ? {
      readonly type: F['type'];
      readonly data: F['data'];
      readonly occurredAt: Occurrence;
      readonly id?: Uuid;
      readonly recorder?: Recorder;
      readonly recordedAt?: Instant;
    }
  : never;

export interface Scene<Law> {
  readonly law: Law;
  readonly now: Instant;
  readonly recorder: Recorder;
  /** Of the recorder's appointment; handler when left out. */
  readonly roles?: readonly string[];
  /** The rules that the codes in a fact's data stand for, where the law's codes stand for rules. */
  readonly citedBy?: (data: object, law: Law) => readonly string[];
  /** Ids of what commands name first; of their pointers alone, when left out. */
  readonly subjectAt?: (pointer: string) => Uuid;
  /** See `WholeCase.behind`; the person alone, when left out. */
  readonly behind?: (recorder: Recorder) => readonly Uuid[];
}

/** The facts as a stream would give them back, recorded one after the other, the first at revision `from`. */
export function recordedAs<F extends AnyFact>(
  facts: readonly Happened<F>[],
  { now, recorder }: Pick<Scene<unknown>, 'now' | 'recorder'>,
  from = 0,
): readonly Recorded<F>[] {
  return facts.map((fact, index) => {
    const revision = from + index;
    const envelope = { version: 1, commandId: derivedId(['command', revision]), commandDigest: '', basis: {} };
    const data = watchedFact(fact.data);
    const recorded = {
      id: derivedId(['fact', revision]),
      recorder,
      recordedAt: now,
      ...fact,
      data,
      ...envelope,
      revision,
    };
    // One fact of the union with the envelope every fact has: a mapped list loses which one it was.
    return recorded as unknown as Recorded<F>;
  });
}

/**
 * 已知…当…则…: rules as tests. `given` facts, `when` a command is decided, then facts or a refusal; or `given` facts, then
 * what is scheduled and assessed. Everything is pure: no log, no clock, no framework.
 */
export function specification<State, F extends AnyFact, Law>(system: CaseSystem<State, F, Law>, scene: Scene<Law>) {
  return {
    given: (...facts: readonly Happened<F | CommonFact>[]): History<State, F, Law> =>
      new History(system, scene, recordedAs<F | CommonFact>(facts, scene)),
  };
}

const subjectNamed = (pointer: string): Uuid => derivedId(['subject', pointer]);

/** A case with its history. */
export class History<State, F extends AnyFact, Law> extends Standing {
  private judging: { readonly came: Schedule; readonly asked: ReadonlySet<string> } | undefined;

  constructor(
    private readonly system: CaseSystem<State, F, Law>,
    private readonly scene: Scene<Law>,
    readonly facts: readonly Recorded<F | CommonFact>[],
  ) {
    super(scene.now);
  }

  get state(): State {
    return fold(this.system.decider, corrected<F>(this.facts));
  }

  get schedule(): Schedule {
    return this.judged.came;
  }

  /** The rules that flag the case, each once: these and no others. */
  flags(...rules: readonly string[]): this {
    expect([...new Set(this.schedule.flags.map(({ rule }) => rule))]).toEqual(rules);
    prove('fires', rules);
    return this;
  }

  /** The codes raised in the case: these and no others. */
  raises(...codes: readonly string[]): this {
    expect(this.schedule.flags.map(({ code }) => code)).toEqual(codes);
    return this;
  }

  /** Asks for `command` of `type`, its fields given as a test writes them. */
  when<C extends Command>(type: new () => C, fields: Partial<C>): Outcome<State, F, Law> {
    const command = Object.assign(new type(), fields);
    const decide = this.decisionOn(command, type);
    const { came: decided, asked } = asking(() => {
      try {
        return decide();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        claim(error.detail.rule === undefined ? [] : [error.detail.rule]);
        return error;
      }
    });
    return new Outcome(this.system, this.scene, this.facts, { decided, asked, occurredAt: command.occurredAt });
  }

  get asked(): ReadonlySet<string> {
    return this.judged.asked;
  }

  /** The system's own decision on a command, or the one every system has. */
  private decisionOn<C extends Command>(command: C, type: new () => C): () => readonly Decided<F | CommonFact>[] {
    const { decider, common, relation } = this.system;
    const { law, now, recorder, roles = ['handler'], subjectAt = subjectNamed } = this.scene;
    const context = { law, now, recorder, subjectAt };
    const row = decider.decisions.find((decision) => decision.command === type);
    if (row) return () => row.decide(command, this.state, context);
    const whole = common?.decisions.find((decision) => decision.command.prototype instanceof type);
    if (!common || !whole) throw new Error(`no decision takes ${type.name}`);
    const { organ } = recorder;
    const stands = organ ? relation(this.state, { organ, roles }, law) : 'none';
    const of = {
      ...{ id: derivedId(['case']), decider, rule: common.rule, facts: this.facts, relation: stands },
      parties: this.system.watched?.parties ?? (() => []),
      standing: (organ: Uuid) => organ,
      behind: this.scene.behind ?? (({ person }: Recorder) => [person]),
    };
    return () => whole.decideWhole(command, of, context);
  }

  private get judged() {
    if (!this.judging) {
      this.judging = asking(() => this.system.schedule(this.state, this.scene.law));
      const { flags, clocks, duties } = this.judging.came;
      claim([...flags, ...clocks, ...duties].map(({ rule }) => rule));
    }
    return this.judging;
  }
}

interface Came<F extends AnyFact> {
  readonly decided: readonly Decided<F | CommonFact>[] | Refusal;
  readonly asked: ReadonlySet<string>;
  readonly occurredAt: Occurrence;
}

/** What came of a command, and how the case stands then. */
export class Outcome<State, F extends AnyFact, Law> extends Standing {
  constructor(
    private readonly system: CaseSystem<State, F, Law>,
    private readonly scene: Scene<Law>,
    private readonly before: readonly Recorded<F | CommonFact>[],
    private readonly came: Came<F>,
  ) {
    super(scene.now);
  }

  /** Exactly one fact of this type, with at least these data. */
  records(type: F['type'] | CommonFact['type'], data: object = {}): this {
    expect(this.came.decided).toMatchObject([{ type, data: expect.objectContaining(data) as unknown }]);
    return this;
  }

  /** The rules the recorded fact says it was flagged by, when it was judged: these and no others. */
  flags(...rules: readonly string[]): this {
    expect(this.judged.flatMap(({ flags }) => flags)).toEqual(rules);
    prove('fires', rules);
    return this;
  }

  /** The codes raised against the recorded fact by what is now scheduled: these and no others. */
  raises(...codes: readonly string[]): this {
    const id = this.after.facts.at(-1)?.id;
    const raised = this.schedule.flags.filter(({ about }) => id !== undefined && about.includes(id));
    expect(raised.map(({ code }) => code)).toEqual(codes);
    return this;
  }

  /** The due day of the case's first clock once the fact is in; and what the fact says of it, where it touched it. */
  due(day: string | undefined): this {
    expect(this.schedule.clocks[0]?.due).toBe(day);
    if (this.judged.length > 0) expect(this.judged[0]?.due).toBe(day);
    return this;
  }

  /** The fact says nothing of how it was judged. */
  judgesNothing(): this {
    expect(this.recorded[0]).toBeDefined();
    expect(this.judged).toEqual([]);
    return this;
  }

  /** The rules that the codes of the recorded fact stand for: these among others. */
  cites(...rules: readonly string[]): this {
    expect(rules).not.toEqual([]);
    expect(this.cited).toEqual(expect.arrayContaining([...rules]));
    prove('fires', rules);
    return this;
  }

  /**
   * 认定: the fact is a person's decision on `rule`. The rule fires where it is held to bear on the case, be it met or
   * breached, and is silent where it is held not to, or nobody can say.
   */
  finds(rule: string, outcome: string): this {
    expect(this.recorded.map(({ type, data }) => [type.endsWith('RuleAssessed'), data])).toEqual([
      [true, expect.objectContaining({ rule, outcome })],
    ]);
    // Judging the case with the decision in it shows whether anything came to the rule.
    this.at();
    prove(outcome === 'met' || outcome === 'breached' ? 'fires' : 'silent', [rule]);
    return this;
  }

  /** It is refused with this code, at this field; for the sake of this rule, where one is named. */
  refuses(code: string, pointer?: string, rule?: string): this {
    expect(this.came.decided).toBeInstanceOf(Refusal);
    const refusal = this.came.decided as Refusal;
    expect({ code: refusal.code, pointer: refusal.detail.pointer }).toEqual({ code, pointer });
    expect(Object.keys({ ...this.system.refusals, ...commonRefusals })).toContain(code);
    if (rule === undefined) return this;
    expect(refusal.detail.rule).toBe(rule);
    prove('fires', [rule]);
    return this;
  }

  /** The facts it led to. Fails when it was refused. */
  get recorded(): readonly Decided<F | CommonFact>[] {
    if (this.came.decided instanceof Refusal) throw new Error(`refused: ${this.came.decided.code}`);
    return this.came.decided;
  }

  get schedule(): Schedule {
    return this.after.schedule;
  }

  get asked(): ReadonlySet<string> {
    return new Set([...this.came.asked, ...this.after.asked]);
  }

  protected override get cited(): readonly string[] {
    const { citedBy, law } = this.scene;
    return this.recorded.flatMap(({ data }) => citedBy?.(data, law) ?? []);
  }

  private get judged(): readonly { readonly due?: string; readonly flags: readonly string[] }[] {
    return this.recorded.flatMap(({ data }) => ('judged' in data ? (data.judged as []) : []));
  }

  /** The case with the fact in. */
  private get after(): History<State, F, Law> {
    const { occurredAt } = this.came;
    // A decided fact is what a recorded one is but for its envelope and its time.
    const happened = this.recorded.map((fact) => ({ ...fact, occurredAt })) as unknown as readonly Happened<
      F | CommonFact
    >[];
    const facts = [...this.before, ...recordedAs<F | CommonFact>(happened, this.scene, this.before.length)];
    return new History(this.system, this.scene, facts);
  }
}
