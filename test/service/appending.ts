import { randomUUID } from 'node:crypto';
import {
  nextInstant,
  streamName,
  uuid,
  type Instant,
  type JsonObject,
  type LoggedEvent,
  type StreamName,
} from '#libs/kernel';
import { appointment, person } from './register.js';
import type { ServiceHere } from './here.js';

/** The stream of an assistance case. */
export const caseStream = ({ ledger }: ServiceHere, id: string): StreamName =>
  streamName(ledger, 'assistance', uuid(id));

/**
 * Appends facts to the end of a stream of the running service's log, past its routes: as recorded by `account`, now by the
 * service's clock. For facts that no route records.
 */
export async function appended(
  { service }: ServiceHere,
  stream: StreamName,
  account: string,
  facts: readonly { readonly type: string; readonly data: JsonObject; readonly occurredAt?: JsonObject }[],
): Promise<readonly LoggedEvent[]> {
  const { log, clock } = service.runtime;
  const there = await log.log.readStream(stream);
  const last = there.at(-1);
  const before = last?.metadata.recordedAt as Instant | undefined;
  const now = clock.now();
  const recordedAt = before === undefined || now > before ? now : nextInstant(before);
  const held = appointment(account);
  const events = facts.map(({ type, data, occurredAt }) => {
    const id = uuid(randomUUID());
    const recorder = { person: person(account), appointment: held.id, organ: held.organ, issuer: 'urn:test' };
    const ids = { commandId: id, $correlationId: id, $causationId: id };
    const metadata = {
      ...{ envelope: 1, version: 1, commandDigest: '', basis: {}, salt: '', ...ids },
      recorder: { ...recorder, subjectDigest: '', client: 'test' },
      ...{ occurredAt: occurredAt ?? { at: recordedAt }, recordedAt },
    };
    return { id, type, data, metadata };
  });
  return log.log.append(stream, last ? last.revision : 'no-stream', events);
}
