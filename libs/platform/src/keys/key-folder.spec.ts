import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { derivedId, ERASED, KeyErased, type Key } from '#libs/kernel';
import { KeyDamaged, KeyFolder } from './key-folder.js';

const subject = derivedId('subject');
const another = derivedId('another');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kesu-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pathOf = (id: string): string => join(folder, id.slice(0, 2), id);
const hex = (key: Key | typeof ERASED | undefined): string | undefined =>
  key instanceof Uint8Array ? Buffer.from(key).toString('hex') : undefined;

it('makes a key of 32 bytes once, and keeps it', async () => {
  const keys = new KeyFolder(folder);
  expect(await keys.find(subject)).toBeUndefined();
  const key = await keys.obtain(subject);
  expect(key).toHaveLength(32);
  expect(hex(await keys.obtain(subject))).toBe(hex(key));
  expect(hex(await keys.find(subject))).toBe(hex(key));
  expect(hex(await new KeyFolder(folder).obtain(subject))).toBe(hex(key));
  expect(hex(await keys.obtain(another))).not.toBe(hex(key));
});

it('is nobody else’s to read', async () => {
  await new KeyFolder(folder).obtain(subject);
  expect((await stat(pathOf(subject))).mode & 0o077).toBe(0);
});

it('gives all who ask at once the same key, and leaves nothing beside it', async () => {
  const asked = Array.from({ length: 8 }, () => new KeyFolder(folder)).flatMap((keys) => [
    keys.obtain(subject),
    keys.obtain(subject),
  ]);
  expect(new Set((await Promise.all(asked)).map(hex)).size).toBe(1);
  expect(await readdir(join(folder, subject.slice(0, 2)))).toEqual([subject]);
});

describe('a key that is given is durable', () => {
  // Windows has no call to flush a folder and needs none.
  const folders = async (...paths: string[]): Promise<number[]> =>
    process.platform === 'win32' ? [] : Promise.all(paths.map(async (path) => (await stat(path)).ino));

  /** The inodes of what is flushed while `work` runs. @param before called at each flush, once what it began has ended. */
  async function flushedBy(work: () => Promise<unknown>, before = () => Promise.resolve()): Promise<number[]> {
    const handle = await open(folder, 'r');
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const flushed: number[] = [];
    const spy = jest.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
      await before();
      flushed.push((await this.stat()).ino);
      await this.datasync();
    });
    await work().finally(() => spy.mockRestore());
    return flushed;
  }

  it('with the name of every folder made for it', async () => {
    const keys = join(folder, 'data', 'keys');
    const flushed = await flushedBy(() => new KeyFolder(keys).obtain(subject));
    const made = await folders(folder, dirname(keys), keys, join(keys, subject.slice(0, 2)));
    expect(flushed).toEqual(expect.arrayContaining(made));
  });

  it('with the name of a folder that another process made and may not have flushed', async () => {
    await mkdir(dirname(pathOf(subject)));
    expect(await flushedBy(() => new KeyFolder(folder).obtain(subject))).toEqual(
      expect.arrayContaining(await folders(folder)),
    );
  });

  it('also where another process was first and may not have flushed it', async () => {
    const first = `1 ${'A'.repeat(43)} ${createHash('sha256').update(new Uint8Array(32)).digest('hex').slice(0, 32)}\n`;
    let others = 0;
    const flushed = await flushedBy(
      async () => expect(hex(await new KeyFolder(folder).obtain(subject))).toBe('00'.repeat(32)),
      async () => {
        if ((await readdir(dirname(pathOf(subject))).catch(() => [])).length > 0 && others++ === 0)
          await writeFile(pathOf(subject), first);
      },
    );
    expect(others).toBeGreaterThan(0);
    expect(flushed.slice(-1)).toEqual((await folders(dirname(pathOf(subject)))).slice(-1));
  });
});

it('once erased stays erased, also for who knew the key and for who comes later', async () => {
  const keys = new KeyFolder(folder);
  const key = await keys.obtain(subject);
  await keys.destroy(subject);
  await keys.destroy(subject);
  for (const who of [keys, new KeyFolder(folder)]) {
    expect(await who.find(subject)).toBe(ERASED);
    await expect(who.obtain(subject)).rejects.toThrow(KeyErased);
  }
  for (const name of await readdir(folder, { recursive: true }))
    if ((await stat(join(folder, name))).isFile())
      expect(await readFile(join(folder, name), 'utf8')).not.toContain(Buffer.from(key).toString('base64url'));
});

it('can erase a key that never was: it will not be made', async () => {
  const keys = new KeyFolder(folder);
  await keys.destroy(subject);
  await expect(keys.obtain(subject)).rejects.toThrow(KeyErased);
});

it('never makes a key again that is being erased', async () => {
  for (let n = 0; n < 20; n += 1) {
    const id = derivedId(['race', n]);
    const made = new KeyFolder(folder).obtain(id).catch(() => undefined);
    await new KeyFolder(folder).destroy(id);
    await made;
    expect(await new KeyFolder(folder).find(id)).toBe(ERASED);
  }
});

it.each([
  ['cut short', (line: string) => line.slice(0, 20)],
  ['empty', () => ''],
  [
    'changed in one character',
    (line: string) => line.replace(/ (.)/, (_all, first: string) => ` ${first === 'A' ? 'B' : 'A'}`),
  ],
  ['another’s, without its digest', (line: string) => line.replace(/[0-9a-f]{32}\n$/, `${'0'.repeat(32)}\n`)],
])('never uses a key file that is %s', async (_what, damaged) => {
  await new KeyFolder(folder).obtain(subject);
  await writeFile(pathOf(subject), damaged(await readFile(pathOf(subject), 'utf8')));
  const keys = new KeyFolder(folder);
  await expect(keys.find(subject)).rejects.toThrow(KeyDamaged);
  await expect(keys.obtain(subject)).rejects.toThrow(`密钥文件已损坏：${pathOf(subject)}`);
});
