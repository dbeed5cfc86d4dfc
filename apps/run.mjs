/**
 * Runs an app (`ledger`, `cli`, `demo`) or a tool of the test tree (`test/bench`) by its name, building what is stale
 * first. Every npm script goes through here, so each works right after `npm ci`. What the compiler says goes to standard
 * error: standard output belongs to what is run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = '', ...rest] = process.argv.slice(2);
const isTool = name.startsWith('test/');
const project = join(root, isTool ? 'tsconfig.tools.json' : 'tsconfig.build.json');
const stamp = join(root, 'dist', isTool ? '.tools.tsbuildinfo' : '.tsbuildinfo');

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

function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const settings = [project, join(root, 'tsconfig.json'), join(root, 'package-lock.json')];
  const sources = ['apps', 'libs', ...(isTool ? ['test'] : [])];
  return (
    settings.some((path) => statSync(path).mtimeMs > built) ||
    sources.some((folder) => newestSource(join(root, folder)) > built)
  );
}

if (isStale()) {
  const begun = new Date();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const built = spawnSync(process.execPath, [compiler, '-p', project], { stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 1);
  // The compiler leaves the stamp alone when nothing had to be emitted; it must say what was looked at.
  utimesSync(stamp, begun, begun);
}

if (name !== '--build-only') {
  const entry = join(root, 'dist', ...(isTool ? [name, 'main.js'] : ['apps', name, 'src', 'main.js']));
  process.argv = [process.argv[0], entry, ...rest];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(entry).href);
}
