import { commands } from './commands.js';
import { eventStore } from './event-store.js';
import { Processes } from './processes.js';
import { profile } from './profile.js';
import type { Result, Suite } from './suite.js';

/** `npm run bench -- [<suite>] [--quick] [--json]`. Suites by name; the first is what runs when none is named. */
const SUITES: Readonly<Record<string, Suite>> = { commands, eventstore: eventStore, profile };
const OPTIONS = ['--quick', '--json'];

async function main(args: readonly string[]): Promise<void> {
  const [name = Object.keys(SUITES)[0] ?? '', ...more] = args.filter((arg) => !arg.startsWith('--'));
  const unknown = [...args.filter((arg) => arg.startsWith('--') && !OPTIONS.includes(arg)), ...more];
  const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (!suite || unknown.length > 0) {
    process.stderr.write(`用法：npm run bench -- [${Object.keys(SUITES).join('|')}] [--quick] [--json]\n`);
    process.exitCode = 2;
    return;
  }
  const processes = await Processes.open();
  // Ended from outside, nothing it started may go on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void processes.stopAll().finally(() => process.exit(1)));
  try {
    const results = await suite({ quick: args.includes('--quick'), processes });
    process.stdout.write(args.includes('--json') ? `${JSON.stringify({ results })}\n` : results.map(told).join('\n'));
  } finally {
    await processes.stopAll();
  }
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
