import { setTimeout as sleep } from 'node:timers/promises';
import { subjectIdOf, type Uuid } from '#libs/kernel';
import type { Officer, Reply } from '../service/client.js';
import { Chance } from './chance.js';
import type { Difference } from './compare.js';
import { questionDifferences } from './asked.js';
import { expectedAnswer, type Answered } from './expected.js';
import type { Act } from './naive/acts.js';
import { dayAt } from './naive/days.js';
import { callsForReview } from './naive/standing.js';
import { newCase, nextOrder, type Order, type Played } from './orders.js';
import { listDifferences, readingDifferences, type Asking } from './readings.js';
import { later } from './story.js';
import { told } from './tell.js';

/** A service in simulation mode, with the cast in its register. */
export interface Served {
  as(account: string): Officer;
  /** How an order is sent; a service with something wrong in it may be played by sending it otherwise. */
  send?(officer: Officer, order: Order): Promise<Reply>;
}

export interface RanOverHttp {
  readonly cases: number;
  readonly steps: number;
  readonly recorded: number;
  readonly refused: number;
  readonly repeated: number;
  /** What the service recorded by itself, as it had to. */
  readonly reacted: number;
  /** One text for each step after which service and model differed; the run ends with the first. */
  readonly disagreements: readonly string[];
}

const OPEN_AT_ONCE = 5;
const STEPS_OF_CASE = 25;
const LISTED = 0.3;
const REVIEW_TRIES_MAX = 300;
const READ_AFTER_REFUSAL = 0.2;

const headersOf = ({ ifMatch, actingAs }: Order): Record<string, string> => ({
  prefer: 'respond-when=visible, wait=30',
  ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
  ...(actingAs !== undefined && { 'kesu-acting-as': actingAs }),
});

export const sent = (officer: Officer, order: Order): Promise<Reply> =>
  officer.post(order.path, {}, { raw: order.said, key: order.key, headers: headersOf(order) });

/**
 * Random officers against a running service: several cases side by side, on a clock that moves on. Each step is sent,
 * answered, and then looked at: the case file and the timeline of somebody, at times the list of somebody.
 */
export async function playOverHttp(seed: number, steps: number, served: Served): Promise<RanOverHttp> {
  const run = new Run(seed, served);
  for (let n = 0; n < steps; n += 1) {
    const differences = await run.step(n);
    if (differences.length > 0) return run.ran(n + 1, [told(seed, run.story, differences)]);
  }
  return run.ran(steps, []);
}

class Run {
  story: readonly Order[] = [];
  private readonly chance: Chance;
  private readonly cases: Played[] = [];
  private readonly answered = new Map<string, Answered>();
  private now: string | undefined;
  private counts = { recorded: 0, refused: 0, repeated: 0, reacted: 0 };

  constructor(
    seed: number,
    private readonly served: Served,
  ) {
    this.chance = new Chance(seed);
  }

  ran(steps: number, disagreements: readonly string[]): RanOverHttp {
    return { cases: this.cases.filter(({ id }) => id !== undefined).length, steps, ...this.counts, disagreements };
  }

  async step(n: number): Promise<readonly Difference[]> {
    const played = this.picked();
    await this.moveClock(played);
    const order = nextOrder(this.chance, n, this.now ?? '', played);
    played.sent.push(order);
    this.story = played.sent;
    const officer = this.served.as(order.post.account);
    const reply = await (this.served.send ?? sent)(officer, order);
    const known = `${order.post.person} ${order.path} ${order.key}`;
    const awaited = expectedAnswer(played.acts, order, this.answered.get(known));
    const differences = answerDifferences(order, awaited, reply);
    if (differences.length > 0) return differences;
    if ('again' in awaited) this.counts.repeated += 1;
    else if (awaited.codes.length > 0) this.counts.refused += 1;
    else {
      this.counts.recorded += 1;
      this.answered.set(known, { order, text: reply.text });
      take(played, order, reply);
      await this.awaitReview(played, officer, order);
    }
    return this.looked(played, reply.status === 201);
  }

