import { dayOf, type Context, type Uuid } from '#libs/kernel';
import { personsBehind, type Asked, type AskedLaw, type LawBook } from '#libs/law';
import { refusal } from './refusals.js';

/**
 * 四眼: the request, which nobody has decided on and which another person made, whatever account or appointment they used.
 * @throws Refusal
 */
export function undecided<What>(requests: AskedLaw<What>, id: Uuid, context: Context<LawBook>): Asked<What> {
  const asked = requests.get(id);
  if (!asked) throw refusal('LAW_REQUEST_UNKNOWN', { kind: 'malformed', pointer: '/request' });
  if (asked.decision) {
    const values = { on: dayOf(asked.decision.recordedAt) };
    throw refusal('LAW_REQUEST_DECIDED', { kind: 'impossible', pointer: '/request', values });
  }
  const { organs } = context.law;
  const requesters = personsBehind(asked.recorder, organs);
  if (personsBehind(context.recorder, organs).some((person) => requesters.includes(person)))
    throw refusal('LAW_APPROVER_IS_REQUESTER', { kind: 'notEntitled', pointer: '/request' });
  return asked;
}

/** What was said of a request beside its content. */
export const reasonIn = ({ reason }: { readonly reason?: string }): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };
