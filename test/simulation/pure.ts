import {
  corrected,
  custodyAt,
  derivedId,
  evolved,
  fold,
  instant,
  movedBy,
  Refusal,
  verdict,
  type Instant,
  type Occurrence,
  type Recorded,
  type Recorder,
  type Row,
  type CommonFact,
  type Uuid,
} from '#libs/kernel';
import type { AssistanceCase, AssistanceFact } from '#libs/assistance';
import type { LawBook } from '#libs/law';
import { POSTS } from './cast.js';
import { Chance } from './chance.js';
import {
  columnDifferences,
  differing,
  edgesOf,
  historyDifferences,
  judgementDifferences,
  statusDifferences,
  type Difference,
} from './compare.js';
import { commandOf } from './commands.js';
import { expected } from './expected.js';
import type { Act } from './naive/acts.js';
import { dayAt } from './naive/days.js';
import { reads, standsTo } from './naive/rights.js';
import type { Stage } from './stage.js';
import { momentsAround, turnDifferences } from './turns.js';
import { beginning, correctionIn, later, nextStep, pairOf, type Step } from './story.js';

/** How often each thing came up: a model that never saw a case of something says nothing about it. */
export type Marks = Map<string, number>;

/** The story so far, and what was found after its last step. */
export interface Outcome {
  readonly steps: readonly Step[];
  readonly recorded: number;
  readonly differences: readonly Difference[];
}

/** Makes up a story of one case and plays it, until its end or the first difference. */
export function made(seed: number, length: number, stage: Stage, marks: Marks): Outcome {
  const chance = new Chance(seed);
  const pair = pairOf(chance);
  const play = new Play(stage, marks);
  const steps: Step[] = [];
  let now = beginning(chance);
  while (steps.length < length) {
    now = later(chance, now, play.acts);
    const drawn = nextStep(chance, { n: steps.length, now, acts: play.acts, pair });
    const step = { ...drawn, ...correctionIn(chance, play.acts, now) };
    steps.push(step);
    const differences = play.take(step);
    if (differences.length > 0) return { steps, recorded: play.acts.length, differences };
  }
  return { steps, recorded: play.acts.length, differences: play.atEnd() };
}

/** Plays steps that were made up before. */
export function replayed(steps: readonly Step[], stage: Stage): readonly Difference[] {
  const play = new Play(stage, new Map());
  for (const step of steps) {
    const differences = play.take(step);
    if (differences.length > 0) return differences;
  }
  return play.atEnd();
}

/** How many moments beside the edges whose turn it was is asked of, after each step. */
const MOMENTS = 4;
const CASE = derivedId(['the simulated case']);
const eventOf = (n: number): Uuid => derivedId(['step', n]);

const NAMELESS = { organ: String, person: String };

class Play {
  acts: readonly Act[] = [];
  private facts: readonly Recorded<AssistanceFact | CommonFact>[] = [];
  private state: AssistanceCase;

  constructor(
    private readonly stage: Stage,
    private readonly marks: Marks,
  ) {
    this.state = stage.system.decider.initial;
  }

  take(step: Step): readonly Difference[] {
    const differences = this.takeAct(step);
    const { corrected: correction } = step;
    if (differences.length > 0 || !correction || !this.acts.some(({ event }) => event === correction.event))
      return differences;
    this.mark('corrected');
    this.correct(step, correction);
    return this.differences(step.now);
  }

  /** What one person asked for and another approved: only the approval has effect, and the original stands. */
  private correct(step: Step, { event, to }: NonNullable<Step['corrected']>): void {
    const facts = correctionOf(step, { event, to }, this.facts.length);
    this.facts = [...this.facts, ...facts];
    this.state = fold(this.stage.system.decider, corrected<AssistanceFact>(this.facts));
    this.acts = this.acts.map((act) => {
      const { moment: _moment, ...rest } = act;
      return act.event === event ? { ...rest, day: to } : act;
    });
  }

