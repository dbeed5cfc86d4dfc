import { setTimeout as sleep } from 'node:timers/promises';
import { fromMilliseconds } from '#libs/kernel';
import { dayAt } from '../simulation/naive/days.js';
import { Chance } from '../simulation/chance.js';
import { counted, type Count } from './count.js';
import type { Office } from './office.js';
import { SeveredLog, type Fuse } from './severed-log.js';
import { begunWorld, projectorOn, settled, watcherOn, type Begun, type World } from './world.js';

const DAYS_BEFORE = 10;

/** A supervisor with a projector of its own, as one process of several. */
class Instance {
  private readonly ended = new AbortController();
  private constructor(private readonly log: SeveredLog) {}

  static async start(world: World, fuse: Fuse | undefined): Promise<Instance> {
    const log = new SeveredLog(world.log.again(), fuse);
    const watcher = await watcherOn(world, log);
    const instance = new Instance(log);
    void projectorOn(world, log)
      .run(instance.ended.signal)
      .catch(() => undefined);
    void watcher.run(instance.ended.signal);
    return instance;
  }

  /** It is gone: whatever it had under way goes no further. */
  kill(): void {
    this.log.sever();
    this.ended.abort();
  }

  get died(): Promise<void> {
    return this.log.died;
  }

  get amidWriting(): boolean {
    return this.log.amidWriting;
  }
}

export interface Killed extends Count {
  readonly kills: number;
  /** How many of them came while warnings or cards were being written. */
  readonly amidWriting: number;
}

export interface Plan {
  readonly seed: number;
  readonly kills: number;
  readonly seconds: number;
  /** How long an instance lives at most, in milliseconds. */
  readonly lifeMs: number;
}

/**
 * Two to three supervisors on one log and one database of read models, killed at random moments while officers work and the
 * clock moves on, by hours or by weeks. In the end one is left alone until everything is looked at, and all is counted.
 */
export async function killedInstances(of: Begun, { seed, kills, seconds, lifeMs }: Plan): Promise<Killed> {
  const chance = new Chance(seed);
  const { world, office } = await begunWorld(of, chance);
  await begun(world, office);
  const done = await rounds(world, office, chance, { kills, seconds, lifeMs });
  await settled(world);
  return { ...done, ...(await counted(world.log, office.stories, world.clock.now(), world.looks)) };
}

/** Some days of work before anybody supervises, so that limits end soon. */
async function begun({ clock }: World, office: Office): Promise<void> {
  for (let day = 0; day < DAYS_BEFORE; day += 1) {
    await office.work(dayAt(clock.now()));
    clock.moveTo(fromMilliseconds(Date.parse(clock.now()) + 86_400_000));
  }
}

async function rounds(
  world: World,
  office: Office,
  chance: Chance,
  { kills, seconds, lifeMs }: Omit<Plan, 'seed'>,
): Promise<Pick<Killed, 'kills' | 'amidWriting'>> {
  const ends = performance.now() + seconds * 1000;
  const alive: Instance[] = [];
  const done = { kills: 0, amidWriting: 0 };
  while (done.kills < kills && performance.now() < ends) {
    const wanted = 2 + Math.floor(chance.draw() * 2);
    const missing = Array.from({ length: Math.max(wanted - alive.length, 0) }, () =>
      Instance.start(world, fuseBy(chance)),
    );
    alive.push(...(await Promise.all(missing)));
    // The wall calendar of the count ends with 2028: time does not pass it.
    if (world.clock.now() < '2028-09-01') {
      await office.work(dayAt(world.clock.now()));
      const days = chance.is(0.15) ? 14 * chance.draw() : 1.2 * chance.draw();
      world.clock.moveTo(fromMilliseconds(Date.parse(world.clock.now()) + days * 86_400_000));
    }
    // Most die at what they write; of those that do not, many lives are short, some long enough to come to something.
    const dead = await Promise.race([
      sleep(lifeMs * (chance.is(0.3) ? chance.draw() ** 2 : 1)),
      ...alive.map((one) => one.died.then(() => one)),
    ]);
    // One of them, or all at once: then those that follow compare everything at the same time.
    const first = dead ? alive.indexOf(dead) : Math.floor(chance.draw() * alive.length);
    const gone = chance.is(0.2) ? alive.splice(0) : alive.splice(first, 1);
    gone.forEach((one) => one.kill());
    done.kills += gone.length;
    done.amidWriting += gone.filter((one) => one.amidWriting).length;
  }
  alive.forEach((one) => one.kill());
  return done;
}

const fuseBy = (chance: Chance): Fuse | undefined =>
  chance.is(0.8) ? { append: 1 + Math.floor(chance.draw() ** 2 * 8), stored: chance.is(0.5) } : undefined;
