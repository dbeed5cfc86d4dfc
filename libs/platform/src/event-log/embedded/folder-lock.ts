import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An exclusive lock on a folder that dies with its process. Each taking is a file `lock.<n>` that names the process;
 * the highest n counts, and it counts only while that process lives. Taking over makes `lock.<n+1>` by a hard link,
 * which only one process can do, and the highest file is never removed, so no number comes twice.
 */
const LOCK = /^lock\.(\d+)$/;
const DRAFT = /^lock\.draft-/;

interface Holder {
  readonly pid: number;
  /** Tells this process from a later one with the same number; empty where the system does not say. */
  readonly started: string;
}

export interface FolderLock {
  release(): void;
}

/** Takes the lock, or returns the number of the process that holds it. @throws the file system's error. */
export function takeLock(folder: string): FolderLock | number {
  const draft = join(folder, `lock.draft-${process.pid}-${randomUUID()}`);
  for (;;) {
    const latest = latestLock(folder);
    const holder = latest === 0 ? undefined : holderOf(folder, latest);
    if (holder && isAlive(holder)) return holder.pid;
    writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }), { flush: true });
    const mine = lockFile(folder, latest + 1);
    if (!linked(draft, mine)) continue;
    remove(draft);
    if (latestLock(folder) !== latest + 1) {
      remove(mine);
      continue;
    }
    removeOthers(folder, latest + 1);
    return { release: () => release(mine) };
  }
}

/** The process that holds the lock on `folder`, or undefined when none does. */
export function lockHolder(folder: string): number | undefined {
  const latest = latestLock(folder);
  const holder = latest === 0 ? undefined : holderOf(folder, latest);
  return holder && isAlive(holder) ? holder.pid : undefined;
}

const lockFile = (folder: string, number: number): string => join(folder, `lock.${number}`);

function latestLock(folder: string): number {
  try {
    return Math.max(0, ...readdirSync(folder).map((name) => Number(LOCK.exec(name)?.[1] ?? 0)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** A lock is linked whole, so one that cannot be read was let go of, or emptied by a power cut. */
function holderOf(folder: string, number: number): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(lockFile(folder, number), 'utf8')) as Holder;
    return Number.isSafeInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return startOf(pid) === started;
}

/** Boot and clock tick at which the process began, from Linux' /proc (proc(5), `starttime`); a zombie began never. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /^[ZX]/.test(fields[0] ?? '') ? 'gone' : `${boot}/${fields[19]}`;
  } catch {
    return '';
  }
}

function linked(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    // Somebody else was first, or swept the draft away while taking the lock.
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function removeOthers(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    const number = Number(LOCK.exec(name)?.[1] ?? mine);
    if (number < mine || DRAFT.test(name)) remove(join(folder, name));
  }
}

/** The file stays, naming nobody: its number must not be taken twice. Emptying it works on a full disk as well. */
const release = (mine: string): void => truncateSync(mine, 0);

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error !== null && typeof error === 'object' ? Reflect.get(error, 'code') : undefined;
