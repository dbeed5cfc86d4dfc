/**
 * The lock file must install on Linux, macOS and Windows: every optional dependency that a locked package names must
 * have an entry of its own, and no entry may name the registry it came from.
 */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const faults = [];

const isLocked = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
};

for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {}))
    if (!isLocked(path, name)) faults.push(`${path || 'the root'} names ${name}, which is not in the lock file`);
  if (entry.resolved?.startsWith('http')) faults.push(`${path} records a download address`);
}

for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);
