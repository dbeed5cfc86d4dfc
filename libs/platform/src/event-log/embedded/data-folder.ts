import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a process left the log: how many events it knew to be durable, and whether a commit had failed. */
export interface Stop {
  readonly events: number;
  readonly failed: boolean;
}

/**
 * The files of one log: the data file, LMDB's own lock beside it, and word of the last stop, unless it was a kill. A data file gets its name only when it is whole, so one that is empty or cut was made so.
 */
export class DataFolder {
  readonly file: string;
  /** A data file in the making; what stands there at a start was never finished. */
  readonly draft: string;
  private readonly marker: string;

  constructor(readonly path: string) {
    this.file = join(path, 'events.mdb');
    this.draft = join(path, 'draft.mdb');
    this.marker = join(path, 'last-stop.json');
  }

  get hasFile(): boolean {
    return existsSync(this.file);
  }

  /** Whether a data file once stood here, though none does now. LMDB's lock comes with the first opening and stays. */
  get lostFile(): boolean {
    return !this.hasFile && (existsSync(`${this.file}-lock`) || existsSync(this.marker));
  }

  clearDraft(): void {
    for (const file of [this.draft, `${this.draft}-lock`]) rmSync(file, { force: true });
  }

  /** Gives the draft, which must be closed, its name, on disk. */
  adoptDraft(): void {
    renameSync(this.draft, this.file);
    this.clearDraft();
    syncFolder(this.path);
  }

  /** What the last process left word of, or undefined when it was killed. */
  lastStop(): Stop | undefined {
    try {
      const { events, failed } = JSON.parse(readFileSync(this.marker, 'utf8')) as Partial<Stop>;
      return typeof events === 'number' && typeof failed === 'boolean' ? { events, failed } : undefined;
    } catch {
      return undefined;
    }
  }

  /** From now on a stop is unclean until marked otherwise, on disk. */
  clearStop(): void {
    rmSync(this.marker, { force: true });
    syncFolder(this.path);
  }

  /** Where this cannot be written (a full disk), the stop counts as unclean, which only costs time. */
  markStop(stop: Stop): void {
    const draft = `${this.marker}.draft`;
    try {
      writeFileSync(draft, JSON.stringify(stop), { flush: true });
      renameSync(draft, this.marker);
      syncFolder(this.path);
    } catch {
      rmSync(draft, { force: true });
    }
  }
}

/** Makes new names in a folder durable. Windows cannot open a folder and needs no such thing. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
