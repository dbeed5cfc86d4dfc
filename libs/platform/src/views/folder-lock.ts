import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messages } from './messages.js';

/** Locks held by this process: after a container's restart its pid stands in the file again, without being held. */
const held = new Set<string>();

/**
 * Takes `<folder>.lock` for this process. PGlite has no lock of its own, and two processes in one folder destroy it.
 * A lock whose process is gone is taken over; where the system tells when a process started, so is one whose pid
 * belongs to another process by now.
 * @returns how to let go. @throws Error with a Chinese message when another living process holds it.
 */
export function lockFolder(folder: string): () => void {
  const path = `${resolve(folder)}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine, { flag: 'wx' });
  try {
    while (!linked(draft, path)) takeAway(path, folder);
  } finally {
    rmSync(draft);
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

/** Moves a dead owner's lock out of the way; puts it back when somebody else replaced it in between. */
function takeAway(path: string, folder: string): void {
  const owner = read(path);
  if (owner === undefined) return;
  const [pid = 0, start] = owner.trim().split(' ').map(Number);
  const lives = pid === process.pid ? held.has(path) : isAlive(pid) && startOf(pid) === start;
  if (lives) throw new Error(messages.inUse(folder, pid));
  const aside = `${path}.${randomUUID()}`;
  renameSync(path, aside);
  if (read(aside) !== owner) linked(aside, path);
  rmSync(aside);
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks from boot to the start of the process (proc(5), field 22); 0 where the system does not tell. */
function startOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
  return Number(fields?.[19] ?? 0);
}
