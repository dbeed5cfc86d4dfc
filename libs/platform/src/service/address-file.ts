import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a running service leaves its address for the command line on the same machine. @returns how to take it away. */
export async function leaveAddress(data: string, url: string): Promise<() => Promise<void>> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const path = join(data, 'service.json');
  await writeFile(path, `${JSON.stringify({ url, pid: process.pid })}\n`);
  return () => rm(path, { force: true });
}
