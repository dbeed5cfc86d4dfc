import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { hash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import {
  canonicalJson,
  derivedId,
  fromMilliseconds,
  streamName,
  type EventLog,
  type LoggedEvent,
  type NewEvent,
  type StreamName,
} from '#libs/kernel';
import { openEmbeddedLog, type EmbeddedLog } from '../../../libs/platform/src/event-log/embedded/index.js';

export const LEDGER = 'kesu';
export const clock = { now: () => fromMilliseconds(Date.now()) };
export const PAGE = 4096;

/** A folder for one test file, removed when its tests are done, with all child processes ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kesu-log-'));
  afterAll(async () => {
    await stopChildren();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export const openLog = (folder: string): Promise<EmbeddedLog> => openEmbeddedLog({ folder, ledger: LEDGER, clock });

export const streamNumbered = (n: number): StreamName => streamName(LEDGER, 'fault', derivedId(['stream', n]));

export const eventNumbered = (n: number, size = 200): NewEvent => ({
  id: derivedId(['event', n]),
  type: 'FaultNoted',
  data: { n, text: '溯'.repeat((n * 7) % 20) + 'x'.repeat((n * 37) % size) },
  metadata: { envelope: 1, note: '记录' },
});

/** A log of `streams` streams with `rounds` events each, stream by stream in turn, cleanly stopped. */
export async function writtenLog(folder: string, streams: number, rounds: number): Promise<void> {
  const log = await openLog(folder);
  for (let round = 0; round < rounds; round += 1)
    await Promise.all(
      Array.from({ length: streams }, (_, n) => {
        const size = n === 0 && round % 5 === 0 ? 9000 : 200;
        const event = eventNumbered(round * streams + n, size);
        return log.append(streamNumbered(n), round === 0 ? 'no-stream' : round - 1, [event]);
      }),
    );
  await log.close();
}

/** A digest of all that the port says of an event. */
const digestOf = (event: LoggedEvent): string => hash('sha256', canonicalJson({ ...event })).slice(0, 20);

/** What a log serves, in order and by stream, as digests; a stream that is not served by the name of the error. */
export interface Served {
  readonly events: readonly string[];
  readonly streams: Readonly<Record<string, readonly string[] | string>>;
  readonly alarms: number;
}

/** Reads everything there is through the port: all in order, and the streams named. */
export async function served(log: EventLog, streams: readonly StreamName[]): Promise<Served> {
  const events: string[] = [];
  let alarms = 0;
  for await (const item of log.follow(undefined, new AbortController().signal)) {
    if (item.kind === 'event') events.push(digestOf(item.event));
    if (item.kind === 'alarm') alarms += 1;
    if (item.kind === 'caughtUp') break;
  }
  const byStream: Record<string, readonly string[] | string> = {};
  for (const stream of streams)
    byStream[stream] = await log.readStream(stream).then(
      (read) => read.map(digestOf),
      (error: Error) => error.name,
    );
  return { events, streams: byStream, alarms };
}

/** A copy of a log's folder, to be damaged; the original's lock is not taken along. */
export function copyOf(folder: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  cpSync(folder, to, { recursive: true, filter: (source) => !/^lock\.\d+$/.test(basename(source)) });
  return to;
}

export const dataFile = (folder: string): string => join(folder, 'events.mdb');

export function damage(folder: string, change: (bytes: Buffer) => Buffer | void): void {
  const bytes = readFileSync(dataFile(folder));
  writeFileSync(dataFile(folder), change(bytes) ?? bytes);
}

/** As if the process had been killed: it left no word of a clean stop. */
export const uncleanly = (folder: string): void => rmSync(join(folder, 'last-stop.json'), { force: true });

const children = new Set<Child>();

let stopped = false;
const stopChildren = async (): Promise<void> => {
  stopped = true;
  await Promise.all([...children].map((child) => child.stop()));
};

/** A process that runs a child program of this folder and answers one line for each line it is sent. */
export class Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  private readonly lines: AsyncIterator<string>;

  constructor(program: string, args: readonly string[], blocksMax?: number) {
    if (stopped) throw new Error('the tests of this file are over');
    const command = [process.execPath, join(__dirname, 'run-ts.cjs'), join(__dirname, program), ...args];
    // ulimit counts blocks of 512 bytes (POSIX), and node ignores the signal that a write beyond it would raise.
    const limited = ['sh', '-c', `ulimit -f ${blocksMax ?? 'unlimited'} && exec "$@"`, 'sh', ...command];
    const [file = '', ...rest] = blocksMax === undefined ? command : limited;
    this.process = spawn(file, rest, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.process.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.process.once('close', (code, signal) => resolve({ code, signal })));
    children.add(this);
    void this.ended.then(() => children.delete(this));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** The next line of its output, or undefined when it has ended. */
  async line(): Promise<string | undefined> {
    const next = await this.lines.next();
    return next.done === true ? undefined : next.value;
  }

  async ask(question: string): Promise<string | undefined> {
    this.process.stdin.write(`${question}\n`);
    return this.line();
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal);
    await this.ended;
  }
}
