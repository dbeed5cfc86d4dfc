import { bodyOf, type Body } from './bodies.js';
import { heldOn, PARTIES, POSTS, type CastOrgan, type Post } from './cast.js';
import type { Chance } from './chance.js';
import { asked, asking, has, KINDS, type Act, type Kind } from './naive/acts.js';
import { clocksAt } from './naive/clocks.js';
import { dayAfter, dayAt } from './naive/days.js';
import { mayRecord, standsTo } from './naive/rights.js';

/** What one officer does at one moment: all that is needed to do it again. */
export interface Step {
  readonly n: number;
  readonly now: string;
  readonly post: Post;
  readonly kind: Kind;
  readonly day: string;
  readonly moment?: string;
  readonly body: Body;
  /** 更正: after it, an act of before is found to have taken place on another day. */
  readonly corrected?: { readonly event: string; readonly to: string };
}

/** Who is going to ask whom. */
export interface Pair {
  readonly asks: CastOrgan;
  readonly helps: CastOrgan;
}

const FIRST_DAY = '2026-01-06';
const LAST_START_DAY = 340;
const HOUR = 3_600_000;

export const instantOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}000Z`;
const msOf = (instant: string): number => Date.parse(`${instant.slice(0, 23)}Z`);

/** Any moment of 2026 from the Spring Festival on. */
export const beginning = (chance: Chance): string =>
  instantOf(Date.parse('2026-02-16T00:00:00Z') + chance.between(0, LAST_START_DAY - 46) * 24 * HOUR);

/** Later: mostly by some hours or days, at times to the last or the first moment of a day a limit turns on. */
export function later(chance: Chance, now: string, acts: readonly Act[]): string {
  const edges = acts.length === 0 ? [] : clocksAt(acts, now).flatMap(({ due }) => due ?? []);
  const ends = edges.map((day) => Date.parse(`${day}T16:00:00Z`)).filter((end) => end - 1 > msOf(now));
  if (ends.length > 0 && chance.is(0.15)) return instantOf(chance.pick(ends) - chance.between(0, 1));
  return instantOf(
    msOf(now) +
      chance.weighted([
        [6, chance.between(0, 30)],
        [3, chance.between(24, 100)],
        [0.5, 400],
      ]) *
        HOUR,
  );
}

export function pairOf(chance: Chance): Pair {
  const asks = chance.pick(PARTIES);
  // Now and then an organ asks itself.
  return { asks, helps: chance.is(0.03) ? asks : chance.pick(PARTIES.filter((one) => one !== asks)) };
}

/** What comes next in a case: somebody who is mostly entitled to it does something that mostly makes sense. */
export function nextStep(chance: Chance, at: { n: number; now: string; acts: readonly Act[]; pair: Pair }): Step {
  const { n, now, acts, pair } = at;
  const kind = chance.is(0.05) ? chance.pick(KINDS) : chance.weighted(likely(acts));
  const day = chance.weighted<string>([
    [10, dayAt(now)],
    [5, dayAfter(dayAt(now), -chance.between(0, 6))],
    [2, dayAfter(dayAt(now), -chance.between(7, 40))],
    [3, edgeDay(chance, acts, now)],
  ]);
  const on = day < FIRST_DAY ? FIRST_DAY : day;
  const body = bodyOf(kind, { chance, acts, day: on, requested: pair.helps.id });
  const post = officerFor(chance, kind, { acts, pair, today: dayAt(now) });
  return { n, now, post, kind, day: on, ...momentOn(chance, on, now), body };
}

/** Which act is found to have taken place on another day: in one step of twelve. */
export function correctionIn(chance: Chance, acts: readonly Act[], now: string): Pick<Step, 'corrected'> {
  if (acts.length === 0 || !chance.is(0.08)) return {};
  const { event, day } = chance.pick(acts);
  const to = edgeDay(chance, acts, now);
  return to === day || to < FIRST_DAY ? {} : { corrected: { event, to } };
}

/** A day on which something turned: where a count that is one day off shows. */
function edgeDay(chance: Chance, acts: readonly Act[], now: string): string {
  const today = dayAt(now);
  const turns = acts.length === 0 ? [] : clocksAt(acts, now).flatMap(({ from, due, stopped }) => [from, due, stopped]);
  const days = [...turns.filter((day) => day !== undefined), ...acts.map(({ day }) => day), today];
  const chosen = dayAfter(chance.pick(days), chance.pick([-1, 0, 0, 1]));
  return chosen > today ? today : chosen;
}

/** At times the hour is known: also the first moment of the day in Shanghai, which is the day before in UTC. */
function momentOn(chance: Chance, day: string, now: string): { readonly moment?: string } {
  if (!chance.is(0.15)) return {};
  const start = Date.parse(`${day}T00:00:00+08:00`);
  const moment =
    start +
    chance.weighted([
      [1, 0],
      [4, chance.between(0, 23) * HOUR],
      [1, 24 * HOUR - 1],
    ]);
  return moment > msOf(now) ? {} : { moment: instantOf(moment) };
}

function officerFor(
  chance: Chance,
  kind: Kind,
  { acts, pair, today }: { acts: readonly Act[]; pair: Pair; today: string },
): Post {
  const present = POSTS.filter(heldOn(today));
  const mine = asking(acts) ?? pair.asks.id;
  const entitled = present.filter((post) =>
    acts.length === 0 ? post.organ === mine : mayRecord(kind, standsTo(acts, post), post.roles),
  );
  const ofParties = present.filter(({ organ }) => organ === mine || organ === asked(acts));
  if (entitled.length > 0 && chance.is(0.88)) return chance.pick(entitled);
  return chance.is(0.5) && ofParties.length > 0 ? chance.pick(ofParties) : chance.pick(present);
}

type Weights = readonly (readonly [weight: number, kind: Kind])[];

function likely(acts: readonly Act[]): Weights {
  if (acts.length === 0)
    return [
      [3, 'obstacle'],
      [7, 'request'],
    ];
  if (!has(acts, 'request'))
    return [
      [0.5, 'materials'],
      [0.5, 'delivery'],
      [1, 'obstacle'],
      [1.5, 'forgoing'],
      [6, 'request'],
      [0.4, 'closure'],
      [0.6, 'archive'],
      [0.5, 'regime'],
      [0.5, 'regimeEnd'],
      [0.4, 'assessment'],
    ];
  const unless = (kind: Kind, weight: number, once: number): number => (has(acts, kind) ? once : weight);
  const after = (kind: Kind, weight: number, before: number): number => (has(acts, kind) ? weight : before);
  return [
    [unless('delivery', 7, 0.8), 'delivery'],
    [0.5, 'confirmation'],
    [unless('acceptance', 2, 0.3), 'acceptance'],
    [0.5, 'classDispute'],
    [after('classDispute', 1, 0.4), 'classDecision'],
    [1.5, 'step'],
    [1.8, 'extension'],
    [after('extension', 1.2, 0.1), 'filing'],
    [unless('provision', 1.5, 0.5), 'provision'],
    [after('provision', 1.5, 0.3), 'feedback'],
    [unless('inability', 0.8, 0.3), 'inability'],
    [after('inability', 1.2, 0.1), 'return'],
    [0.3, 'noMaterials'],
    [1, 'entry'],
    [unless('closure', 0.7, 0.2), 'closure'],
    [after('closure', 2, 0.1), 'archive'],
    [0.4, 'regime'],
    [after('regime', 1, 0.1), 'regimeEnd'],
    [0.6, 'assessment'],
    [0.6, 'materials'],
    [0.8, 'formalities'],
    [0.3, 'obstacle'],
    [0.2, 'request'],
    [0.1, 'forgoing'],
  ];
}
