import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test's own, below the system's folder for such, until it is removed. */
export interface TempFolder {
  readonly path: string;
  /** A path in it. */
  at(...names: string[]): string;
  remove(): Promise<void>;
}

export async function tempFolder(): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), 'kesu-service-'));
  return {
    path,
    at: (...names) => join(path, ...names),
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}
