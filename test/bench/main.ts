import { caseState } from './case-state.js';
import { commands } from './commands.js';
import { eventStore } from './event-store.js';
import { Processes } from './processes.js';
import { profile } from './profile.js';
import { rebuild } from './rebuilding.js';
import { search } from './searching.js';
import { supervision } from './supervision.js';
import type { Result, Suite } from './suite.js';

/** `npm run bench -- [<suite>] [--quick] [--json]`: one suite by its name, or all of these, in this order. */
const SUITES: Readonly<Record<string, Suite>> = { commands, eventstore: eventStore, case: caseState, rebuild, search };
/** Run only when it is named: it tells where time goes, or takes long. */
const APART: Readonly<Record<string, Suite>> = { profile, supervision };
const OPTIONS = ['--quick', '--json'];

async function main(args: readonly string[]): Promise<void> {
  const [name, ...more] = args.filter((arg) => !arg.startsWith('--'));
  const unknown = [...args.filter((arg) => arg.startsWith('--') && !OPTIONS.includes(arg)), ...more];
  const suites = name === undefined ? Object.values(SUITES) : named(name);
  if (suites.length === 0 || unknown.length > 0) {
    const names = Object.keys({ ...SUITES, ...APART }).join('|');
    process.stderr.write(`用法：npm run bench -- [${names}] [--quick] [--json]\n`);
    process.exitCode = 2;
    return;
  }
  const processes = await Processes.open();
  // Ended from outside, nothing it started may go on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void processes.stopAll().finally(() => process.exit(1)));
  try {
    const results: Result[] = [];
    for (const suite of suites) results.push(...(await suite({ quick: args.includes('--quick'), processes })));
    process.stdout.write(args.includes('--json') ? `${JSON.stringify({ results })}\n` : results.map(told).join('\n'));
  } finally {
    await processes.stopAll();
  }
}

function named(name: string): readonly Suite[] {
  const all = { ...SUITES, ...APART };
  const suite = Object.hasOwn(all, name) ? all[name] : undefined;
  return suite ? [suite] : [];
}

/** For people: the name, then figure by figure. */
const told = ({ name, ...figures }: Result): string =>
  `${name}\n${Object.entries(figures)
    .map(([figure, value]) => `  ${figure.padEnd(18)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`)
    .join('')}`;

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
