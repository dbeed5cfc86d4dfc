import { readFileSync } from 'node:fs';
import { open, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from '../files/index.js';

/** Windows cannot open a folder to flush it, and needs no such thing; a file it flushes for who may write it. */
const HAS_FOLDERS = process.platform !== 'win32';

/** What the last user of a folder left word of. */
interface LastUse {
  /** The machine's boot it was used in; empty where the system does not say. */
  readonly boot: string;
  /** Whether it was closed, with everything in it on disk. */
  readonly flushed: boolean;
}

/**
 * Whether data that PGlite wrote may be opened. PGlite never calls fsync, and after a power cut it opens data of which the
 * disk has only parts, without noticing: rows are missing then, or reading fails for ever. So data count only when they
 * were closed and flushed, or when the machine has run on since, because then they stand in its page cache at least. Where
 * the system does not tell one boot from another, whatever was not closed is not trusted.
 * @param home the folder beside whose data the word is kept.
 */
export function isTrusted(home: string, boot = bootId()): boolean {
  const last = lastUseOf(home);
  return last !== undefined && (last.flushed || (boot !== '' && last.boot === boot));
}

/** Leaves word, on disk, that the data are in use from now on. */
export const markInUse = (home: string, boot = bootId()): Promise<void> => leave(home, { boot, flushed: false });

/** Flushes everything below `data`, which nobody has open any more, and then leaves word that it is whole. */
export async function markFlushed(home: string, data: string, boot = bootId()): Promise<void> {
  const below = await readdir(data, { recursive: true, withFileTypes: true });
  const flushable = below.filter((entry) => entry.isFile() || (entry.isDirectory() && HAS_FOLDERS));
  const paths = flushable.map(({ parentPath, name }) => join(parentPath, name));
  // All at once: the file system flushes its device for many of a thousand files together.
  await Promise.all([...paths, ...(HAS_FOLDERS ? [data] : [])].map(flushed));
  await leave(home, { boot, flushed: true });
}

/** Tells this run of the machine from every other (random(4)); empty where the system does not say. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

const wordIn = (home: string): string => join(home, 'last-use.json');

function lastUseOf(home: string): LastUse | undefined {
  try {
    const { boot, flushed } = JSON.parse(readFileSync(wordIn(home), 'utf8')) as Partial<LastUse>;
    return typeof boot === 'string' && typeof flushed === 'boolean' ? { boot, flushed } : undefined;
  } catch {
    return undefined;
  }
}

async function leave(home: string, use: LastUse): Promise<void> {
  const draft = `${wordIn(home)}.draft`;
  await writeFile(draft, JSON.stringify(use), { flush: true });
  await rename(draft, wordIn(home));
  await flushFolder(home);
}

async function flushed(path: string): Promise<void> {
  const file = await open(path, HAS_FOLDERS ? 'r' : 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
