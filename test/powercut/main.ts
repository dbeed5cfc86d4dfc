/**
 * `npm run -s bar:powercut`: what the service acknowledged outlives a power cut, and nothing is recorded twice. The last
 * line of standard output is {cuts, kills, acknowledged, lost, doubled, controlLost}: every cut takes a process with it.
 * Exit code 0 only if nothing was lost or doubled, the read models led to what the log says, and both controls lost something: a service that flushes nothing, and
 * the service itself on a disk that is not told to flush. 3 where the machine cannot do it, said loudly: it needs Linux,
 * root and loop devices.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { entryOf } from '../service/child.js';
import { cutUnderLoad, type Outcome, type Plan } from './cuts.js';
import { LayeredDisk } from './layered-disk.js';
import { runOnOwn, whyNotOwn } from './own-machine.js';

const CANNOT = 3;
/** Set for the process that has mounts of its own. */
const OWN_MACHINE = 'POWERCUT_OWN_MACHINE';

type Rounds = Pick<Plan, 'cuts' | 'cutsMin' | 'seconds'>;
interface Plans {
  readonly real: Rounds;
  readonly control: Rounds;
}

const PLANS: Readonly<Record<'quick' | 'full', Plans>> = {
  quick: { real: { cuts: 20, cutsMin: 8, seconds: 40 }, control: { cuts: 3, cutsMin: 3, seconds: 0 } },
  full: { real: { cuts: 200, cutsMin: 200, seconds: 0 }, control: { cuts: 20, cutsMin: 20, seconds: 0 } },
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const onOwn = process.env[OWN_MACHINE] !== undefined;
  const reason = await (onOwn ? whyNoDisk() : whyNotOwn());
  if (reason !== undefined) {
    console.error(`断电检验没有进行：${reason}。它需要 Linux、root 权限和回环设备（loop device）。`);
    process.exitCode = CANNOT;
  } else if (onOwn) {
    process.exitCode = (await cutsHold(PLANS[values.quick ? 'quick' : 'full'])) ? 0 : 1;
  } else {
    const env = { ...process.env, [OWN_MACHINE]: '1' };
    process.exitCode = await runOnOwn([__filename, ...process.argv.slice(2)], env);
  }
}

/** @returns whether the service kept what it promised and the controls did not. */
async function cutsHold(plans: Plans): Promise<boolean> {
  const ledger = entryOf('ledger');
  const flushless = join(__dirname, 'flushless-main.js');
  const told = { barriers: true };
  const real = await cutUnderLoad({ entry: ledger, disk: told, control: false, ...plans.real });
  say('service', real);
  for (const what of real.unexpected.slice(0, 5)) console.error('  ', what);
  const unflushed = await cutUnderLoad({ entry: flushless, disk: told, control: true, ...plans.control });
  say('control: a service that flushes nothing', unflushed);
  const untold = await cutUnderLoad({ entry: ledger, disk: { barriers: false }, control: true, ...plans.control });
  say('control: a disk that is not told to flush', untold);
  const { cuts, acknowledged, lost, doubled } = real;
  const controlLost = Math.min(unflushed.lost, untold.lost);
  console.log(JSON.stringify({ cuts, kills: cuts, acknowledged, lost, doubled, controlLost }));
  const clean = lost === 0 && doubled === 0 && real.unaccounted === 0 && real.unexpected.length === 0;
  return clean && real.viewsWrong === 0 && real.refused === undefined && acknowledged > 0 && controlLost > 0;
}

/** Why no disk of ours can be made here; undefined when it can. */
async function whyNoDisk(): Promise<string | undefined> {
  try {
    await (await LayeredDisk.make({ barriers: true })).remove();
    return undefined;
  } catch (error) {
    return `无法建立可断电的磁盘（${error instanceof Error ? error.message.trim() : String(error)}）`;
  }
}

/** `unexpectedAnswers`: what the load was answered and should not have been; a control that lost keys or events gives many. */
function say(who: string, { unexpected, refused, ...counts }: Outcome): void {
  const why = refused === undefined ? {} : { refused: reasonIn(refused) };
  console.error(who, JSON.stringify({ ...counts, unexpectedAnswers: unexpected.length, ...why }));
}

/** The first thing a service said that gives a reason, without its stack. */
function reasonIn(output: string): string {
  const [line = ''] = output.split('\n').filter((text) => text.trim() !== '');
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter((part) => part !== undefined).join('：');
  } catch {
    return line.trim();
  }
}

void main();
