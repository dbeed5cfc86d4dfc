import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Position } from '#libs/kernel';
import { flushFolder, isCode, makeFolder } from '../files/index.js';

/** How far a reaction has looked. It is never the truth: without one, the reaction looks at the whole log again. */
export interface Progress {
  read(): Promise<Position | undefined>;
  write(position: Position): Promise<void>;
}

/**
 * 进度 of the reactions, one small file each, in the key folder: the one folder all instances share, and the one that must
 * not know more than it does. Whoever restores it from a backup restores the keys erased since, and with them a progress
 * that stands before those erasures: the reaction looks at them again and destroys the keys again.
 *
 * What another instance wrote may stand behind or before one's own: both looked at everything before it. A file that does
 * not read as it was written counts for none.
 */
export const progressIn = (keys: string, ledger: string, reaction: string): Progress => {
  const path = join(keys, 'progress', `${ledger}.${reaction}`);
  return { read: () => readFrom(path), write: (position) => writeTo(path, position) };
};

async function readFrom(path: string): Promise<Position | undefined> {
  try {
    const parts = /^1 (\S{1,200}) ([0-9a-f]{32})\n$/.exec(await readFile(path, 'utf8'));
    const [, position = '', digest] = parts ?? [];
    return digest === digestOf(position) ? (position as Position) : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function writeTo(path: string, position: Position): Promise<void> {
  const made = `${path}.${randomUUID()}.new`;
  await makeFolder(dirname(path));
  try {
    const file = await open(made, 'wx', 0o600);
    try {
      await file.writeFile(`1 ${position} ${digestOf(position)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(made, path);
    await flushFolder(dirname(path));
  } finally {
    await rm(made, { force: true });
  }
}

const digestOf = (position: string): string => createHash('sha256').update(position).digest('hex').slice(0, 32);
