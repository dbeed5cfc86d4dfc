import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { beginViewsOf } from './begun-views.js';

const ROOT = resolve(process.cwd());
const READY = /可溯已就绪\s+(http:\S+)/;
const START_MS_MAX = 60_000;

/** Builds the apps if a source is newer than they are. A test that runs the built service asks for it first. */
export function buildApps(): void {
  const built = spawnSync(process.execPath, [join(ROOT, 'apps', 'run.mjs'), '--build-only'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the apps do not build: ${built.stderr}`);
}

/** The built entry of an app. */
export const entryOf = (app: string): string => join(ROOT, 'dist', 'apps', app, 'src', 'main.js');

/** The environment of a child: ours without settings of Kesu, and then `settings`. */
export const environment = (settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KESU_|NODE_ENV$)/.test(name))),
  ...settings,
});

export interface CommandLine {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line to its end. */
export async function kesu(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<CommandLine> {
  const child = spawn(process.execPath, [entryOf('cli'), ...args], { env: environment(settings), cwd: ROOT });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** A process that runs a service. */
export class ServiceProcess {
  private said = '';
  readonly exited: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    this.exited = once(child, 'exit').then(([code]) => code as number | null);
  }

  /** Starts `entry` and returns at once. */
  static spawn(settings: Readonly<Record<string, string>>, entry = entryOf('ledger')): ServiceProcess {
    const options = { env: environment(settings), cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] as const };
    return new ServiceProcess(spawn(process.execPath, [entry], { ...options, stdio: [...options.stdio] }));
  }

  /** Starts `entry` and waits until it is ready. @throws Error when it ends before, or does not become ready in time. */
  static async start(settings: Readonly<Record<string, string>>, entry?: string): Promise<ServiceProcess> {
    await beginViewsOf(settings);
    const service = ServiceProcess.spawn(settings, entry);
    if (await service.ready()) return service;
    throw new Error(`the service did not start: ${service.output}`);
  }

  /** Everything it wrote to standard output and standard error. */
  get output(): string {
    return this.said;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get url(): string {
    const url = READY.exec(this.said)?.[1];
    if (url === undefined) throw new Error('the service is not ready');
    return url;
  }

  /** Waits until it says that it is ready. @returns false when it ended instead, or took too long. */
  async ready(): Promise<boolean> {
    let ended = false;
    void this.exited.then(() => (ended = true));
    const deadline = performance.now() + START_MS_MAX;
    while (!READY.test(this.said)) {
      if (ended || performance.now() > deadline) return false;
      await new Promise((resume) => setTimeout(resume, 10));
    }
    return true;
  }

  /** Ends it as an operator would. @returns its exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.exited;
  }

  /** Ends it as a power cut of the process would: no handler runs. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
