import { dayOf, fromMilliseconds } from '#libs/kernel';
import { developmentOrgans } from '#libs/law';

/** One command of a case: below the case's path (empty: it opens one), by which account, with which body. */
export interface Step {
  readonly path: string;
  readonly account: string;
  readonly body: string;
}

/** Events of one case: then the connection opens another. */
export const CASE_EVENTS = 10;
/** Every body has as many, so that all requests weigh the same. */
const BODY_BYTES = 400;
const REQUESTING = 'chen.handler';
const REQUESTED = 'wang.handler';

/** The ten commands that make a case, the same for every endpoint: a request, its delivery, and eight steps of work. */
export function caseScript(): readonly Step[] {
  const { appointments, persons } = developmentOrgans();
  const handler = appointments.find(({ person }) => persons.find(({ id }) => id === person)?.account === REQUESTED);
  if (!handler) throw new Error(`the development register has no appointment of ${REQUESTED}`);
  const { person, organ, post } = handler;
  const occurredAt = { on: dayOf(fromMilliseconds(Date.now())) };
  const by = { person, organ, post };
  const request = filled((matter) => ({ occurredAt, requested: organ, form: 'written', matter }));
  const delivery = filled((note) => ({ occurredAt, by, proof: { kind: 'stamp', note } }));
  const step = { path: '/steps', account: REQUESTED, body: filled((text) => ({ occurredAt, by, step: text })) };
  return [
    { path: '', account: REQUESTING, body: request },
    { path: '/receipts', account: REQUESTED, body: delivery },
    ...Array.from({ length: CASE_EVENTS - 2 }, () => step),
  ];
}

/** The JSON of a body whose text fills it up to the bytes of every body. */
function filled(bodyWith: (text: string) => object): string {
  const left = BODY_BYTES - Buffer.byteLength(JSON.stringify(bodyWith('')));
  const text = '协助调取监测记录'.repeat(20).slice(0, Math.floor(left / 3)) + '.'.repeat(left % 3);
  return JSON.stringify(bodyWith(text));
}
