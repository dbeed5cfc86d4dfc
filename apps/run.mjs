/**
 * Runs an app of this repository by its name, building what is stale first: `node apps/run.mjs ledger`.
 * Every npm script goes through here, so each works right after `npm ci`. What the compiler says goes to
 * standard error: standard output belongs to the app alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.tsbuildinfo');

function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (/\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.spec.ts'))
      newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

function stale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  return (
    settings.some((name) => statSync(join(root, name)).mtimeMs > built) ||
    ['apps', 'libs'].some((folder) => newestSource(join(root, folder)) > built)
  );
}

if (stale()) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // --incremental alone would leave the stamp untouched when nothing was emitted; a forced write keeps it the truth.
  const built = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
  const { utimesSync } = await import('node:fs');
  const now = new Date();
  utimesSync(stamp, now, now);
}

const [name = '', ...rest] = process.argv.slice(2);
if (name !== '--build-only') {
  const entry = join(root, 'dist', 'apps', name, 'src', 'main.js');
  process.argv = [process.argv[0], entry, ...rest];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(entry).href);
}
