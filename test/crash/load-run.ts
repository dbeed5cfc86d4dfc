import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { environment } from '../service/child.js';
import type { Count } from './count.js';

/** How long the load generator may take to settle what is in doubt once it is told to stop. */
const SETTLE_MS_MAX = 60_000;

/** The load generator in a process of its own, and what it wrote down. */
export class LoadRun {
  private constructor(
    private readonly child: ChildProcess,
    private readonly notes: string,
  ) {}

  /** @param notes the file it writes into, made empty. @param urls of the service's processes, which need not be there yet. */
  static start(notes: string, ...urls: readonly string[]): LoadRun {
    writeFileSync(notes, '');
    return new LoadRun(fork(join(__dirname, 'load.js'), [notes, ...urls], { stdio: 'inherit' }), notes);
  }

  /** Lets it settle what is in doubt, and waits until it has. @throws Error when it cannot. */
  async settled(): Promise<void> {
    const late = setTimeout(() => this.kill(), SETTLE_MS_MAX);
    const exited = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.send('stop');
    const [code] = await exited;
    clearTimeout(late);
    if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Counts in a fresh process, by these settings, what became of everything it was told is recorded. */
  async counted(settings: Readonly<Record<string, string>>): Promise<Count> {
    const options = { env: environment(settings), stdio: ['ignore', 'pipe', 'inherit'] as const };
    const child = spawn(process.execPath, [join(__dirname, 'count.js'), this.notes], {
      ...options,
      stdio: [...options.stdio],
    });
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`the count ended with ${code}: ${said}`);
    return JSON.parse(said) as Count;
  }
}

/** The service keeps its port over its lives, so that the load generator need not be told of each. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
