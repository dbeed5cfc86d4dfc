import { readFile } from 'node:fs/promises';

/** Resident memory of a process in MiB: what it holds itself, and files mapped into it, which the system may drop. */
export interface Memory {
  readonly ownMiB: number;
  readonly mappedMiB: number;
}

/** Undefined where the system does not tell the two apart (only Linux does, proc_pid_status(5)). */
export async function memoryOf(pid: number): Promise<Memory | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const mebibytes = (field: string): number =>
    Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024);
  const memory = { ownMiB: mebibytes('RssAnon'), mappedMiB: mebibytes('RssFile') + mebibytes('RssShmem') };
  return Number.isNaN(memory.ownMiB) ? undefined : memory;
}
