/**
 * `npm run -s bar:crash`: what the service acknowledged outlives kill -9, and nothing is recorded twice. The last line of
 * standard output is {kills, acknowledged, lost, doubled, controlLost}; the exit code is 0 only if nothing was lost or
 * doubled and the control, which acknowledges before the commit, lost something.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { entryOf } from '../service/child.js';
import { killed, type Outcome, type Rounds } from './rounds.js';

const PLANS: Readonly<
  Record<'quick' | 'full', readonly [real: Omit<Rounds, 'entry'>, control: Omit<Rounds, 'entry'>]>
> = {
  quick: [
    { kills: 20, killsMin: 5, seconds: 16 },
    { kills: 5, killsMin: 3, seconds: 6 },
  ],
  full: [
    { kills: 400, killsMin: 400, seconds: 0 },
    { kills: 40, killsMin: 40, seconds: 0 },
  ],
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const [plan, controlPlan] = PLANS[values.quick ? 'quick' : 'full'];
  const real = await killed({ entry: entryOf('ledger'), ...plan });
  say('service', real);
  for (const what of real.unexpected.slice(0, 5)) console.error('  ', what);
  const control = await killed({ entry: join(__dirname, 'forgetful-main.js'), ...controlPlan });
  say('control', control);
  const { kills, acknowledged, lost, doubled } = real;
  console.log(JSON.stringify({ kills, acknowledged, lost, doubled, controlLost: control.lost }));
  const clean = lost === 0 && doubled === 0 && real.unaccounted === 0 && real.unexpected.length === 0;
  process.exitCode = clean && acknowledged > 0 && control.lost > 0 ? 0 : 1;
}

function say(who: string, { unexpected, ...counts }: Outcome): void {
  console.error(who, JSON.stringify({ ...counts, unexpected: unexpected.length }));
}

void main();
