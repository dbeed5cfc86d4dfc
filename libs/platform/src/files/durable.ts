import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the names in `folder` durable. Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes `folder`, for this user alone, and every folder above it that is missing. All their names are durable. */
export async function makeFolder(folder: string): Promise<void> {
  const topmost = (await mkdir(folder, { recursive: true, mode: 0o700 })) ?? folder;
  // Each folder's name stands in the one above it, also where another process made the folder a moment ago.
  for (let made = folder; ; made = dirname(made)) {
    await flushFolder(dirname(made));
    if (made.length <= topmost.length) break;
  }
}

/** Whether `error` is one of Node's or the file system's, of this code. */
export const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
