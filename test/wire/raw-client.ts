import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  jsonEvent,
  type AppendExpectedRevision,
  type CommandError,
  type EventData,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';

/** A client as anybody would use it, beside which a case needs streams of its own. */
export interface Scope {
  readonly client: EventStoreDBClient;
  /** A stream name nobody else uses. */
  readonly stream: string;
}

export const newScope = (client: EventStoreDBClient): Scope => ({ client, stream: `raw_case-${randomUUID()}` });

/** So many new events, numbered from 0. */
export const events = (count: number, type = 'Counted'): EventData[] =>
  Array.from({ length: count }, (_, n) => jsonEvent({ type, data: { n } }));

export const append = (
  { client, stream }: Scope,
  proposed: EventData[],
  expectedRevision: AppendExpectedRevision = 'any',
) => client.appendToStream(stream, proposed, { expectedRevision });

/** All that a read yields. */
export async function all(reading: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const found: ResolvedEvent[] = [];
  for await (const event of reading) found.push(event);
  return found;
}

/** Revisions of the stream as it can be read now. */
export const revisions = async ({ client, stream }: Scope): Promise<number[]> =>
  (await all(client.readStream(stream))).map(({ event }) => Number(event?.revision));

/** What the call fails with. @throws Error when it does not fail. */
export async function failureOf(call: Promise<unknown>): Promise<CommandError & Record<string, unknown>> {
  const outcome = await call.then(
    () => undefined,
    (error: CommandError & Record<string, unknown>) => error,
  );
  if (!outcome) throw new Error('it should have failed');
  return outcome;
}

/** The type of error a call fails with, as the client names it. */
export const errorOf = async (call: Promise<unknown>): Promise<string> => (await failureOf(call)).type;

/** Waits until `check` no longer throws, because a server undeletes a stream after it has acknowledged. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    try {
      return await check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  return check();
}
