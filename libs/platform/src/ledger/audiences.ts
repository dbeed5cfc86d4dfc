import {
  audienceOf,
  isCommonFact,
  type AnyFact,
  type Audience,
  type CaseSystem,
  type EventLog,
  type LoggedEvent,
  type Recorded,
  type StreamName,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { factsOf } from './standing.js';

/** Who may read each of `stored`, events of a case: for one common to all systems, the whole case is looked at. */
export async function audiencesIn<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  log: EventLog,
  stream: StreamName,
  stored: readonly LoggedEvent[],
): Promise<readonly Audience[]> {
  const whole = stored.some(({ type }) => isCommonFact(type)) ? await log.readStream(stream) : [];
  const history = factsOf(system, whole) as readonly Recorded[];
  const facts = factsOf(system, stored) as readonly Recorded[];
  return facts.map((fact) => audienceOf(fact, history, system.policy));
}