  private takeAct(step: Step): readonly Difference[] {
    const awaited = expected(this.acts, step);
    const came = this.decided(step);
    if (typeof came === 'string') {
      this.mark(`refused ${came}`);
      return awaited.includes(came) ? [] : [{ about: `${step.kind} refused`, model: awaited, product: came }];
    }
    this.mark(`recorded ${step.kind}`);
    if (awaited.length > 0) return [{ about: `${step.kind} recorded`, model: awaited, product: came.type }];
    this.facts = [...this.facts, came];
    this.state = evolved(this.stage.system.decider.evolve, this.state, came);
    this.acts = [...this.acts, actOf(step, came, this.acts.length)];
    const { judged = [] } = came.data;
    return [...historyDifferences(this.acts, step.now, judged), ...this.differences(step.now)];
  }

  /** Folded anew, the case is the same. */
  atEnd(): readonly Difference[] {
    const { decider } = this.stage.system;
    return differing('folded anew', fold(decider, corrected<AssistanceFact>(this.facts)), this.state);
  }

  private decided(step: Step): Recorded<AssistanceFact> | string {
    const { system, law } = this.stage;
    const { command, row } = commandOf(system, step.kind, { ...step.body, occurredAt: occurrence(step) });
    const viewer = { organ: step.post.organ as Uuid, roles: step.post.roles };
    const stands = (state: AssistanceCase) => system.relation(state, viewer, law);
    const policy = system.policy[row.records].record;
    const entitled = (state: AssistanceCase): boolean =>
      policy.relations.includes(stands(state)) && policy.roles.some((role) => viewer.roles.some((own) => own === role));
    const opens = this.acts.length === 0;
    if (opens ? !row.opens : stands(this.state) === 'none') return 'CASE_NOT_FOUND';
    if (!opens && !entitled(this.state)) return 'NOT_ENTITLED';
    try {
      const fact = recordedFact(step, this.facts.length, row.decide(command, this.state, contextOf(step, law)));
      const after = evolved(system.decider.evolve, this.state, fact);
      return opens && !entitled(after) ? 'NOT_ENTITLED' : fact;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  private differences(now: string): readonly Difference[] {
    const { system, law } = this.stage;
    const scheduled = system.schedule(this.state, law);
    const { status, overlays } = system.particulars(this.state, NAMELESS, law);
    this.mark(`status ${JSON.stringify(status)}`);
    const moments = [now, ...edgesOf(this.acts, now), ...momentsAround(this.acts, now, MOMENTS)];
    const judged = moments.flatMap((at) => {
      const assessment = verdict(scheduled, instant(at));
      for (const { clock, verdict: found, due } of assessment.clocks)
        this.mark(`${clock} ${found}${due === undefined ? ' without a day' : ''}`);
      for (const { code } of assessment.duties) this.mark(`owed ${code}`);
      return judgementDifferences(this.acts, at, assessment);
    });
    return [
      ...statusDifferences(this.acts, { status, overlays }),
      ...judged,
      ...columnDifferences(this.acts, now, {
        ...this.row(),
        flags: scheduled.flags.length,
        newest: this.facts.length - 1,
      }),
      ...this.turns(now),
      ...this.readers(),
    ];
  }

  /** Whose turn it was, as of now, of each edge, and of moments around the acts. */
  private turns(now: string): readonly Difference[] {
    const { system, law } = this.stage;
    const line = system.custody?.line(this.state, law) ?? [];
    for (const { task, suspended } of line) this.mark(`turn ${task}${suspended ? ' suspended' : ''}`);
    const moments = [now, ...edgesOf(this.acts, now), ...momentsAround(this.acts, now, MOMENTS)];
    return moments.flatMap((at) => turnDifferences(this.acts, at, custodyAt(line, instant(at))));
  }

  private row() {
    const view = this.view('case_file')[0] ?? {};
    return {
      revision: view.revision,
      requesting: view.requesting,
      requested: view.requested,
      status: view.status,
      requestedOn: view.requested_on,
      dueOn: view.due_on,
      lateFrom: view.late_from,
      fedBack: view.fed_back,
      flagCount: view.flag_count,
    };
  }

  private view(name: string): readonly Row[] {
    const { system, law } = this.stage;
    const view = system.views.find((one) => one.name.endsWith(name));
    const told = movedBy<AssistanceCase, AssistanceFact, LawBook>(CASE, this.facts, {
      state: this.state,
      history: this.facts,
      law,
    });
    return (told && view?.rowsOf(told)) ?? [];
  }

  /** Everybody in the cast: how they stand to the case, and which of its facts they read. */
  private readers(): readonly Difference[] {
    const { system, law } = this.stage;
    // Corrections stand in it too, and are no acts.
    const rows = this.view('timeline').filter(({ event }) => this.acts.some((act) => act.event === event));
    const fedBack = system.isFedBack(this.state);
    return POSTS.flatMap((post) => {
      const viewer = { organ: post.organ as Uuid, roles: post.roles };
      const relation = system.relation(this.state, viewer, law);
      const seen = rows.map(
        ({ audience, recorder_organ: organ }) =>
          relation !== 'none' &&
          (audience === 'parties' || fedBack || relation === 'supervising' || organ === post.organ),
      );
      return [
        ...differing(`how ${post.account} stands`, standsTo(this.acts, post), relation),
        ...differing(
          `what ${post.account} reads`,
          this.acts.map((act) => reads(this.acts, act, post)),
          seen,
        ),
      ];
    });
  }

  private mark(what: string): void {
    this.marks.set(what, (this.marks.get(what) ?? 0) + 1);
  }
}

const occurrence = ({ day, moment }: Step): Occurrence =>
  moment === undefined ? ({ on: day } as Occurrence) : { at: moment as Instant };

const subjectAt =
  (n: number) =>
  (pointer: string): Uuid =>
    derivedId(['subject', n, pointer]);

const contextOf = ({ n, now, post }: Step, law: LawBook) => ({
  now: instant(now),
  recorder: recorderOf(post),
  law,
  subjectAt: subjectAt(n),
});

const recorderOf = ({ person, id, organ }: Step['post']): Recorder => ({
  person: person as Uuid,
  appointment: id as Uuid,
  organ: organ as Uuid,
  issuer: 'https://issuer.test',
  subjectDigest: 'digest',
  client: 'simulation',
});

function recordedFact(step: Step, revision: number, decided: readonly object[]): Recorded<AssistanceFact> {
  if (decided.length !== 1) throw new Error(`${step.kind} records ${decided.length} facts`);
  // A decided fact and its envelope are a recorded one; which of the union it is, the spread forgets.
  return {
    ...decided[0],
    id: eventOf(step.n),
    revision,
    version: 1,
    commandId: derivedId(['command', step.n]),
    commandDigest: '',
    recorder: recorderOf(step.post),
    basis: {},
    occurredAt: occurrence(step),
    recordedAt: instant(step.now),
  } as unknown as Recorded<AssistanceFact>;
}

/** The two facts of a correction, as they are recorded. */
function correctionOf(
  step: Step,
  { event, to }: NonNullable<Step['corrected']>,
  revision: number,
): readonly Recorded<CommonFact>[] {
  const asked = derivedId(['correction', step.n]);
  const data = { corrects: event, version: 1, pointer: '/occurredAt', after: { on: to }, reason: '录入有误' };
  const fact = (id: Uuid, type: CommonFact['type'], at: number, said: object) =>
    // Which of the union it is, a function that makes them all cannot say.
    ({ ...recordedFact(step, at, [{ type, data: said }]), id }) as unknown as Recorded<CommonFact>;
  return [
    fact(asked, 'CorrectionRequested', revision, data),
    fact(derivedId(['approval', step.n]), 'FactCorrected', revision + 1, { request: asked }),
  ];
}

function actOf({ n, now, kind, day, moment, post, body }: Step, fact: Recorded<AssistanceFact>, no: number): Act {
  const subjects = (body.counterparties ?? []).map(
    ({ subject }, index) => subject ?? subjectAt(n)(`/counterparties/${index}`),
  );
  return {
    event: fact.id,
    no,
    kind,
    day,
    ...(moment === undefined ? {} : { moment }),
    recordedOn: dayAt(now),
    recorder: post.person,
    organ: post.organ,
    said: body,
    ...(subjects.length > 0 && { subjects }),
  };
}
