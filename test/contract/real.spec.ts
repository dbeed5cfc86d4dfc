import { EventStoreDBClient } from '@eventstore/db-client';
import { eventLogContract } from '../../libs/testing/src/event-log-contract/index.js';
import { openOnEventStore } from './event-store-target.js';
import { tamperCases } from './tamper-cases.js';

const connection = process.env['KESU_TEST_EVENTSTORE'] ?? '';

if (connection === '') {
  process.stderr.write('\n!!!! KESU_TEST_EVENTSTORE is not set: NO REAL EventStoreDB WAS TESTED !!!!\n\n');
  // Counted neither as passed nor as failed.
  it.todo('runs the contract on the server that KESU_TEST_EVENTSTORE names');
} else {
  eventLogContract('real EventStoreDB', () => openOnEventStore(connection));
  tamperCases('real EventStoreDB', async () => {
    const raw = EventStoreDBClient.connectionString(connection);
    return { ...(await openOnEventStore(connection, () => raw.dispose())), raw };
  });
}
