import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Count } from '../crash/count.js';
import { freePort, LoadRun } from '../crash/load-run.js';
import { acknowledgedIn } from '../crash/notes.js';
import { ServiceProcess } from '../service/child.js';
import { tempFolder } from '../service/folder.js';
import { LayeredDisk, type DiskOptions } from './layered-disk.js';
import { viewsHold } from './look-at-views.js';
import { bootAnew } from './own-machine.js';

/** What loses its power, how often, and for how long at most. */
export interface Plan {
  /** Path of the service's main file. */
  readonly entry: string;
  readonly disk: DiskOptions;
  readonly cuts: number;
  /** No new round begins after this; the fewest cuts are made all the same. */
  readonly seconds: number;
  readonly cutsMin: number;
  /** Something is to be lost: then not everything in doubt can be settled, and the read models are of no interest. */
  readonly control: boolean;
}

export interface Outcome extends Count {
  readonly cuts: number;
  /** After how many of them the read models were looked at, and how often they did not lead to what the log says. */
  readonly viewed: number;
  readonly viewsWrong: number;
  /** What the service said when it would not start on what a cut had left. */
  readonly refused?: string;
}

/** How long the service works under load before the cut. */
const WORK_MS = [80, 1_300] as const;
/** How long it is given when the cut meets it while it starts. */
const START_MS = [50, 900] as const;
/** Every so many rounds the service feeds its read models too, which takes seconds to begin after a cut. */
const FEEDING = { every: 8, at: 3 };

/**
 * Cuts the power of a service under load, again and again, starts it anew on what the disk still holds, and counts at the
 * end, so that a loss at any cut shows. The first cut meets the founding of the ledger and a quarter of the others a start;
 * before half of them the kernel has written some files back. In some rounds the service feeds its read models too, in
 * every second of these it has been stopped in good order just before the cut, and they are looked at afterwards. The last
 * cut is made when everything is settled.
 */
export async function cutUnderLoad(plan: Plan): Promise<Outcome> {
  const folder = await tempFolder();
  const notes = folder.at('acknowledged.jsonl');
  const rig = await Rig.make(plan, folder.at('boot_id'));
  const load = LoadRun.start(notes, rig.url);
  try {
    const deadline = performance.now() + plan.seconds * 1000;
    await rig.cutWhileStarting();
    for (let round = 0; rig.cuts < plan.cuts - 1; round += 1) {
      if (rig.cuts >= plan.cutsMin - 1 && performance.now() >= deadline) break;
      const feeds = !plan.control && round % FEEDING.every === FEEDING.at;
      await rig.round({ feeds, stops: feeds && round % (2 * FEEDING.every) === FEEDING.at });
      if (randomInt(4) === 0) await rig.cutWhileStarting();
    }
    await rig.start();
    if (plan.control) await sleep(randomInt(...WORK_MS));
    else await load.settled();
    await rig.cut();
    await rig.start();
    load.kill();
    await rig.stop();
    return { ...rig.seen, ...(await load.counted(rig.settings(false))) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const told = acknowledgedIn(notes).flatMap(({ events }) => events).length;
    const counts = { acknowledged: told, lost: told, doubled: 0, unaccounted: 0, unexpected: [] };
    return { ...rig.seen, ...counts, refused: error.message };
  } finally {
    load.kill();
    await rig.remove();
    await folder.remove();
  }
}

/** The service does not start on what a cut left: nothing of it can be had. */
class Refused extends Error {}

/** A machine: the disk, and the process on it. */
class Rig {
  cuts = 0;
  private viewed = 0;
  private viewsWrong = 0;
  private service: ServiceProcess | undefined;

  private constructor(
    private readonly entry: string,
    private disk: LayeredDisk,
    private readonly port: number,
    private readonly bootId: string,
  ) {}

  static async make({ entry, disk }: Plan, bootId: string): Promise<Rig> {
    return new Rig(entry, await LayeredDisk.make(disk), await freePort(), bootId);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get seen(): Pick<Outcome, 'cuts' | 'viewed' | 'viewsWrong'> {
    return { cuts: this.cuts, viewed: this.viewed, viewsWrong: this.viewsWrong };
  }

  /** Log, read models, keys and documents all lie on the disk. */
  settings(feeds: boolean): Readonly<Record<string, string>> {
    return {
      KESU_DATA: join(this.disk.data, 'kesu'),
      KESU_PORT: String(this.port),
      KESU_LOG_LEVEL: 'error',
      ...(feeds ? {} : { KESU_ROLES: 'api' }),
    };
  }

  async start(feeds = false): Promise<void> {
    const service = ServiceProcess.spawn(this.settings(feeds), this.entry);
    this.service = service;
    if (!(await service.ready())) throw new Refused(service.output);
  }

  async round({ feeds, stops }: { feeds: boolean; stops: boolean }): Promise<void> {
    await this.start(feeds);
    await sleep(randomInt(...WORK_MS));
    if (stops) await this.service?.stop();
    if (stops || randomInt(2) === 0) await this.disk.writeSomeBack();
    await this.cut();
    if (feeds) await this.lookAtViews();
  }

  async cutWhileStarting(): Promise<void> {
    this.service = ServiceProcess.spawn(this.settings(false), this.entry);
    await sleep(randomInt(...START_MS));
    await this.cut();
  }

  /** Nothing is acknowledged from before the copy begins: whatever was, the disk must hold. */
  async cut(): Promise<void> {
    const { service } = this;
    if (service) await halted(service.pid);
    this.disk = await this.disk.cut(async () => service?.kill());
    await bootAnew(this.bootId);
    this.cuts += 1;
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }

  async remove(): Promise<void> {
    await this.service?.kill();
    await this.disk.remove();
  }

  private async lookAtViews(): Promise<void> {
    this.viewed += 1;
    if (!(await viewsHold(this.settings(true)))) this.viewsWrong += 1;
  }
}

/**
 * Stops a process where it stands. Its main thread, which answers, is waited for: a signal takes a moment to arrive. A
 * call of another thread into the kernel may still come to its end.
 */
async function halted(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGSTOP');
    for (;;) {
      const stat = await readFile(`/proc/${pid}/task/${pid}/stat`, 'utf8');
      if (/^[TZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))) return;
      await sleep(1);
    }
  } catch (error) {
    // It has ended by itself.
    if (!['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
