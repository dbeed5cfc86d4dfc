import { randomUUID } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode, makeFolder } from '../files/index.js';
import type { Logger } from '../log/index.js';

/** A file under way is written to, or given up, long before it has lain still for so long. */
export const STILL_MS_MAX = 120_000;
const SWEEP_EVERY_MS = 60_000;

/**
 * Where documents arrive. What a process that died left here is swept away, at the start and every minute: a file that
 * has lain still for two minutes is nobody's. Nothing is asked of the process it belongs to, because that may run on
 * another machine or in another container; and the time is the file system's own.
 */
export class Incoming {
  private timer: NodeJS.Timeout | undefined;
  private sweeping = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly logger: Logger,
  ) {}

  static async open(folder: string, logger: Logger): Promise<Incoming> {
    await makeFolder(folder);
    const incoming = new Incoming(folder, logger);
    await incoming.sweep();
    incoming.timer = setInterval(() => {
      incoming.sweeping = incoming
        .sweep()
        .catch((error: unknown) => logger.warn('文件库的暂存目录未能清理', { error }));
    }, SWEEP_EVERY_MS);
    incoming.timer.unref();
    return incoming;
  }

  /** The path of a new file. */
  path(): string {
    return join(this.folder, randomUUID());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    const now = await this.now();
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const changed = await changedAt(path);
      if (changed === undefined || now - changed <= STILL_MS_MAX) continue;
      await rm(path, { force: true });
      this.logger.info('swept away a document that never arrived', { name });
    }
  }

  /** The file system's time, which need not be this machine's. */
  private async now(): Promise<number> {
    const probe = join(this.folder, randomUUID());
    try {
      await (await open(probe, 'wx', 0o600)).close();
      return (await stat(probe)).mtimeMs;
    } finally {
      await rm(probe, { force: true });
    }
  }
}

/** Undefined when the file is gone by now. */
const changedAt = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    (error: unknown) => (isCode(error, 'ENOENT') ? undefined : Promise.reject(error as Error)),
  );
