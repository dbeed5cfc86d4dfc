import { instant, type Instant } from '#libs/kernel';
import type { AnyWatch } from '#libs/platform';
import { Chance } from '../simulation/chance.js';
import { dayAfter } from '../simulation/naive/days.js';
import { counted } from './count.js';
import type { Killed } from './instances.js';
import { begunWorld, settled, shown, watcherOn, type Begun, type World } from './world.js';

/** What befalls a watch that has looked and is about to record. */
type Mishap = (world: World) => AnyWatch;

class Died extends Error {}

/** Another one, with a process of its own, looks at the same and records it first. */
const overtaken: Mishap = (world) => ({
  ...world.watch,
  record: async (ledger, command) => {
    await turned(world);
    return world.watch.record(ledger, command);
  },
});

const diedBeforeItRecorded: Mishap = ({ watch }) => ({ ...watch, record: () => Promise.reject(new Died()) });

const diedBeforeItWasAnswered: Mishap = ({ watch }) => ({
  ...watch,
  record: async (ledger, command) => {
    await watch.record(ledger, command);
    throw new Died();
  },
});

/** A delivery on each of these Mondays: no holiday is near, so the stages turn on the days that follow. */
const ROUNDS = [
  { delivered: '2026-03-02', mishap: overtaken, kills: 0 },
  { delivered: '2026-05-11', mishap: diedBeforeItRecorded, kills: 1 },
  { delivered: '2026-07-06', mishap: diedBeforeItWasAnswered, kills: 1 },
] as const;
/** 预警, 黄牌 and 红牌 of a limit of ten working days, in days after that Monday. */
const STAGES = [11, 15, 22] as const;

/**
 * The situations that random kills may or may not meet, each met for certain, at each stage of a case: nothing here depends
 * on chance or on speed. One watch a time has looked and is about to record when the mishap of the round befalls it; then
 * others compare everything until nothing is left to record.
 */
export async function scripted(of: Begun): Promise<Killed> {
  const { world, office } = await begunWorld(of, new Chance(1));
  let done = 0;
  for (const { delivered, mishap, kills } of ROUNDS) {
    world.clock.moveTo(morningOf(delivered));
    await office.open(delivered);
    for (const days of STAGES) {
      world.clock.moveTo(morningOf(dayAfter(delivered, days)));
      await shown(world);
      await turned({ ...world, watch: mishap(world) });
      done += kills;
      await settled(world);
    }
  }
  return {
    kills: done,
    amidWriting: done,
    ...(await counted(world.log, office.stories, world.clock.now(), world.looks)),
  };
}

async function turned(world: World): Promise<void> {
  const watcher = await watcherOn(world, world.log.again());
  await watcher.turn(new AbortController().signal);
}

const morningOf = (day: string): Instant => instant(`${day}T01:00:00Z`);
