import { setTimeout as sleep } from 'node:timers/promises';
import { fromMilliseconds } from '#libs/kernel';
import { dayAt } from '../simulation/naive/days.js';
import { Chance } from '../simulation/chance.js';
import { counted, type Count } from './count.js';
import type { Office } from './office.js';
import { SeveredLog } from './severed-log.js';
import { begunWorld, lengthOf, projectorOn, settled, watcherOn, type Begun, type World } from './world.js';

const DAYS_BEFORE = 10;

/** A supervisor with a projector of its own, as one process of several. */
class Instance {
  private readonly ended = new AbortController();
  private constructor(private readonly log: SeveredLog) {}

  static async start(world: World): Promise<Instance> {
    const log = new SeveredLog(world.log.again());
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
}

export interface Killed extends Count {
  readonly kills: number;
  /** Facts that were recorded while there was dying. */
  readonly amidst: number;
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
  const amidst = await lengthOf(world.log);
  await settled(world);
  return { kills: done, amidst, ...(await counted(world.log, office.stories, world.clock.now())) };
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
): Promise<number> {
  const ends = performance.now() + seconds * 1000;
  const alive: Instance[] = [];
  let done = 0;
  while (done < kills && performance.now() < ends) {
    const wanted = 2 + Math.floor(chance.draw() * 2);
    const missing = Array.from({ length: Math.max(wanted - alive.length, 0) }, () => Instance.start(world));
    alive.push(...(await Promise.all(missing)));
    // The wall calendar of the count ends with 2028: time does not pass it.
    if (world.clock.now() < '2026-11-01') {
      await office.work(dayAt(world.clock.now()));
      const days = chance.is(0.2) ? 21 * chance.draw() : 1.2 * chance.draw();
      world.clock.moveTo(fromMilliseconds(Date.parse(world.clock.now()) + days * 86_400_000));
    }
    // Many lives are short, some long enough to come to something.
    await sleep(chance.draw() ** 2 * lifeMs);
    // One of them, or all at once: then those that follow compare everything at the same time.
    const first = chance.is(0.3) ? 0 : Math.floor(chance.draw() * alive.length);
    const gone = alive.splice(first, first === 0 ? alive.length : 1);
    gone.forEach((one) => one.kill());
    done += gone.length;
  }
  alive.forEach((one) => one.kill());
  return done;
}
