import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copiedWhileStill } from './still-copy.js';

const run = promisify(execFile);

/** Ample for a quick run and a long one; the files are sparse, so that only what was written takes room. */
const DISK_MIB = 1_536;
const PLATTER_MIB = 2_048;
/** Made whole at once: a new file system otherwise goes on writing its own tables in the background. */
const EXT4 = ['-q', '-F', '-b', '4096', '-E', 'lazy_itable_init=0,lazy_journal_init=0'];
/** In RAM: which medium plays the platter changes nothing but the time a flush takes. */
const MEDIUM = ['-t', 'tmpfs', '-o', 'size=6g', 'kesu-powercut'];

export interface DiskOptions {
  /** Whether the file system tells the disk to flush (mount(8), ext4 `barrier`). Without it a cut loses what it cached. */
  readonly barriers: boolean;
}

/**
 * A disk with a volatile write cache, whose power can be cut at any instant, out of two file systems of the kernel:
 *
 *     data/                 what the service writes to, on ext4
 *       ↓ loop device       the disk as ext4 sees it: it takes writes, and flushes when told to
 *     cache/disk.img        a file; what it holds stands in the page cache of the ext4 below: the disk's write cache
 *       ↓ loop device       reached by a write only when that page cache is flushed
 *     platter.img           what the disk still holds without power
 *
 * Why a copy of platter.img is what a power cut leaves. Whatever the service has written and not flushed stands in the page
 * cache above `data/`, which is no part of the file. What ext4 has given to its disk without telling it to flush stands in
 * the page cache below `cache/`: the upper loop device writes buffered (never O_DIRECT, checked), so that the write ends
 * there, and it answers a flush by fsync of disk.img, which returns once the lower ext4 has brought its data and its journal
 * to the platter. The lower loop device writes into platter.img before it reports a write as done. So the file holds
 * everything that was flushed and, of the rest, only what the kernel chanced to write back (its flusher threads, every 5 s
 * what is 30 s old): the same choice a real cache has. Neither page cache is asked to write anything for the copy: it reads
 * platter.img, not what is mounted. Both file systems must then be mounted from the copy as after a cut, by replay of
 * their journals; that they ask for it is checked.
 *
 * What this leaves out: a disk that lies about flush, one that tears a write of 4 KiB, and one that writes elsewhere than
 * it was told.
 */
export class LayeredDisk {
  private constructor(
    private readonly folder: string,
    private readonly options: DiskOptions,
    private readonly generation: number,
  ) {}

  /** A new, empty disk. @throws Error when this machine cannot (no root, no loop devices, no tools). */
  static async make(options: DiskOptions): Promise<LayeredDisk> {
    const disk = new LayeredDisk(await mkdtemp(join(tmpdir(), 'kesu-powercut-')), options, 0);
    try {
      await run('mount', [...MEDIUM, disk.folder]);
      await Promise.all([mkdir(disk.cache), mkdir(disk.data)]);
      await formatted(disk.platter, PLATTER_MIB);
      await mountBuffered(disk.platter, disk.cache);
      await formatted(disk.image, DISK_MIB);
      await disk.mountData();
      return disk;
    } catch (error) {
      await disk.remove();
      throw error;
    }
  }

  /** Where the disk's file system is mounted: the same path before and after a cut. */
  get data(): string {
    return join(this.folder, 'data');
  }

  /**
   * Has the kernel bring some of what was written to the disk and not flushed, as it may at any time: about half of the
   * files, chosen anew each time, so that the disk holds one file as it was later than another.
   */
  async writeSomeBack(): Promise<void> {
    const below = await readdir(this.data, { recursive: true, withFileTypes: true });
    const files = below.filter((entry) => entry.isFile() && randomInt(2) === 0);
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    // A file may be gone by now: the service goes on.
    if (paths.length > 0) await run('sync', ['--data', ...paths]).catch(() => undefined);
  }

  /**
   * Cuts the power: what comes back is the disk as it is found afterwards, mounted at the same place. Whoever could
   * acknowledge anything must have been stopped before.
   * @param gone is called once the copy is made: it ends whoever still uses the disk that has gone.
   */
  async cut(gone: () => Promise<void>): Promise<LayeredDisk> {
    const after = new LayeredDisk(this.folder, this.options, this.generation + 1);
    await copiedWhileStill(await deviceAt(this.cache), this.platter, after.platter);
    await gone();
    await this.unmount();
    await rm(this.platter);
    await assertCut(after.platter);
    await mountBuffered(after.platter, after.cache);
    // A disk that was never told to flush may not even have kept that it was mounted.
    if (after.options.barriers) await assertCut(after.image);
    await after.mountData();
    return after;
  }

  async remove(): Promise<void> {
    await this.unmount();
    await unmounted(this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }

  private get cache(): string {
    return join(this.folder, 'cache');
  }

  private get platter(): string {
    return join(this.folder, `platter-${this.generation}.img`);
  }

  private get image(): string {
    return join(this.cache, 'disk.img');
  }

  private async mountData(): Promise<void> {
    await mountBuffered(this.image, this.data, `barrier=${this.options.barriers ? 1 : 0}`);
  }

  private async unmount(): Promise<void> {
    await unmounted(this.data);
    await unmounted(this.cache);
  }
}

/** Lazily: a process that was killed may still be leaving, and what it leaves behind is wanted by nobody. */
const unmounted = (at: string): Promise<unknown> => run('umount', ['--lazy', at]).catch(() => undefined);

/** @throws Error also when the device in between would write past the page cache, or is not told to flush. */
async function mountBuffered(image: string, at: string, option = 'barrier=1'): Promise<void> {
  await run('mount', ['-o', `loop,${option}`, image, at]);
  const device = await deviceAt(at);
  const setting = async (name: string): Promise<string> => (await readFile(join(device, name), 'utf8')).trim();
  if ((await setting('loop/dio')) !== '0') throw new Error(`${device} writes past the page cache`);
  if ((await setting('queue/write_cache')) !== 'write back') throw new Error(`${device} is not told to flush`);
}

async function formatted(path: string, mebibytes: number): Promise<void> {
  const file = await open(path, 'wx');
  await file.truncate(mebibytes * 1024 * 1024).finally(() => file.close());
  await run('mkfs.ext4', [...EXT4, path]);
  await run('sync', [path]);
}

/** The block device mounted at `path`, as a folder of sysfs (proc_pid_mountinfo(5): the third field is its number). */
async function deviceAt(path: string): Promise<string> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' '));
  const number = lines.findLast(([, , , , at]) => at === path)?.[2];
  if (number === undefined) throw new Error(`nothing is mounted at ${path}`);
  return `/sys/dev/block/${number}`;
}

const SUPERBLOCK_AT = 1024;
const MAGIC_AT = 0x38;
const FEATURES_AT = 0x60;
const NEEDS_RECOVERY = 0x4;

/** An ext4 file system says so itself when it was not unmounted (`s_feature_incompat`, INCOMPAT_RECOVER). */
async function assertCut(image: string): Promise<void> {
  const file = await open(image, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(SUPERBLOCK_AT), 0, SUPERBLOCK_AT, SUPERBLOCK_AT);
    const recover = (buffer.readUInt32LE(FEATURES_AT) & NEEDS_RECOVERY) !== 0;
    if (buffer.readUInt16LE(MAGIC_AT) !== 0xef53 || !recover) throw new Error(`${image} was not cut off: it is clean`);
  } finally {
    await file.close();
  }
}
