import { parseArgs } from 'node:util';
import type { Asked } from './asked.js';
import { HELP } from './help.js';
import { MISUSED, Refused } from './refused.js';

/** Exit codes: 0 done, 1 not done, 2 asked for what makes no sense. */
const NOT_DONE = 1;

const OPTIONS = {
  as: { type: 'string' },
  'acting-as': { type: 'string' },
  purpose: { type: 'string' },
  from: { type: 'string' },
  limit: { type: 'string' },
  extend: { type: 'string', multiple: true },
  before: { type: 'boolean', default: false },
  at: { type: 'string' },
  'occurred-by': { type: 'string' },
  revision: { type: 'string' },
  on: { type: 'string' },
  reason: { type: 'string' },
  seed: { type: 'string' },
  size: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Loaded only when asked for, so that help and errors answer at once. */
const COMMANDS: Readonly<Record<string, () => Promise<(asked: Asked) => Promise<void>>>> = {
  replay: async () => (await import('./replay.js')).replay,
  custody: async () => (await import('./custody.js')).custody,
  rebuild: async () => (await import('./rebuild.js')).rebuild,
  backup: async () => (await import('./backup.js')).backup,
  due: async () => (await import('./due.js')).due,
  calendar: async () => (await import('./calendar.js')).calendar,
  sample: async () => (await import('./sample.js')).sample,
  law: async () => (await import('./law.js')).law,
  token: async () => (await import('./token.js')).token,
};

async function main(): Promise<void> {
  const { values, positionals } = parsed();
  const [name, ...words] = positionals;
  if (values.help || name === undefined) {
    process.stdout.write(HELP);
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Refused(`没有命令 ${name}\n\n${HELP}`, MISUSED);
  const { as, 'acting-as': actingAs, purpose, json, on, reason, from, limit, extend, before, seed, size } = values;
  const moment = { at: values.at, occurredBy: values['occurred-by'], revision: values.revision };
  await (
    await command()
  )({
    words,
    as,
    actingAs,
    purpose,
    json,
    on,
    reason,
    moment,
    count: { from, limit, extend, before },
    draw: { seed, size },
  });
}

function parsed() {
  const read = readArgs();
  const said = read.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const repeated = said.find((name, index) => name !== 'extend' && said.indexOf(name) < index);
  if (repeated !== undefined) throw new Refused(`选项 --${repeated} 只能写一次`, MISUSED);
  return read;
}

function readArgs() {
  try {
    const args = withNegatives(process.argv.slice(2));
    return parseArgs({ args, options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    throw new Refused(`选项有误：${(error as Error).message}\n\n${HELP}`, MISUSED);
  }
}

/** `--limit -5wd` as `--limit=-5wd`: a negative number is a value, which is refused by what is wrong with it. */
function withNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const before = joined.at(-1) ?? '';
    if (/^-\d/.test(word) && /^--[a-z-]+$/.test(before)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refused ? error.message : messageOf(error)}\n`);
  process.exitCode = error instanceof Refused ? error.exitCode : NOT_DONE;
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
