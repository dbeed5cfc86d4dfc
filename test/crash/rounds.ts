import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceProcess } from '../service/child.js';
import { tempFolder } from '../service/folder.js';
import type { Count } from './count.js';
import { freePort, LoadRun } from './load-run.js';

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
  let service = await ServiceProcess.start({ ...settings, ...roles(0) }, entry);
  const load = LoadRun.start(notes, service.url);
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
    await load.settled();
    await service.stop();
    return { kills: done, ...(await load.counted(settings)) };
  } finally {
    load.kill();
    await service.kill();
    await folder.remove();
  }
}
