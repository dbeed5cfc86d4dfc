import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open as openFile, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { derivedId, documentSubject } from '#libs/kernel';
import { SAMPLE_FILES, UNFIT_FILES } from '../../libs/testing/src/sample-files/index.js';
import { KeyFolder } from '../../libs/platform/src/keys/index.js';
import type { Logger } from '../../libs/platform/src/log/index.js';
import { DocumentFolder } from '../../libs/platform/src/documents/document-folder.js';
import type { Deposit, OpenedDocument } from '../../libs/platform/src/documents/document-store.js';
import { STILL_MS_MAX } from '../../libs/platform/src/documents/incoming.js';

const organ = derivedId('organ');
const another = derivedId('another organ');
const BYTES_MAX = 300_000;
const MINUTES = Buffer.from('询问笔录：钱鲲骋砺。', 'utf8');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let root: string;
let store: DocumentFolder;
let alarms: object[];
const stores: DocumentFolder[] = [];
const folder = (): string => join(root, 'documents');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kesu-documents-'));
  alarms = [];
  store = await opened();
});
afterEach(async () => {
  for (const one of stores.splice(0)) await one.close();
  await rm(root, { recursive: true, force: true });
});

async function opened(): Promise<DocumentFolder> {
  const logger: Logger = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_, detail) => void alarms.push(detail ?? {}),
  };
  const keys = new KeyFolder(join(root, 'keys'));
  const one = await DocumentFolder.open({ folder: folder(), bytesMax: BYTES_MAX, keys, logger });
  stores.push(one);
  return one;
}

/** `bytes` in parts of `size`. */
async function* parts(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
const put = (bytes: Uint8Array, deposit: Partial<Deposit> = {}, into = store) =>
  into.put(parts(bytes), { organ, ...deposit });

async function read(document: OpenedDocument | 'erased', from = 0, to = Infinity): Promise<Buffer> {
  if (document === 'erased') throw new Error('it was erased');
  const got: Uint8Array[] = [];
  for await (const part of document.bytes(from, to)) got.push(part);
  await document.close();
  return Buffer.concat(got);
}

const pathOf = (digest: string): string => join(folder(), digest.slice(0, 2), digest);
async function files(): Promise<string[]> {
  const found = await readdir(folder(), { withFileTypes: true, recursive: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
/** A recording of `size` bytes, of which no two pieces are alike. */
const recording = (size: number): Buffer =>
  Buffer.concat([SAMPLE_FILES['audio/amr'] ?? Buffer.alloc(0), randomBytes(size)]).subarray(0, size);

it.each([1, 65_535, 65_536, 65_537, 131_072, 200_001, BYTES_MAX])(
  'gives %i bytes back as they were brought',
  async (size) => {
    const bytes = size < 100 ? Buffer.from('a') : recording(size);
    const stored = await put(bytes);
    expect(stored).toEqual({
      digest: sha256(bytes),
      size,
      type: size < 100 ? 'text/plain; charset=utf-8' : 'audio/amr',
    });
    const again = await opened();
    const document = await again.open(stored.digest);
    expect(document).toMatchObject(stored);
    expect((await read(document)).equals(bytes)).toBe(true);
    for (const [from, to] of [
      [0, 1],
      [size - 1, size],
      [65_530, 65_540],
      [5, 5],
      [size, size + 9],
    ] as const)
      expect((await read(await again.open(stored.digest), from, to)).equals(bytes.subarray(from, to))).toBe(true);
  },
);

it('answers the same bytes alike, and has them once', async () => {
  const first = await put(MINUTES);
  const before = await files();
  expect(await put(MINUTES)).toEqual(first);
  expect(await put(MINUTES, { declared: 'text/csv' })).toEqual(first);
  expect(await files()).toEqual(before);
  expect(before.map((path) => path.replace(folder(), ''))).toEqual([
    `/${first.digest.slice(0, 2)}/${first.digest}`,
    `/${first.digest.slice(0, 2)}/${first.digest}.${organ}`,
  ]);
});

it('has them once when they are brought many times at once, through two handles on one folder', async () => {
  const other = await opened();
  const bytes = recording(150_000);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => put(bytes, {}, n % 2 === 0 ? store : other)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await files()).toHaveLength(2);
  expect((await read(await other.open(sha256(bytes)))).equals(bytes)).toBe(true);
});

it('says that it holds a document to the organs that brought it, and to no other', async () => {
  const { digest } = await put(MINUTES);
  expect([await store.holds(digest, organ), await store.holds(digest, another)]).toEqual([true, false]);
  await put(MINUTES, { organ: another });
  expect(await (await opened()).holds(digest, another)).toBe(true);
  expect(await store.holds(sha256(Buffer.from('nothing')), organ)).toBe(false);
});

it.each([
  ['nothing', Buffer.alloc(0), {}, 'DOCUMENT_EMPTY'],
  ['one byte too many', recording(BYTES_MAX + 1), {}, 'DOCUMENT_TOO_LARGE'],
  ['another digest than was said', MINUTES, { digest: sha256(Buffer.from('b')) }, 'DOCUMENT_DIGEST_MISMATCH'],
  ['another type than was said', MINUTES, { declared: 'application/pdf' }, 'DOCUMENT_TYPE_MISMATCH'],
  ...Object.entries(UNFIT_FILES).map(([name, bytes]) => [name, bytes, {}, 'DOCUMENT_TYPE_UNSUPPORTED'] as const),
] as const)('refuses %s, and keeps nothing of it', async (_name, bytes, deposit, code) => {
  await expect(put(bytes, deposit)).rejects.toMatchObject({ name: 'DocumentRefused', code });
  expect(await files()).toEqual([]);
});

it('stops reading at the first byte too many', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 1;
      yield await Promise.resolve(Buffer.alloc(100_000, 'a'));
    }
  }
  await expect(store.put(endless(), { organ })).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
  expect(given).toBe(4);
});

