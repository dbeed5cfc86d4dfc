import { setTimeout as sleep } from 'node:timers/promises';
import { assistance } from '#libs/assistance';
import { fromMilliseconds, instant, KeyErased, partsOf, type Key, type Keys, type Uuid } from '#libs/kernel';
import { developmentOrgans } from '#libs/law';
import { Watcher, watchedSystem, withDueIndex, projected, type AnyWatch } from '#libs/platform';
import { supervision } from '#libs/supervision';
import {
  LawShelf,
  Ledger,
  openLedger,
  recordOrganSeed,
  recordShippedLaw,
  SERVICE_ISSUER,
  SERVICE_PERSON,
} from '../../libs/platform/src/ledger/index.js';
import { SimulatedClock } from '../../libs/platform/src/service/clocks.js';
import {
  createSchema,
  openViewDatabase,
  Projector,
  viewTables,
  type ViewDatabase,
} from '../../libs/platform/src/views/index.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { tempFolder } from '../service/folder.js';
import { dayAt } from '../simulation/naive/days.js';
import { Chance } from '../simulation/chance.js';
import { counted, type Count } from './count.js';
import { Office } from './office.js';
import { SeveredLog } from './severed-log.js';

const LEDGER = 'kesu';
const BEGINS = '2026-03-02T01:00:00Z';
const DAYS_BEFORE = 10;
const SYSTEMS = [projected(withDueIndex(assistance)), projected(withDueIndex(supervision))];
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const recorder = { person: SERVICE_PERSON, issuer: SERVICE_ISSUER, subjectDigest: '', client: 'kesu' };

/** What outlives every instance: the log, the keys, the read models' database, and the time. */
interface World {
  readonly log: MemoryEventLog;
  readonly keys: Keys;
  readonly db: ViewDatabase;
  readonly clock: SimulatedClock;
  readonly watch: AnyWatch;
}

/** A supervisor with a projector of its own, as one process of several. */
class Instance {
  private readonly ended = new AbortController();
  private constructor(private readonly log: SeveredLog) {}

  static async start(world: World): Promise<Instance> {
    const log = new SeveredLog(world.log.again());
    const { watcher, law } = watcherOn(world, log);
    await law.refresh();
    const instance = new Instance(log);
    const projector = new Projector({ db: world.db, log, ledger: LEDGER, systems: SYSTEMS, logger: silent });
    void projector.run(instance.ended.signal).catch(() => undefined);
    void watcher.run(instance.ended.signal);
    return instance;
  }

  /** It is gone: whatever it had under way goes no further. */
  kill(): void {
    this.log.sever();
    this.ended.abort();
  }
}

function watcherOn(world: World, log: SeveredLog): { watcher: Watcher; law: LawShelf } {
  const law = new LawShelf(log, LEDGER);
  const ledger = ledgerOn(world, log, law);
  const watcher = new Watcher({
    ...{ log, law, ledger, recorder, ledgerName: LEDGER, logger: silent },
    watch: world.watch,
    clock: world.clock,
    systems: [watchedSystem(assistance), watchedSystem(supervision)],
    tables: viewTables(world.db, LEDGER),
    clocksAgree: () => true,
  });
  return { watcher, law };
}

const ledgerOn = ({ clock, keys }: World, log: World['log'] | SeveredLog, law: LawShelf): Ledger =>
  new Ledger({
    ...{ clock, keys, log, law, name: LEDGER, answerWithinMs: 30_000 },
    troubles: { assertSound: () => undefined },
    documents: { holds: () => Promise.resolve(true) },
  });

class KeysInMemory implements Keys {
  private readonly keys = new Map<Uuid, Key>();
  obtain(subject: Uuid): Promise<Key> {
    const key = this.keys.get(subject) ?? new Uint8Array(32).fill((this.keys.size % 255) + 1);
    this.keys.set(subject, key);
    return Promise.resolve(key);
  }
  find(subject: Uuid): Promise<Key | undefined> {
    return Promise.resolve(this.keys.get(subject));
  }
  destroy(subject: Uuid): Promise<void> {
    return Promise.reject(new KeyErased(subject));
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
  readonly watch: AnyWatch;
}

/**
 * Two to three supervisors on one log and one database of read models, killed at random moments while officers work and the
 * clock moves on, by hours or by weeks. In the end one is left alone until everything is looked at, and all is counted.
 */
export async function killedInstances({ seed, kills, seconds, lifeMs, watch }: Plan): Promise<Killed> {
  const chance = new Chance(seed);
  const folder = await tempFolder();
  const clock = new SimulatedClock(instant(BEGINS));
  const log = new MemoryEventLog(LEDGER, () => clock.now());
  const db = await openViewDatabase({ folder: folder.at('views'), log: silent });
  const world: World = { log, db, clock, watch, keys: new KeysInMemory() };
  try {
    const founding = { log, ledger: LEDGER, clock, keys: world.keys };
    await openLedger(founding, 'simulation');
    await recordShippedLaw(founding);
    await recordOrganSeed(founding, developmentOrgans(), 'urn:office');
    await createSchema(
      db,
      LEDGER,
      SYSTEMS.flatMap(({ views }) => views),
    );
    const law = new LawShelf(log, LEDGER);
    await law.refresh();
    const office = new Office(ledgerOn(world, log, law), chance);
    await begun(world, office);
    const done = await rounds(world, office, chance, { kills, seconds, lifeMs });
    const amidst = await lengthOf(log);
    await settled(world);
    return { kills: done, amidst, ...(await counted(log, office.stories, clock.now())) };
  } finally {
    await db.close();
    await folder.remove();
  }
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
  { kills, seconds, lifeMs }: Omit<Plan, 'seed' | 'watch'>,
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

/** How many facts of supervision there are. */
async function lengthOf(log: MemoryEventLog): Promise<number> {
  let length = 0;
  for await (const { stream } of log.readAll())
    if (partsOf(stream)?.category === supervision.decider.category) length += 1;
  return length;
}

/** One instance, left alone: it follows the log to its end and compares everything, until nothing is left to record. */
async function settled(world: World): Promise<void> {
  const log = new SeveredLog(world.log.again());
  const ended = new AbortController();
  const projector = new Projector({ db: world.db, log, ledger: LEDGER, systems: SYSTEMS, logger: silent });
  void projector.run(ended.signal).catch(() => undefined);
  for (let before = -1; ;) {
    while (!projector.lag().caughtUp) await sleep(20);
    await sleep(100);
    const length = await lengthOf(world.log);
    if (length === before && projector.lag().caughtUp) break;
    before = length;
    // One that has only begun compares everything.
    const { watcher, law } = watcherOn(world, log);
    await law.refresh();
    await watcher.turn(ended.signal);
  }
  await projector.stop();
  ended.abort();
}
