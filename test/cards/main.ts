/**
 * `npm run -s bar:cards`: every warning and card that turned is recorded exactly once, across kill -9, restarts, several
 * instances and a clock that jumps. The last line of standard output is {kills, due, lost, doubled, …}; the exit code is 0
 * only if nothing was lost, doubled or unfounded, and two planted defects were caught, in situations that cannot miss them.
 */
import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasty, sound, trusting } from './defects.js';
import { killedInstances, type Killed } from './instances.js';
import { scripted } from './scripted.js';
import { killedService } from './service-rounds.js';
import { withViews } from './world.js';

const PLANS = {
  quick: {
    instances: { kills: 60, seconds: 22 },
    service: { kills: 12, seconds: 22 },
  },
  full: {
    instances: { kills: 750, seconds: 3_600 },
    service: { kills: 250, seconds: 3_600 },
  },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, seed: { type: 'string' } } });
  const plan = PLANS[values.quick ? 'quick' : 'full'];
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  console.error('seed', seed);
  const passed = await withViews(async (db) => {
    const [instances, service] = await Promise.all([
      killedInstances({ db, ledger: 'killed', watch: sound() }, { seed, ...plan.instances, lifeMs: 1_500 }),
      killedService(plan.service),
    ]);
    say('instances', instances);
    say('service', service);
    const situations = await scripted({ db, ledger: 'sound', watch: sound() });
    say('scripted', situations);
    const doubling = await scripted({ db, ledger: 'trusting', watch: trusting() });
    say('control: ids of its own', doubling);
    const losing = await scripted({ db, ledger: 'hasty', watch: hasty() });
    say('control: noted before it is done', losing);
    const sum = (figure: keyof Omit<Killed, 'wrong'>): number =>
      instances[figure] + service[figure] + situations[figure];
    const told = { kills: sum('kills'), due: sum('due'), lost: sum('lost'), doubled: sum('doubled') };
    const amidWriting = sum('amidWriting');
    const control = { controlDoubled: doubling.doubled, controlLost: losing.lost };
    console.log(JSON.stringify({ ...told, amidWriting, ...control }));
    const clean = told.lost === 0 && told.doubled === 0 && sum('unfounded') === 0 && told.due > 0;
    return clean && control.controlDoubled > 0 && control.controlLost > 0;
  });
  process.exitCode = passed ? 0 : 1;
}

const say = (what: string, killed: Partial<Killed>): void => console.error(what, JSON.stringify(killed));

void main();
