import { Pool, type PoolClient } from 'pg';
import type { Logger } from '../log/index.js';
import { startPglite } from './pglite.js';
import { messages } from './messages.js';

export type Parameter = string | number | boolean | null | readonly (string | number | null)[];

export interface Queryable {
  /**
   * Runs one statement. `bigint` columns come back as decimal text.
   * @throws Error of `pg`, with the SQLSTATE as `code`, or one without a code when the connection was lost.
   */
  query<R extends object = Readonly<Record<string, unknown>>>(
    sql: string,
    params?: readonly Parameter[],
  ): Promise<readonly R[]>;
}

/** The database of the read models: a cache of the log that may be thrown away at any time. */
export interface ViewDatabase extends Queryable {
  /** `embedded` is PGlite, in this process and for it alone; `server` is PostgreSQL, which several processes share. */
  readonly kind: 'embedded' | 'server';
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. When the connection is lost
   * while committing, the outcome is unknown and this throws. Inside, use only what is passed in: the embedded database
   * has one connection, and a query past the transaction would wait for it for ever.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Lets go of connections, and of the embedded database's folder. Repeating it changes nothing. */
  close(): Promise<void>;
}

export interface ViewDatabaseOptions {
  /** `postgres://…`; without it, PGlite in `folder`, which is for it alone. */
  readonly url?: string;
  readonly folder: string;
  readonly log: Logger;
}

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens the read models' database; both kinds are spoken to through `pg` and nothing else.
 * Embedded: the folder is locked for this process; one that will not open is moved aside and an empty one is begun,
 * because everything in it follows from the log.
 * @throws Error with a Chinese message when the server does not answer or does not store UTF-8, or the folder is in use.
 */
export async function openViewDatabase(options: ViewDatabaseOptions): Promise<ViewDatabase> {
  if (options.url === undefined) return embeddedDatabase(options);
  const pool = pooled(
    { connectionString: options.url, max: CONNECTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS },
    options.log,
  );
  const database = databaseOn(pool, 'server', () => pool.end());
  const encoding = await encodingOf(database);
  if (encoding === 'UTF8') return database;
  await database.close();
  throw new Error(encoding instanceof Error ? messages.noAnswer : messages.notUtf8(encoding), { cause: encoding });
}

async function encodingOf(database: ViewDatabase): Promise<string | Error> {
  try {
    const [row] = await database.query<{ server_encoding: string }>('SHOW server_encoding');
    return row?.server_encoding ?? '';
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** One connection: pglite-socket queues single protocol messages, so two clients' unnamed statements would mix. */
async function embeddedDatabase({ folder, log }: ViewDatabaseOptions): Promise<ViewDatabase> {
  const pglite = await startPglite(folder, log);
  const pool = pooled({ ...pglite.address, user: 'postgres', database: 'postgres', max: 1 }, log);
  return databaseOn(pool, 'embedded', async () => {
    await pool.end();
    await pglite.stop();
  });
}

function pooled(config: ConstructorParameters<typeof Pool>[0], log: Logger): Pool {
  const pool = new Pool(config);
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on('error', (error) => log.warn(messages.connectionLost, { error }));
  return pool;
}

function databaseOn(pool: Pool, kind: ViewDatabase['kind'], end: () => Promise<void>): ViewDatabase {
  let closed: Promise<void> | undefined;
  return {
    kind,
    ...queryableOn(pool),
    transaction: (work) => inTransaction(pool, work),
    close: () => (closed ??= end()),
  };
}

const queryableOn = (client: Pool | PoolClient): Queryable => ({
  query: async <R extends object>(sql: string, params: readonly Parameter[] = []) =>
    (await client.query<R>(sql, [...params])).rows,
});

async function inTransaction<T>(pool: Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const lost = (error: Error): void => void (broken = error);
  client.on('error', lost);
  try {
    await client.query('BEGIN');
    const result = await work(queryableOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(lost);
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
