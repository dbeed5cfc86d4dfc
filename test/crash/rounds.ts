import { fork, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, ServiceProcess } from '../service/child.js';
import { tempFolder } from '../service/folder.js';
import type { Count } from './count.js';

/** What is killed, how often, and for how long at most. */
export interface Rounds {
  /** Path of the service's main file. */
  readonly entry: string;
  readonly kills: number;
  /** No new round begins after this; the fewest rounds are driven all the same. */
  readonly seconds: number;
  readonly killsMin: number;
}

export interface Outcome extends Count {
  readonly kills: number;
}

/** How long the service works under load before it is killed. */
const WORK_MS = [80, 1_300] as const;
/** How long it is given when it is killed while it starts. */
const START_MS = [50, 900] as const;

/**
 * Kills a service under load, again and again, starts it anew on the same folder, and counts at the end. A quarter of the
 * kills meet it while it starts, and every third service feeds its read models too.
 */
export async function killed({ entry, kills, seconds, killsMin }: Rounds): Promise<Outcome> {
  const folder = await tempFolder();
  const notes = folder.at('acknowledged.jsonl');
  const port = String(await freePort());
  const settings = { KESU_DATA: folder.at('data'), KESU_PORT: port, KESU_LOG_LEVEL: 'error' };
  const roles = (round: number) => (round % 3 === 2 ? {} : { KESU_ROLES: 'api' });
  writeFileSync(notes, '');
  let service = await ServiceProcess.start({ ...settings, ...roles(0) }, entry);
  const load = fork(join(__dirname, 'load.js'), [service.url, notes], { stdio: 'inherit' });
  try {
    const deadline = performance.now() + seconds * 1000;
    let done = 0;
    while (done < kills && (done < killsMin || performance.now() < deadline)) {
      await sleep(randomInt(...WORK_MS));
      await service.kill();
      done += 1;
      if (randomInt(4) === 0) {
        service = ServiceProcess.spawn({ ...settings, ...roles(done) }, entry);
        await sleep(randomInt(...START_MS));
        await service.kill();
        done += 1;
      }
      service = await ServiceProcess.start({ ...settings, ...roles(done) }, entry);
    }
    await ended(load);
    await service.stop();
    return { kills: done, ...(await counted(settings, notes)) };
  } finally {
    load.kill('SIGKILL');
    await service.kill();
    await folder.remove();
  }
}

/** Lets the load generator settle what is in doubt, and waits until it has. */
async function ended(load: ChildProcess): Promise<void> {
  const exited = once(load, 'exit') as Promise<[number | null]>;
  load.send('stop');
  const [code] = await exited;
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
}

async function counted(settings: Readonly<Record<string, string>>, notes: string): Promise<Count> {
  const options = { env: environment(settings), stdio: ['ignore', 'pipe', 'inherit'] as const };
  const child = spawn(process.execPath, [join(__dirname, 'count.js'), notes], {
    ...options,
    stdio: [...options.stdio],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the count ended with ${code}: ${said}`);
  return JSON.parse(said) as Count;
}

/** The service keeps its port over its lives, so that the load generator need not be told of each. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
