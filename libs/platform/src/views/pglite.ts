import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { takeLock } from '../event-log/embedded/folder-lock.js';
import type { Logger } from '../log/index.js';
import { isTrusted, markFlushed, markInUse } from './last-use.js';
import { messages } from './messages.js';

/** Where `pg` finds the running PGlite: the folder of a unix socket, or a loopback address. */
export interface Pglite {
  readonly address: { readonly host: string; readonly port: number };
  readonly stop: () => Promise<void>;
}

const PORT = 5432;
/** `sun_path` holds 108 bytes on Linux and 104 on macOS, with its final zero; `pg` adds the file's name. */
const SOCKET_FOLDER_BYTES_MAX = 103 - `/.s.PGSQL.${PORT}`.length;
/** A damaged folder can make the database wait for ever. A first start took 4.3 s on two cores, a later one 1 s. */
const OPEN_TIMEOUT_MS = 60_000;

/**
 * The worker's program, as text: it must run from compiled and from TypeScript sources alike, and a worker thread sees
 * neither a test runner's transforms nor a build's copied files. It imports two packages, as this file would resolve
 * them. Own connections are few, but a broken one may still be leaving when its successor comes.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const load = require('node:module').createRequire(workerData.from);
const { PGlite } = load('@electric-sql/pglite');
const { PGLiteSocketServer } = load('@electric-sql/pglite-socket');
(async () => {
  const db = await PGlite.create(workerData.folder);
  const server = new PGLiteSocketServer({ db, ...workerData.listen, maxConnections: 8 });
  await server.start();
  parentPort.once('message', async () => {
    await server.stop();
    await db.close();
    process.exit(0);
  });
  parentPort.postMessage(server.getServerConn());
})();
`;

/**
 * Runs PGlite on `<folder>/data` in a worker thread, so that a long query does not hold up the event loop, behind a
 * socket only this user can reach. Data that do not open, or that a power cut may have left in part (see `isTrusted`), are
 * moved to `<folder>/damaged`, in place of older ones, and are rebuilt from the log.
 * @throws Error with a Chinese message when another process uses the folder; Error when empty data do not open either.
 */
export async function startPglite(folder: string, log: Logger): Promise<Pglite> {
  const home = resolve(folder);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  // PGlite has no lock of its own, and two of them destroy each other's data.
  const lock = takeLock(home);
  if (typeof lock === 'number') throw new Error(messages.inUse(home, lock));
  const socket = socketFor(home);
  const letGo = (): void => {
    if (socket !== undefined) rmSync(socket, { recursive: true, force: true });
    lock.release();
  };
  try {
    if (existsSync(dataIn(home)) && !isTrusted(home)) setAside(home, messages.notTrusted, log);
    await markInUse(home);
    const running = await open(home, socket, log).catch((error: unknown) => {
      setAside(home, messages.doesNotOpen, log, error);
      return open(home, socket, log);
    });
    return {
      ...running,
      stop: () =>
        running
          .stop()
          .then(() => flushed(home, log))
          .finally(letGo),
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

function setAside(home: string, reason: string, log: Logger, error?: unknown): void {
  const aside = join(home, 'damaged');
  rmSync(aside, { recursive: true, force: true });
  renameSync(dataIn(home), aside);
  log.error(messages.setAside(dataIn(home), aside, reason), { error });
}

/** What cannot be flushed, on a full disk perhaps, costs the next start a rebuild, and nothing else. */
const flushed = (home: string, log: Logger): Promise<void> =>
  markFlushed(home, dataIn(home)).catch((error: unknown) => log.warn(messages.notFlushed(dataIn(home)), { error }));

const dataIn = (home: string): string => join(home, 'data');

/** A folder for the socket that only this user may enter, because PGlite asks for no password; none on Windows. */
function socketFor(home: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const inside = join(home, 'socket');
  if (Buffer.byteLength(inside) > SOCKET_FOLDER_BYTES_MAX) return mkdtempSync(join(tmpdir(), 'kesu-'));
  rmSync(inside, { recursive: true, force: true });
  mkdirSync(inside, { mode: 0o700 });
  return inside;
}

/**
 * Data are begun by a worker of their own, because what that takes is never given back: on two cores, the process then
 * stands at 440 MB instead of 860, for one second more at the first start.
 */
async function open(home: string, socket: string | undefined, log: Logger): Promise<Pglite> {
  const folder = dataIn(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(join(folder, 'PG_VERSION'))) await (await start(folder, socket, log)).stop();
  return start(folder, socket, log);
}

async function start(folder: string, socket: string | undefined, log: Logger): Promise<Pglite> {
  const listen = socket === undefined ? { host: '127.0.0.1', port: 0 } : { path: `${socket}/.s.PGSQL.${PORT}` };
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { from: __filename, folder, listen },
    // What PostgreSQL prints while it starts is no part of the service's own output.
    stdout: true,
    stderr: true,
  });
  try {
    const at = await opened(worker);
    const port = socket === undefined ? Number(at.split(':').at(-1)) : PORT;
    return { address: { host: socket ?? '127.0.0.1', port }, stop: watched(worker, log) };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** Where the worker listens, once it does. */
function opened(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not open after ${OPEN_TIMEOUT_MS} ms`)), OPEN_TIMEOUT_MS);
    worker.once('message', (at) => resolve(String(at)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the database's thread ended with code ${code}`)));
    worker.once('message', () => clearTimeout(timer));
    worker.once('exit', () => clearTimeout(timer));
  });
}

/** Reports a worker that ends unasked. @returns how to ask it to end, and to wait until it has. */
function watched(worker: Worker, log: Logger): () => Promise<void> {
  let asked = false;
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => log.error(messages.stopped, { error }));
  worker.once('exit', (code) => {
    if (!asked) log.error(messages.stopped, { code });
  });
  return async () => {
    asked = true;
    worker.postMessage('stop');
    await gone;
  };
}
