import { setTimeout as sleep } from 'node:timers/promises';
import { assistance } from '#libs/assistance';
import { instant, KeyErased, partsOf, type Key, type Keys, type Uuid } from '#libs/kernel';
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
import { silent } from '../service/silent.js';
import { dayAt } from '../simulation/naive/days.js';
import type { Chance } from '../simulation/chance.js';
import { Office } from './office.js';
import type { SeveredLog } from './severed-log.js';

const BEGINS = '2026-03-02T01:00:00Z';
const SYSTEMS = [projected(withDueIndex(assistance)), projected(withDueIndex(supervision))];
const recorder = { person: SERVICE_PERSON, issuer: SERVICE_ISSUER, subjectDigest: '', client: 'kesu' };

/** What outlives every instance: the log, the keys, the read models' database, and the time. */
export interface World {
  readonly ledger: string;
  readonly log: MemoryEventLog;
  readonly keys: Keys;
  readonly db: ViewDatabase;
  readonly clock: SimulatedClock;
  readonly watch: AnyWatch;
  /** The days on which everything was looked at until nothing was left to record. */
  readonly looks: string[];
}

/** A database for the read models of any number of worlds, for as long as `play` lasts. */
export async function withViews<T>(play: (db: ViewDatabase) => Promise<T>): Promise<T> {
  const folder = await tempFolder();
  const db = await openViewDatabase({ folder: folder.at('views'), log: silent });
  try {
    return await play(db);
  } finally {
    await db.close();
    await folder.remove();
  }
}

/** What a world is made of: its name is its own in the database. */
export type Begun = Pick<World, 'db' | 'ledger' | 'watch'>;

/** A ledger on its first day, and officers at work. */
export async function begunWorld(
  { db, ledger, watch }: Begun,
  chance: Chance,
): Promise<{ readonly world: World; readonly office: Office }> {
  const clock = new SimulatedClock(instant(BEGINS));
  const log = new MemoryEventLog(ledger, () => clock.now());
  const world: World = { ledger, log, db, clock, watch, keys: new KeysInMemory(), looks: [] };
  const founding = { log, ledger, clock, keys: world.keys };
  await openLedger(founding, 'simulation');
  await recordShippedLaw(founding);
  await recordOrganSeed(founding, developmentOrgans(), 'urn:office');
  await createSchema(
    db,
    ledger,
    SYSTEMS.flatMap(({ views }) => views),
  );
  const law = new LawShelf(log, ledger);
  await law.refresh();
  return { world, office: new Office(ledgerOn(world, log, law), chance) };
}

export const projectorOn = ({ db, ledger }: World, log: World['log'] | SeveredLog): Projector =>
  new Projector({ db, log, ledger, systems: SYSTEMS, logger: silent });

/** One that has only begun, and therefore compares everything. */
export async function watcherOn(world: World, log: World['log'] | SeveredLog): Promise<Watcher> {
  const law = new LawShelf(log, world.ledger);
  const ledger = ledgerOn(world, log, law);
  await law.refresh();
  return new Watcher({
    ...{ log, law, ledger, recorder, ledgerName: world.ledger, logger: silent },
    watch: world.watch,
    clock: world.clock,
    systems: [watchedSystem(assistance), watchedSystem(supervision)],
    tables: viewTables(world.db, world.ledger),
    clocksAgree: () => true,
  });
}

const ledgerOn = ({ ledger, clock, keys }: World, log: World['log'] | SeveredLog, law: LawShelf): Ledger =>
  new Ledger({
    ...{ clock, keys, log, law, name: ledger, answerWithinMs: 30_000 },
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

/** How many facts of supervision there are. */
export async function lengthOf(log: MemoryEventLog): Promise<number> {
  let length = 0;
  for await (const { stream } of log.readAll())
    if (partsOf(stream)?.category === supervision.decider.category) length += 1;
  return length;
}

/** Instances one after the other, each left alone: they compare everything, until nothing is left to record. */
export async function settled(world: World): Promise<void> {
  for (let before = -1; ;) {
    await shown(world);
    const length = await lengthOf(world.log);
    if (length === before) break;
    before = length;
    const watcher = await watcherOn(world, world.log.again());
    await watcher.turn(new AbortController().signal);
  }
  world.looks.push(dayAt(world.clock.now()));
}

/** Brings the read models to the end of the log. */
export async function shown(world: World): Promise<void> {
  const projector = projectorOn(world, world.log.again());
  void projector.run(new AbortController().signal);
  while (!projector.lag().caughtUp) await sleep(5);
  await projector.stop();
}
