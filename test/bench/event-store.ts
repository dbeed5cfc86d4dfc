import { randomBytes } from 'node:crypto';
import { compared, FULL, QUICK, warmed } from './commands.js';
import type { Result, Suite } from './suite.js';

/**
 * Commands recorded over HTTP on a real EventStoreDB, through the adapter, beside the client as it comes doing one read and
 * one append. Only on the server that KESU_TEST_EVENTSTORE names: a façade of ours would measure itself.
 */
export const eventStore: Suite = async ({ quick, processes }) => {
  const connection = process.env.KESU_TEST_EVENTSTORE;
  if (connection === undefined) {
    process.stderr.write('*** KESU_TEST_EVENTSTORE is not set: nothing was measured on EventStoreDB ***\n');
    return [{ name: 'eventstore', skipped: 'KESU_TEST_EVENTSTORE is not set' }];
  }
  const times = quick ? QUICK : FULL;
  const bare = await warmed(processes, await processes.rawClient(connection), times.warmUpMs);
  // A ledger of this run's own: the server may hold others.
  const KESU_LEDGER = `b${randomBytes(5).toString('hex')}`;
  const settings = { KESU_ROLES: 'api', KESU_EVENTSTORE: connection, KESU_LEDGER };
  const service = await warmed(processes, await processes.service('api', settings), times.warmUpMs);
  const results: Result[] = [];
  for (const connections of [32, 256])
    results.push(await compared('commandsOnEventStore', { processes, bare, service, times }, connections));
  return results;
};
