import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
