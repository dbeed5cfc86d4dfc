import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { rounded } from './figures.js';
import { ask, fill, shown } from './fill.js';
import { Connection } from './connection.js';
import type { Processes } from './processes.js';
import type { Result, Suite } from './suite.js';

const OPERATOR = 'luo.operator';

/**
 * The read models built anew from the log by the running service, which goes on answering: facts a second, from the first
 * event to the tables in place. On PGlite, and on the PostgreSQL of KESU_TEST_POSTGRES.
 */
export const rebuild: Suite = async ({ quick, processes }) => {
  const cases = quick ? 200 : 2_000;
  const ledger = `b${randomBytes(5).toString('hex')}`;
  const filled = await processes.service('rebuilt', { KESU_ROLES: 'api', KESU_LEDGER: ledger });
  const [id = ''] = await fill(filled, { cases, facts: 10, connections: 16 });
  await filled.stop();
  const results = [await rebuilt(processes, { on: 'PGlite', ledger, id })];
  const url = process.env.KESU_TEST_POSTGRES;
  if (url === undefined) {
    process.stderr.write('*** KESU_TEST_POSTGRES is not set: rebuilding was not measured on PostgreSQL ***\n');
    return [...results, { name: 'rebuild', on: 'PostgreSQL', skipped: 'KESU_TEST_POSTGRES is not set' }];
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return [...results, await rebuilt(processes, { on: 'PostgreSQL', ledger, id, url })];
  } finally {
    await client.query(`DROP SCHEMA IF EXISTS kesu_views_${ledger} CASCADE`);
    await client.end();
  }
};

interface Rebuilt {
  readonly on: string;
  readonly ledger: string;
  readonly id: string;
  readonly url?: string;
}

async function rebuilt(processes: Processes, { on, ledger, id, url }: Rebuilt): Promise<Result> {
  const settings = { KESU_LEDGER: ledger, ...(url !== undefined && { KESU_DATABASE: url }) };
  const endpoint = await processes.service('rebuilt', settings);
  await shown(endpoint, id);
  const tokens = { [OPERATOR]: await processes.token(endpoint.port, OPERATOR) };
  const connection = await Connection.open(endpoint.port);
  try {
    const used = await endpoint.processorSeconds();
    const begun = performance.now();
    const asked = { method: 'POST' as const, path: '/v1/operations/rebuilds', account: OPERATOR, body: '{}' };
    const { body } = await ask(connection, { tokens }, asked, 200);
    const seconds = (performance.now() - begun) / 1000;
    const { events } = JSON.parse(body) as { readonly events: number };
    // Of the service alone: a PostgreSQL does its part in processes of its own.
    const processorMicros = rounded((((await endpoint.processorSeconds()) - used) / events) * 1e6);
    const perSecond = rounded(events / seconds);
    return { name: 'rebuild', on, events, seconds: rounded(seconds, 1), perSecond, processorMicros };
  } finally {
    connection.close();
    await endpoint.stop();
  }
}
