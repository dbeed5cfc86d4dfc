import type { Act } from './naive/acts.js';
import { reasonsAgainst } from './naive/refusals.js';
import { mayRecord, OPENS, standsTo } from './naive/rights.js';
import type { Step } from './story.js';

/**
 * The codes with one of which a step is refused when it is tried on a case with these acts, as the model sees it; none
 * when it is recorded. Whoever may not know of a case is told that there is none.
 */
export function expected(acts: readonly Act[], { kind, day, moment, body, post }: Step): readonly string[] {
  const opens = acts.length === 0;
  const stands = opens ? 'none' : standsTo(acts, post);
  if (opens ? !OPENS.has(kind) : stands === 'none') return ['CASE_NOT_FOUND'];
  if (!opens && !mayRecord(kind, stands, post.roles)) return ['NOT_ENTITLED'];
  const wanted = { kind, day, ...(moment === undefined ? {} : { moment }), said: body, post };
  const reasons = reasonsAgainst(acts, wanted);
  if (reasons.length > 0) return reasons;
  const opened: Act = { event: '', no: 0, kind, day, organ: post.organ, said: body };
  return opens && !mayRecord(kind, standsTo([opened], post), post.roles) ? ['NOT_ENTITLED'] : [];
}
