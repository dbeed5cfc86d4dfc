import type { Schedule } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { AssistanceCase } from '../case-state.js';
import { schedule } from '../schedule.js';

const made = new WeakMap<AssistanceCase, { readonly law: LawBook; readonly schedule: Schedule }>();

/** {@link schedule}, made once for all views of the same state under the same law. */
export function scheduled(state: AssistanceCase, law: LawBook): Schedule {
  const known = made.get(state);
  if (known?.law === law) return known.schedule;
  const fresh = schedule(state, law);
  made.set(state, { law, schedule: fresh });
  return fresh;
}