it('keeps nothing of a document whose sender goes away', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(recording(100_000));
    throw new Error('gone');
  }
  await expect(store.put(broken(), { organ })).rejects.toThrow('gone');
  expect(await files()).toEqual([]);
});

it('sweeps away what has lain still, at the start, and leaves what still arrives', async () => {
  const [left, arrives] = [join(folder(), 'incoming', 'left'), join(folder(), 'incoming', 'arrives')];
  await writeFile(left, 'half');
  await writeFile(arrives, 'half');
  const then = new Date(Date.now() - STILL_MS_MAX - 5_000);
  await utimes(left, then, then);
  await opened();
  expect(await files()).toEqual([arrives]);
});

it('has no byte of a document in clear on the disk, nor of its digest’s own key', async () => {
  const bytes = Buffer.concat([MINUTES, Buffer.alloc(100_000, 'ab'), MINUTES]);
  const seen: Buffer[] = [];
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const part of parts(bytes)) {
      for (const path of await files()) seen.push(await readFile(path));
      yield part;
    }
  }
  await store.put(watched(), { organ });
  for (const path of await files()) seen.push(await readFile(path));
  expect(seen.length).toBeGreaterThan(5);
  for (const found of seen) expect([found.includes('钱鲲骋砺'), found.includes('abababab')]).toEqual([false, false]);
});

it('once its key is destroyed, nobody reads it, and nobody brings it again', async () => {
  const { digest } = await put(MINUTES);
  await new KeyFolder(join(root, 'keys')).destroy(documentSubject(digest));
  const later = await opened();
  expect(await later.open(digest)).toBe('erased');
  expect(await later.holds(digest, organ)).toBe(false);
  await expect(put(MINUTES, {}, later)).rejects.toMatchObject({ code: 'DOCUMENT_ERASED' });
  expect(await readdir(join(folder(), 'incoming'))).toEqual([]);
});

describe('a file that does not hold what was written', () => {
  const refusal = { name: 'DocumentDamaged', message: expect.stringMatching(/已损坏或丢失/) as string };

  it('is never served, whichever bit is flipped', async () => {
    const { digest } = await put(MINUTES);
    const path = pathOf(digest);
    const whole = await readFile(path);
    for (let bit = 0; bit < whole.length * 8; bit += 13) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await writeFile(path, flipped);
      await expect(store.open(digest)).rejects.toMatchObject(refusal);
    }
    expect(alarms.length).toBeGreaterThan(600);
    expect(alarms[0]).toEqual({ digest });
  }, 60_000);

  it('is never served when a bit is flipped while it is sent', async () => {
    const bytes = recording(200_000);
    const { digest } = await put(bytes);
    const document = await store.open(digest);
    if (document === 'erased') throw new Error('it was not');
    const whole = await readFile(pathOf(digest));
    whole[150_000] = (whole[150_000] ?? 0) ^ 1;
    const file = await openFile(pathOf(digest), 'r+');
    await file.write(whole, 0, whole.length, 0);
    await file.close();
    const got: Uint8Array[] = [];
    await expect(
      (async () => {
        for await (const part of document.bytes(0, bytes.length)) got.push(part);
      })(),
    ).rejects.toThrow('does not open');
    await document.close();
    expect(bytes.subarray(0, 131_072).equals(Buffer.concat(got))).toBe(true);
  });

  it.each([
    ['cut short', (path: string) => truncate(path, 100_000)],
    ['cut to nothing', (path: string) => truncate(path, 0)],
    ['longer', async (path: string) => writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(1)]))],
    ['gone', (path: string) => rm(path)],
    [
      'another document, which opens',
      async (path: string) => {
        const { digest } = await put(MINUTES);
        await writeFile(path, await readFile(pathOf(digest)));
      },
    ],
  ])('is never served when it is %s, and is mended by bringing it again', async (_how, damage) => {
    const bytes = recording(200_000);
    const { digest } = await put(bytes);
    await damage(pathOf(digest));
    await expect(store.open(digest)).rejects.toMatchObject(refusal);
    expect(alarms).toEqual([{ digest }]);
    await put(bytes);
    expect((await read(await store.open(digest))).equals(bytes)).toBe(true);
  });
});

it('answers once the file, its name and the folder’s own name are flushed, in this order', async () => {
  const handle = await openFile(root, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const flushed: number[] = [];
  const spy = jest.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    flushed.push((await this.stat()).ino);
    await this.datasync();
  });
  const { digest } = await put(MINUTES).finally(() => spy.mockRestore());
  const inodes = await Promise.all(
    [pathOf(digest), folder(), dirname(pathOf(digest))].map(async (path) => (await stat(path)).ino),
  );
  expect(flushed.filter((inode) => inodes.includes(inode))).toEqual(inodes);
  expect(flushed.at(-1)).toBe(inodes[2]);
});

it('acknowledges nothing any more once a flush has failed', async () => {
  await new KeyFolder(join(root, 'keys')).obtain(documentSubject(sha256(MINUTES)));
  const handle = await openFile(root, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const failing = jest.spyOn(prototype, 'sync').mockRejectedValue(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await expect(put(MINUTES).finally(() => failing.mockRestore())).rejects.toMatchObject({
    name: 'DocumentStoreFailed',
  });
  await expect(put(MINUTES)).rejects.toMatchObject({ name: 'DocumentStoreFailed' });
  expect((await (await opened()).put(parts(MINUTES), { organ })).size).toBe(MINUTES.length);
});
