import { EventStoreDBClient } from '@eventstore/db-client';
import { appendCases } from './append-cases.js';
import { startWire, type Wire, type WireOptions } from './index.js';
import { newScope } from './raw-client.js';
import { readCases } from './read-cases.js';
import { subscriptionCases } from './subscription-cases.js';

/** A real server, if one is named, proves the same list: the façade must not have rules of its own. */
const { KESU_TEST_EVENTSTORE: real } = process.env;
const targets: readonly (readonly [string, WireOptions | string])[] = [
  ['the façade', {}],
  ['the façade that others write to', { noise: true }],
  ...(real ? ([['the server named by KESU_TEST_EVENTSTORE', real]] as const) : []),
];

describe.each(targets)('On %s,', (_, target) => {
  let wire: Wire | undefined;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    if (typeof target !== 'string') wire = await startWire(target);
    client = EventStoreDBClient.connectionString(typeof target === 'string' ? target : wire!.connectionString);
  });

  afterAll(async () => {
    await client.dispose();
    await wire?.stop();
  });

  test.each([...appendCases, ...readCases, ...subscriptionCases])('%s', (_, run) => run(newScope(client)));
});
