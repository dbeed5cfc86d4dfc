import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of one log: the data file, LMDB's own lock beside it, and after a clean stop a marker that says how many
 * events there were. A data file gets its name only when it is whole, so one that is empty or cut was made so.
 */
export class DataFolder {
  readonly file: string;
  /** A data file in the making; what stands there at a start was never finished. */
  readonly draft: string;
  private readonly marker: string;

  constructor(readonly path: string) {
    this.file = join(path, 'events.mdb');
    this.draft = join(path, 'draft.mdb');
    this.marker = join(path, 'clean-stop.json');
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

  /** How many events there were at the last clean stop, or undefined when the last stop was none. */
  cleanEvents(): number | undefined {
    try {
      const { events } = JSON.parse(readFileSync(this.marker, 'utf8')) as { events: unknown };
      return typeof events === 'number' ? events : undefined;
    } catch {
      return undefined;
    }
  }

  /** From now on a stop is unclean until marked otherwise, on disk. */
  clearMarker(): void {
    rmSync(this.marker, { force: true });
    syncFolder(this.path);
  }

  markClean(events: number): void {
    const draft = `${this.marker}.draft`;
    writeFileSync(draft, JSON.stringify({ events }), { flush: true });
    renameSync(draft, this.marker);
    syncFolder(this.path);
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
