import type { AnyFact, Instant, Marked, Occurrence, Recorded, Recorder, Uuid } from '#libs/kernel';

/** Who did one step of a publication, and when. */
export interface AskedStep {
  readonly event: Uuid;
  readonly revision: number;
  readonly recorder: Recorder;
  readonly occurredAt: Occurrence;
  readonly recordedAt: Instant;
  readonly reason?: Marked;
}

/** 申请: what one person asked to have published, and what another made of it. */
export type Asked<What> = AskedStep & {
  readonly what: What;
  readonly decision?: AskedStep & { readonly outcome: 'approved' | 'refused' };
};

/** Everything that was asked, by the event that asked, in the order it was recorded. */
export type AskedLaw<What> = ReadonlyMap<Uuid, Asked<What>>;

export const stepOf = (fact: Recorded<AnyFact & { readonly data: { readonly reason?: Marked } }>): AskedStep => {
  const { id: event, revision, recorder, occurredAt, recordedAt } = fact;
  const { reason } = fact.data;
  return { event, revision, recorder, occurredAt, recordedAt, ...(reason === undefined ? {} : { reason }) };
};

/** With one more request in waiting. */
export const withRequest = <What>(requests: AskedLaw<What>, step: AskedStep, what: What): AskedLaw<What> =>
  new Map([...requests, [step.event, { ...step, what }]]);

/** With a request decided on. One that is not there, or was decided before, leaves everything as it was. */
export function withDecision<What>(
  requests: AskedLaw<What>,
  request: Uuid,
  decision: AskedStep & { readonly outcome: 'approved' | 'refused' },
): { readonly requests: AskedLaw<What>; readonly decided?: Asked<What> } {
  const asked = requests.get(request);
  if (!asked || asked.decision) return { requests };
  const decided = { ...asked, decision };
  return { requests: new Map([...requests, [request, decided]]), decided };
}
