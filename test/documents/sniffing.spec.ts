import { compoundOf, SAMPLE_FILES, UNFIT_FILES, zipOf } from '../../libs/testing/src/sample-files/index.js';
import { declaredIn, endingsOf, isName, MEDIA_TYPES } from '../../libs/platform/src/documents/media-types.js';
import type { Plain } from '../../libs/platform/src/documents/sealed-file.js';
import { toldBy } from '../../libs/platform/src/documents/sniffing.js';

/** Bytes in hand, given in parts of a few bytes, as a file gives them in pieces. */
const plain = (bytes: Buffer): Plain => ({
  size: bytes.length,
  async *bytes(from, to) {
    for (let at = from; at < Math.min(to, bytes.length); at += 7)
      yield await Promise.resolve(bytes.subarray(at, Math.min(at + 7, to)));
  },
});

/** The media type its bytes tell. */
async function typeOf(bytes: Buffer): Promise<string | undefined> {
  const told = await toldBy(plain(bytes));
  return told && `${MEDIA_TYPES[told.kind].names[0]}${told.charset === undefined ? '' : `; charset=${told.charset}`}`;
}

it('has a sample of every kind', () => {
  const names = Object.values(MEDIA_TYPES).map(({ names: [name] }) => name);
  expect([...new Set(Object.keys(SAMPLE_FILES).map((type) => type.split(';')[0]))].sort()).toEqual(names.sort());
});

it.each(Object.keys(SAMPLE_FILES))('tells %s', async (type) =>
  expect(await typeOf(SAMPLE_FILES[type] ?? Buffer.alloc(0))).toBe(type),
);

it.each(Object.keys(UNFIT_FILES))('does not take %s', async (name) =>
  expect(await typeOf(UNFIT_FILES[name] ?? Buffer.alloc(0))).toBeUndefined(),
);

it('takes no file for another because of what stands further on', async () => {
  for (const [type, sample] of Object.entries(SAMPLE_FILES)) {
    if (type.startsWith('text/')) continue;
    expect([type, await typeOf(Buffer.concat([Buffer.from('<html>'), sample]))]).toEqual([type, undefined]);
  }
});

it('reads a text of many parts, whose characters lie across them', async () => {
  const text = '中文，𫖯。'.repeat(500);
  expect(await typeOf(Buffer.from(text, 'utf8'))).toBe('text/plain; charset=utf-8');
  expect(await typeOf(Buffer.concat([Buffer.from(text, 'utf8'), Buffer.from([7])]))).toBeUndefined();
});

it('follows the chain of an old document however far its directory lies behind', async () => {
  for (const before of [0, 125, 126, 127, 5_000, 12_000])
    expect([before, await typeOf(compoundOf(['WordDocument'], before))]).toEqual([before, 'application/msword']);
});

it.each([1, 5, 20, 60, 100, 400, 1000])(
  'ends at any damage of an old document, and of a package (%i)',
  async (step) => {
    for (const sample of [compoundOf(['a', 'b', 'c', 'd', 'WordDocument']), zipOf({ 'OFD.xml': 'x', b: 'y' })])
      for (let at = 8; at < sample.length; at += step) {
        const damaged = Buffer.from(sample);
        damaged.fill(0xff, at, Math.min(at + 4, damaged.length));
        await expect(typeOf(damaged)).resolves.not.toBe('never');
        await expect(typeOf(sample.subarray(0, at))).resolves.not.toBe('never');
      }
  },
);

it.each([
  [undefined, 'unsaid'],
  ['application/octet-stream', 'unsaid'],
  ['Application/PDF', 'application/pdf'],
  ['text/plain; charset=gbk', 'text/plain'],
  ['text/html', undefined],
  ['image/svg+xml', undefined],
  ['application/json', undefined],
  ['application/zip', undefined],
  ['', undefined],
  ['__proto__', undefined],
])('a Content-Type of %j says %j', (header, name) => expect(declaredIn(header)).toBe(name));

it('knows a kind by each of its names, and no other kind by it', () => {
  for (const [kind, { names }] of Object.entries(MEDIA_TYPES))
    for (const other of Object.keys(MEDIA_TYPES) as (keyof typeof MEDIA_TYPES)[])
      for (const name of names) expect([name, other, isName(other, name)]).toEqual([name, other, other === kind]);
  expect(endingsOf('text/plain; charset=utf-8')).toEqual(['.txt', '.csv']);
});
