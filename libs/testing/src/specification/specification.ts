import {
  fold,
  derivedId,
  Refusal,
  verdict,
  type AnyFact,
  type Assessment,
  type CaseSystem,
  type Command,
  type Decided,
  type Instant,
  type Occurrence,
  type Recorded,
  type Recorder,
  type Schedule,
  type Uuid,
} from '#libs/kernel';

/** A fact of a test's history, in the order it was recorded. Its id follows from its place unless it has one. */
export type Happened<F extends AnyFact> = F extends AnyFact
  ? { readonly type: F['type']; readonly data: F['data']; readonly occurredAt: Occurrence; readonly id?: Uuid }
  : never;

export interface Scene<Law> {
  readonly law: Law;
  readonly now: Instant;
  readonly recorder: Recorder;
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
    const recorded = { id: derivedId(['fact', revision]), ...fact, ...envelope, revision, recorder, recordedAt: now };
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
    given: (...facts: readonly Happened<F>[]): History<State, F, Law> =>
      new History(system, scene, recordedAs<F>(facts, scene)),
  };
}

/** A case with its history. */
export class History<State, F extends AnyFact, Law> {
  constructor(
    private readonly system: CaseSystem<State, F, Law>,
    private readonly scene: Scene<Law>,
    readonly facts: readonly Recorded<F>[],
  ) {}

  get state(): State {
    return fold(this.system.decider, this.facts);
  }

  get schedule(): Schedule {
    return this.system.schedule(this.state, this.scene.law);
  }

  /** What holds at `asOf`. */
  at(asOf: Instant): Assessment {
    return verdict(this.schedule, asOf);
  }

  /** Asks for `command` of `type`, its fields given as a test writes them. */
  when<C extends Command>(type: new () => C, fields: Partial<C>): Outcome<State, F, Law> {
    const command = Object.assign(new type(), fields);
    const row = this.system.decider.decisions.find((decision) => decision.command === type);
    if (!row) throw new Error(`no decision takes ${type.name}`);
    const { law, now, recorder } = this.scene;
    const subjectAt = (pointer: string): Uuid => derivedId(['subject', pointer]);
    let decided: readonly Decided<F>[] | Refusal;
    try {
      decided = row.decide(command, this.state, { law, now, recorder, subjectAt });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      decided = error;
    }
    return new Outcome(this.system, this.scene, this.facts, { decided, occurredAt: command.occurredAt });
  }
}

/** What came of a command. Every method asserts, and returns itself so that a rule reads as one sentence. */
export class Outcome<State, F extends AnyFact, Law> {
  constructor(
    private readonly system: CaseSystem<State, F, Law>,
    private readonly scene: Scene<Law>,
    private readonly before: readonly Recorded<F>[],
    private readonly came: { readonly decided: readonly Decided<F>[] | Refusal; readonly occurredAt: Occurrence },
  ) {}

  /** Exactly one fact of this type, with at least these data. */
  records(type: F['type'], data: object = {}): this {
    expect(this.came.decided).toEqual([{ type, data: expect.objectContaining(data) as unknown }]);
    return this;
  }

  /** The rules the recorded fact says it was flagged by, when it was judged: these and no others. */
  flags(...rules: readonly string[]): this {
    expect(this.judged.flatMap(({ flags }) => flags)).toEqual(rules);
    return this;
  }

  /** The codes raised against the recorded fact by what is now scheduled: these and no others. */
  raises(...codes: readonly string[]): this {
    const id = this.after.at(-1)?.id;
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

  refuses(code: string, pointer?: string): this {
    expect(this.came.decided).toBeInstanceOf(Refusal);
    const refusal = this.came.decided as Refusal;
    expect({ code: refusal.code, pointer: refusal.detail.pointer }).toEqual({ code, pointer });
    expect(Object.keys(this.system.refusals)).toContain(code);
    return this;
  }

  /** The facts it led to. Fails when it was refused. */
  get recorded(): readonly Decided<F>[] {
    if (this.came.decided instanceof Refusal) throw new Error(`refused: ${this.came.decided.code}`);
    return this.came.decided;
  }

  private get judged(): readonly { readonly due?: string; readonly flags: readonly string[] }[] {
    return this.recorded.flatMap(({ data }) => ('judged' in data ? (data.judged as []) : []));
  }

  private get after(): readonly Recorded<F>[] {
    const { occurredAt } = this.came;
    // A decided fact is what a recorded one is but for its envelope and its time.
    const happened = this.recorded.map((fact) => ({ ...fact, occurredAt })) as unknown as readonly Happened<F>[];
    return [...this.before, ...recordedAs<F>(happened, this.scene, this.before.length)];
  }

  private get schedule(): Schedule {
    return this.system.schedule(fold(this.system.decider, this.after), this.scene.law);
  }
}
