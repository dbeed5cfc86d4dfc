import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TRIES_MAX = 400;
const PAUSE_MS = 5;

/**
 * Copies the file behind a block device as of one instant. A copy takes time, and one that a write ran past could hold
 * the later of two writes without the earlier: a state that no disk was ever in. So a copy counts only if the device
 * had no write under way when it began and has begun none until it ended; otherwise it is made again.
 * @param device its folder in sysfs. Its writers must have been stopped; the kernel's own end by themselves.
 */
export async function copiedWhileStill(device: string, from: string, to: string): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = await writesOf(device);
    if (before.underWay === 0) {
      await run('cp', ['--sparse=always', from, to]);
      const after = await writesOf(device);
      if (after.underWay === 0 && after.done === before.done) return;
    }
    await sleep(PAUSE_MS);
  }
  throw new Error(`${device} does not come to rest`);
}

interface Writes {
  readonly underWay: number;
  /** Writes, sectors written and discards so far. */
  readonly done: string;
}

/**
 * Requests under way are read first, those that have ended afterwards: so a request that runs while both are read shows
 * in one of them, here or at the other end of the copy (Documentation/block/stat.rst of Linux tells the columns).
 */
async function writesOf(device: string): Promise<Writes> {
  const [, underWay] = numbersIn(await readFile(join(device, 'inflight'), 'utf8'));
  const stat = numbersIn(await readFile(join(device, 'stat'), 'utf8'));
  const [, , , , writes, , sectors, , , , , discards] = stat;
  return { underWay: underWay ?? Number.NaN, done: [writes, sectors, discards].join(' ') };
}

const numbersIn = (text: string): number[] => text.trim().split(/\s+/).map(Number);
