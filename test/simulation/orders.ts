import { bodyOf } from './bodies.js';
import { heldOn, POSTS } from './cast.js';
import type { Chance } from './chance.js';
import { pathOf } from './commands.js';
import type { Act } from './naive/acts.js';
import { dayAfter, dayAt } from './naive/days.js';
import { IS_DECISION } from './naive/rights.js';
import { nextStep, pairOf, type Pair, type Step } from './story.js';

/** A step as it is sent: where, under which key, and having seen which version. */
export interface Order extends Step {
  readonly path: string;
  readonly key: string;
  /** The bytes of the body. */
  readonly said: string;
  readonly actingAs?: string;
  readonly ifMatch?: number;
}

/** A case that is being played. */
export interface Played {
  readonly pair: Pair;
  id: string | undefined;
  /** The key of the order that opened it. */
  openedBy: string | undefined;
  acts: readonly Act[];
  /** When its first act was recorded. */
  openedAt: string;
  readonly sent: Order[];
}

export const newCase = (chance: Chance): Played => ({
  pair: pairOf(chance),
  id: undefined,
  openedBy: undefined,
  acts: [],
  openedAt: '',
  sent: [],
});

const ROOT = '/v1/assistance';
const NO_CASE = '90000000-0000-4000-8000-000000000001';
const AGAIN = 0.07;
const UNDER_ANOTHERS_KEY = 0.02;
const TO_COME = 0.02;

/** What comes next in a case: something new, something sent before, or something else under a key that was used. */
export function nextOrder(chance: Chance, n: number, now: string, played: Played): Order {
  const repeatable = played.sent.filter((order) => isSame(order, now) && isOf(order, played));
  if (repeatable.length > 0 && chance.is(AGAIN)) return { ...chance.pick(repeatable), n, now };
  const fresh = newOrder(chance, n, now, played);
  const used = repeatable.filter(({ post, path }) => post.person === fresh.post.person && path === fresh.path);
  return used.length > 0 && chance.is(UNDER_ANOTHERS_KEY * 10) ? { ...fresh, key: chance.pick(used).key } : fresh;
}

/**
 * Whether an order is about the case as it now is: one sent to it, or the one that opened it. One that failed to open a case
 * would open another now.
 */
const isOf = (order: Order, { id, openedBy }: Played): boolean =>
  id === undefined || order.path.includes(id) || order.key === openedBy;

/** Whether the same person can still send the same: in the post of then, and of as many posts. */
function isSame({ post, now: then }: Order, now: string): boolean {
  const held = (at: string) => POSTS.filter(heldOn(dayAt(at))).filter(({ person }) => person === post.person);
  const ids = (at: string): string =>
    held(at)
      .map(({ id }) => id)
      .join();
  return ids(then) === ids(now);
}

function newOrder(chance: Chance, n: number, now: string, { acts, pair, id }: Played): Order {
  const { moment, ...drawn } = nextStep(chance, { n, now, acts, pair });
  const toCome = chance.is(TO_COME);
  const day = toCome ? dayAfter(dayAt(now), chance.between(1, 3)) : drawn.day;
  const body = toCome ? bodyOf(drawn.kind, { chance, acts, day, requested: pair.helps.id }) : drawn.body;
  const at = moment !== undefined && !toCome ? { moment } : {};
  const occurredAt = 'moment' in at ? { at: at.moment } : { on: day };
  const several = POSTS.filter(heldOn(dayAt(now))).filter(({ person }) => person === drawn.post.person).length > 1;
  return {
    ...drawn,
    ...at,
    day,
    body,
    path: placeOf(drawn.kind, acts.length === 0 ? undefined : id),
    key: `order-${n}-${chance.between(0, 1_000_000)}`,
    said: JSON.stringify({ occurredAt, ...body }),
    ...(chance.is(several ? 0.9 : 0.1) && { actingAs: drawn.post.id }),
    ...versionSeen(chance, drawn, acts),
  };
}

function placeOf(kind: Step['kind'], id: string | undefined): string {
  if (id !== undefined) return `${ROOT}/${id}/${pathOf(kind)}`;
  if (kind === 'request') return ROOT;
  return kind === 'obstacle' ? `${ROOT}/obstacles` : `${ROOT}/${NO_CASE}/${pathOf(kind)}`;
}

/** A decision is mostly taken on the newest version; a record seldom says which it was made on. */
function versionSeen(
  chance: Chance,
  { kind }: Pick<Step, 'kind'>,
  acts: readonly Act[],
): { readonly ifMatch?: number } {
  if (acts.length === 0) return {};
  const newest = acts.length - 1;
  return chance.weighted<{ readonly ifMatch?: number }>([
    [IS_DECISION.has(kind) ? 17 : 1, { ifMatch: newest }],
    [IS_DECISION.has(kind) ? 1 : 17, {}],
    [1, { ifMatch: chance.between(0, newest + 1) }],
  ]);
}
