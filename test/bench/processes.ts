import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Round } from './load.child.js';
import { memoryOf, type Memory } from './memory.js';
import { caseScript } from './script.js';

/** A measured process that answers on loopback. */
export interface Endpoint {
  readonly port: number;
  /** For every account of the script. */
  readonly tokens: Readonly<Record<string, string>>;
  memory(): Promise<Memory | undefined>;
  /** Processor time used so far by all its threads, in seconds; NaN where the system does not tell. */
  processorSeconds(): Promise<number>;
  signal(signal: NodeJS.Signals): void;
  /** Ends it as an operator would, and waits until it has. */
  stop(): Promise<void>;
}

const SERVICE = join(__dirname, '..', '..', 'apps', 'ledger', 'src', 'main.js');
const START_MS = 30_000;
const STOP_MS = 10_000;

/** The processes of one run and their folder: whatever was started is ended by `stopAll`. */
export class Processes {
  private readonly children = new Set<ChildProcess>();
  private load: ChildProcess | undefined;

  private constructor(readonly folder: string) {}

  static async open(): Promise<Processes> {
    return new Processes(await mkdtemp(join(tmpdir(), 'kesu-bench-')));
  }

  /** The service with a fresh ledger, logging as it does by default. @param settings its environment beside that. */
  service(name: string, settings: NodeJS.ProcessEnv = {}, nodeOptions: readonly string[] = []): Promise<Endpoint> {
    const own = Object.entries(process.env).filter(([key]) => !key.startsWith('KESU_') && key !== 'NODE_ENV');
    const env = { ...Object.fromEntries(own), KESU_PORT: '0', KESU_DATA: join(this.folder, name), ...settings };
    return this.endpoint(name, [...nodeOptions, SERVICE], env);
  }

  /** The bare endpoint with an empty file. */
  bare(): Promise<Endpoint> {
    return this.endpoint('bare', [join(__dirname, 'bare.child.js'), this.folder], process.env);
  }

  /** The same work on an EventStoreDB, by its client as it comes. @param connection its connection string. */
  rawClient(connection: string): Promise<Endpoint> {
    return this.endpoint('raw', [join(__dirname, 'raw-client.child.js'), connection], process.env);
  }

  /** Plays one round in the load generator's own process. @throws Error when a request of it failed. */
  async play(round: Round): Promise<Outcome> {
    this.load ??= this.started(fork(join(__dirname, 'load.child.js'), { stdio: ['ignore', 2, 2, 'ipc'] }));
    const { load } = this;
    const over = new AbortController();
    const message = once(load, 'message', over) as Promise<[Outcome]>;
    const exit = once(load, 'exit', over).then((): never => {
      throw new Error('the load generator ended');
    });
    load.send(round);
    const [outcome] = await Promise.race([message, exit]).finally(() => over.abort());
    if (outcome.failures.length > 0) throw new Error(`requests failed:\n${outcome.failures.join('\n')}`);
    return outcome;
  }

  /** A token of one account more. */
  token(port: number, account: string): Promise<string> {
    return tokenFor(port, account);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.children].map((child) => ended(child, 'SIGKILL')));
    await rm(this.folder, { recursive: true, force: true });
  }

  private async endpoint(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Endpoint> {
    const output = join(this.folder, `${name}.log`);
    const file = openSync(output, 'w');
    const child = this.started(spawn(process.execPath, args, { env, stdio: ['ignore', file, file] }));
    closeSync(file);
    const port = await portIn(output, child);
    const accounts = [...new Set(caseScript().map(({ account }) => account))];
    const tokens = await Promise.all(accounts.map(async (account) => [account, await tokenFor(port, account)]));
    const pid = child.pid ?? 0;
    return {
      port,
      tokens: Object.fromEntries(tokens) as Endpoint['tokens'],
      memory: () => memoryOf(pid),
      processorSeconds: () => processorSecondsOf(pid),
      signal: (signal) => void child.kill(signal),
      stop: () => ended(child, 'SIGTERM'),
    };
  }

  private started(child: ChildProcess): ChildProcess {
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return child;
  }
}

async function portIn(output: string, child: ChildProcess): Promise<number> {
  for (const begun = performance.now(); performance.now() - begun < START_MS && child.exitCode === null;) {
    const port = /http:\/\/[^\s:]+:(\d+)\s/.exec(await readFile(output, 'utf8'))?.[1];
    if (port) return Number(port);
    await sleep(20);
  }
  throw new Error(`it did not start:\n${await readFile(output, 'utf8')}`);
}

async function tokenFor(port: number, account: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/development/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: account }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** User and system time of proc_pid_stat(5), in ticks of 1/100 s. */
async function processorSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 1).split(' ');
  return (Number(user) + Number(system)) / 100;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const killed = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exit;
  clearTimeout(killed);
}
