import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ERASED, KeyErased, type Key, type Keys, type Uuid } from '#libs/kernel';
import { flushFolder, isCode, makeFolder } from '../files/index.js';

/** How long a key may be used from memory after another process erased it. */
const KEPT_MS = 5_000;
const KEPT_MAX = 20_000;

/** A key file that does not hold what was written: it is never used. */
export class KeyDamaged extends Error {
  override readonly name = 'KeyDamaged';
  constructor(readonly path: string) {
    super(`密钥文件已损坏：${path}，请从密钥备份中恢复`);
  }
}

/**
 * A folder of keys, one file each, apart from the log. A key is on disk before `obtain` returns (file, name and every
 * folder made for it are flushed); processes that share the folder agree on it, because the name is taken by an exclusive
 * link. An erased key leaves a marker that outlives it, so it is never made again. Each file carries a digest, checked on
 * every read.
 */
export class KeyFolder implements Keys {
  private readonly kept = new Map<Uuid, { key: Promise<Key>; until: number }>();
  /** Folders known to be there. */
  private readonly prepared = new Set<string>();
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  obtain(subject: Uuid): Promise<Key> {
    const kept = this.kept.get(subject);
    if (kept && kept.until > performance.now()) return kept.key;
    const key = this.readOrMake(subject);
    this.keep(subject, key);
    return key;
  }

  async find(subject: Uuid): Promise<Key | typeof ERASED | undefined> {
    const kept = this.kept.get(subject);
    if (kept && kept.until > performance.now()) return kept.key;
    const found = await this.read(subject);
    if (found instanceof Uint8Array) this.keep(subject, Promise.resolve(found));
    return found;
  }

  async destroy(subject: Uuid): Promise<void> {
    this.kept.delete(subject);
    const path = this.pathOf(subject);
    await this.prepare(path);
    await writeDurably(`${path}.erased`, 'erased\n', 'w');
    await flushFolder(dirname(path));
    await overwrite(path);
    await rm(path, { force: true });
    await flushFolder(dirname(path));
  }

  private async readOrMake(subject: Uuid): Promise<Key> {
    const found = (await this.read(subject)) ?? (await this.make(subject));
    if (found === ERASED) throw new KeyErased(subject);
    return found;
  }

  private async make(subject: Uuid): Promise<Key | typeof ERASED> {
    const path = this.pathOf(subject);
    const made = `${path}.${randomUUID()}.new`;
    const key = new Uint8Array(randomBytes(32));
    await this.prepare(path);
    await writeDurably(made, lineOf(key), 'wx');
    try {
      await link(made, path);
      await flushFolder(dirname(path));
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      // The other process may not have flushed the name yet: a key may be used only once it is durable.
      await flushFolder(dirname(path));
      return (await this.read(subject)) ?? ERASED;
    } finally {
      await unlink(made);
    }
    if (!(await exists(`${path}.erased`))) return key;
    await rm(path, { force: true });
    return ERASED;
  }

  /** The key is read before the marker is looked for: erasing writes the marker first. */
  private async read(subject: Uuid): Promise<Key | typeof ERASED | undefined> {
    const path = this.pathOf(subject);
    const line = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (await exists(`${path}.erased`)) return ERASED;
    if (line === undefined) return undefined;
    const key = keyOf(line);
    if (!key) throw new KeyDamaged(path);
    return key;
  }

  private keep(subject: Uuid, key: Promise<Key>): void {
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    this.kept.set(subject, { key, until: performance.now() + KEPT_MS });
    key.catch(() => this.kept.delete(subject));
  }

  private async prepare(path: string): Promise<void> {
    const folder = dirname(path);
    if (this.prepared.has(folder)) return;
    await makeFolder(folder);
    this.prepared.add(folder);
  }

  private pathOf(subject: Uuid): string {
    return join(this.folder, subject.slice(0, 2), subject);
  }
}

const digestOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 32);
const lineOf = (key: Uint8Array): string => `1 ${Buffer.from(key).toString('base64url')} ${digestOf(key)}\n`;

function keyOf(line: string): Key | undefined {
  const parts = /^1 ([A-Za-z0-9_-]{43}) ([0-9a-f]{32})\n$/.exec(line);
  const key = Buffer.from(parts?.[1] ?? '', 'base64url');
  return key.length === 32 && digestOf(key) === parts?.[2] ? new Uint8Array(key) : undefined;
}

async function writeDurably(path: string, content: string, flags: string): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Zeroes over a key's bytes, if it is still there: whoever was making it takes it away too. */
async function overwrite(path: string): Promise<void> {
  try {
    await writeDurably(path, '0'.repeat(128), 'r+');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

/** @throws when the folder cannot be asked: an unreadable marker of erasure must not read as «not erased». */
const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => (isCode(error, 'ENOENT') ? false : Promise.reject(error as Error)),
  );
