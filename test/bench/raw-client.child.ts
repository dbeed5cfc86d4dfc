import {
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { serve, type Stored } from './plain-endpoint.js';

/*
 * The plain endpoint on a real EventStoreDB, by its client as it comes: one read and one append a command, and nothing
 * read back. It is given the connection string.
 */

const client = EventStoreDBClient.connectionString(process.argv[2] ?? '');
const streamOf = (id: string): string => `bench_case-${id}`;

async function load(id: string): Promise<Stored[]> {
  const events: Stored[] = [];
  try {
    // Only this program writes these streams, and only such events.
    for await (const { event } of client.readStream(streamOf(id)))
      if (event) events.push(event.data as unknown as Stored);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return events;
}

async function append(id: string, event: Stored): Promise<boolean> {
  const expectedRevision = event.revision === 0 ? NO_STREAM : BigInt(event.revision - 1);
  const told = jsonEvent({ id: event.id, type: event.type, data: { ...event } });
  try {
    const { success } = await client.appendToStream(streamOf(id), told, { expectedRevision });
    return success;
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) return false;
    throw error;
  }
}

void serve({ load, append });
