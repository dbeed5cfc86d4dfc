import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventLog } from '#libs/kernel';
import { createSchema, openViewDatabase, Projector, type ViewDatabase } from '../../libs/platform/src/views/index.js';
import { beginViews, silent } from '../service/index.js';
import { ticketSystem, ticketViews } from './tickets.js';

export const tempFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'kesu-views-'));

const made: string[] = [];

/** A ledger name nobody used before. */
export function freshLedger(): string {
  const ledger = `v${randomUUID().replaceAll('-', '').slice(0, 9)}`;
  made.push(ledger);
  return ledger;
}

const POSTGRES = process.env['KESU_TEST_POSTGRES'];
let told = false;

/** Runs the specs of `define` on PGlite, and on the PostgreSQL of KESU_TEST_POSTGRES when it names one. */
export function onEveryDatabase(define: (db: () => ViewDatabase) => void): void {
  const targets = [
    { target: 'PGlite', url: undefined },
    ...(POSTGRES === undefined ? [] : [{ target: 'PostgreSQL', url: POSTGRES }]),
  ];
  if (POSTGRES === undefined && !told) {
    told = true;
    process.stderr.write('*** KESU_TEST_POSTGRES is not set: the read models were NOT tried on PostgreSQL ***\n');
  }
  describe.each(targets)('on $target', ({ url }) => {
    let db: ViewDatabase | undefined;
    let folder: string;
    beforeAll(async () => {
      folder = join(await tempFolder(), 'views');
      await beginViews(folder);
      db = await openViewDatabase({ ...(url === undefined ? {} : { url }), folder, log: silent });
    }, 60_000);
    afterAll(async () => {
      // Only what these specs made: others use the same server at the same time.
      for (const ledger of db ? made : []) await db?.query(`DROP SCHEMA IF EXISTS kesu_views_${ledger} CASCADE`);
      await db?.close();
      await rm(dirname(folder), { recursive: true, force: true });
    }, 60_000);
    define(() => {
      if (!db) throw new Error('the database is not open');
      return db;
    });
  });
}

/** Follows `log` until its end, as it stands now, is shown; then stops. */
export async function followToEnd(
  db: ViewDatabase,
  log: EventLog,
  ledger: string,
  { batchSize = 100, systems = [ticketSystem], logger = silent } = {},
): Promise<void> {
  await createSchema(db, ledger, ticketViews);
  const projector = new Projector({ db, log, ledger, systems, batchSize, logger });
  await whileRunning([projector], () => until(() => projector.lag().caughtUp));
}

/** Does `work` while the projectors run, and stops them whatever comes of it. */
export async function whileRunning(projectors: readonly Projector[], work: () => Promise<void>): Promise<void> {
  const runs = Promise.all(projectors.map((projector) => projector.run(new AbortController().signal)));
  const ended = runs.then(() => Promise.reject(new Error('the projectors ended')));
  try {
    await Promise.race([work(), ended]);
  } finally {
    await Promise.all(projectors.map((projector) => projector.stop()));
    await ended.catch(() => undefined);
  }
  await runs;
}

/** Waits until `holds`, at most 20 s. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to hold within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
