import { heldOn, POSTS } from './cast.js';
import type { Act } from './naive/acts.js';
import { dayAt } from './naive/days.js';
import { reasonsAgainst } from './naive/refusals.js';
import { IS_DECISION, mayRecord, OPENS, standsTo } from './naive/rights.js';
import type { Order } from './orders.js';
import type { Step } from './story.js';

/**
 * The codes with one of which a step is refused when it is tried on a case with these acts, as the model sees it; none
 * when it is recorded. Whoever may not know of a case is told that there is none.
 */
export function expected(acts: readonly Act[], step: Step): readonly string[] {
  const { kind, day, moment, body, post, now } = step;
  const opens = acts.length === 0;
  if (!isSeen(acts, step)) return ['CASE_NOT_FOUND'];
  if (!opens && !mayRecord(kind, standsTo(acts, post), post.roles)) return ['NOT_ENTITLED'];
  if (moment === undefined ? day > dayAt(now) : moment > now) return ['OCCURRED_IN_FUTURE'];
  const reasons = reasonsAgainst(acts, { kind, day, ...(moment === undefined ? {} : { moment }), said: body, post });
  if (reasons.length > 0) return reasons;
  const opened: Act = {
    event: '',
    no: 0,
    kind,
    day,
    recordedOn: day,
    recorder: post.person,
    organ: post.organ,
    said: body,
  };
  return opens && !mayRecord(kind, standsTo([opened], post), post.roles) ? ['NOT_ENTITLED'] : [];
}

/** Whether there is a case to act on, for who acts. What opens a case needs none. */
const isSeen = (acts: readonly Act[], { kind, post }: Step): boolean =>
  acts.length === 0 ? OPENS.has(kind) : standsTo(acts, post) !== 'none';

/** What was answered to an order that was recorded. */
export interface Answered {
  readonly order: Order;
  readonly text: string;
}

/** What a service is to answer to an order: the first answer again, or as {@link expected}. */
export function expectedAnswer(
  acts: readonly Act[],
  order: Order,
  before: Answered | undefined,
): { readonly again: string } | { readonly codes: readonly string[] } {
  const { post, actingAs, kind, ifMatch, now } = order;
  const posts = POSTS.filter(heldOn(dayAt(now))).filter(({ person }) => person === post.person);
  if (posts.length > 1 && actingAs === undefined) return { codes: ['ACTING_AS_REQUIRED'] };
  if (!isSeen(acts, order)) return { codes: ['CASE_NOT_FOUND'] };
  if (before) {
    const same = before.order.said === order.said && before.order.actingAs === actingAs;
    return same ? { again: before.text } : { codes: ['IDEMPOTENCY_KEY_REUSED'] };
  }
  if (IS_DECISION.has(kind) && ifMatch === undefined) return { codes: ['IF_MATCH_REQUIRED'] };
  if (ifMatch !== undefined && ifMatch !== acts.length - 1) return { codes: ['IF_MATCH_STALE'] };
  return { codes: expected(acts, order) };
}