  private picked(): Played {
    const open = this.cases.filter(({ sent: orders }) => orders.length < STEPS_OF_CASE);
    if (open.length >= OPEN_AT_ONCE) return this.chance.pick(open);
    const opened = newCase(this.chance);
    this.cases.push(opened);
    return opened;
  }

  private async moveClock({ acts }: Played): Promise<void> {
    const keeper = this.served.as('clock.keeper');
    this.now ??= (await keeper.get('/v1/simulation/clock')).body.now;
    if (this.chance.is(0.5)) return;
    const to = later(this.chance, this.now, acts);
    const moved = await keeper.post('/v1/simulation/clock', { to: { at: to } });
    if (moved.status !== 200) throw new Error(`the clock does not move to ${to}: ${moved.text}`);
    this.now = moved.body.now;
  }

  /** What follows from an act is recorded by the service, which takes a moment. */
  private async awaitReview(played: Played, officer: Officer, { actingAs }: Order): Promise<void> {
    const notice = played.acts.at(-1);
    if (!notice || !callsForReview(played.acts, notice)) return;
    const headers = actingAs === undefined ? {} : { 'kesu-acting-as': actingAs };
    const path = `/v1/assistance/${played.id}/timeline`;
    for (let tries = 0; ; tries += 1) {
      const event = (await officer.get(path, headers)).body.entries.at(-1)?.event;
      if (event !== undefined && event !== notice.event) {
        // It takes place when the notice is recorded, whenever that was given.
        const { recordedOn: day } = notice;
        const act: Act = {
          event,
          no: played.acts.length,
          kind: 'review',
          day,
          recordedOn: day,
          recorder: '',
          organ: '',
          said: {},
        };
        played.acts = [...played.acts, act];
        this.counts.reacted += 1;
        return;
      }
      if (tries === REVIEW_TRIES_MAX) throw new Error(`no review was asked for after ${notice.event}`);
      await sleep(100);
    }
  }

  private async looked(played: Played, recorded: boolean): Promise<readonly Difference[]> {
    const asking: Asking = { chance: this.chance, now: this.now ?? '', as: (account) => this.served.as(account) };
    const reads = played.acts.length > 0 && (recorded || this.chance.is(READ_AFTER_REFUSAL));
    const differences = reads ? await readingDifferences(asking, played) : [];
    if (differences.length > 0 || !this.chance.is(LISTED)) return differences;
    const listed = await listDifferences(asking, this.cases);
    return listed.length > 0 ? listed : questionDifferences(asking, this.cases);
  }
}

function answerDifferences(
  { kind }: Order,
  awaited: ReturnType<typeof expectedAnswer>,
  { status, text, body }: Reply,
): readonly Difference[] {
  if ('again' in awaited)
    return text === awaited.again && status === 201
      ? []
      : [{ about: `${kind} again`, model: awaited.again, product: text }];
  const { codes } = awaited;
  const agrees = codes.length === 0 ? status === 201 : status >= 400 && codes.includes(body.code);
  return agrees ? [] : [{ about: `answer to ${kind}`, model: codes.length === 0 ? 'recorded' : codes, product: text }];
}

/** The act is on record: it has the ids the service gave it. */
function take(played: Played, { key, kind, day, moment, now, post, body }: Order, { body: answer }: Reply): void {
  const [event] = answer.events;
  if (!event) throw new Error(`${kind} was recorded as nothing`);
  const subjects = (body.counterparties ?? []).map(
    ({ subject }, index) => subject ?? subjectIdOf(answer.commandId as Uuid, `/counterparties/${index}`),
  );
  const act: Act = {
    event: event.id,
    no: played.acts.length,
    kind,
    day,
    ...(moment === undefined ? {} : { moment }),
    recordedOn: dayAt(now),
    recorder: post.person,
    organ: post.organ,
    said: body,
    ...(subjects.length > 0 && { subjects }),
  };
  played.id = answer.case;
  if (played.acts.length === 0) {
    played.openedBy = key;
    played.openedAt = event.recordedAt;
  }
  played.acts = [...played.acts, act];
}
