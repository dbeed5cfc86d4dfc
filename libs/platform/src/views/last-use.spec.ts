import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTrusted, markFlushed, markInUse } from './last-use.js';

let home: string;
let data: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kesu-use-'));
  data = join(home, 'data');
  mkdirSync(join(data, 'base'), { recursive: true });
  writeFileSync(join(data, 'base', '1'), 'rows');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('trusts data that were closed, whatever the machine did since', async () => {
  await markInUse(home, 'first');
  await markFlushed(home, data, 'first');
  expect(isTrusted(home, 'first')).toBe(true);
  expect(isTrusted(home, 'second')).toBe(true);
  expect(isTrusted(home, '')).toBe(true);
});

it('trusts data that were not closed only while the machine runs on', async () => {
  await markInUse(home, 'first');
  await markFlushed(home, data, 'first');
  await markInUse(home, 'second');
  expect(isTrusted(home, 'second')).toBe(true);
  expect(isTrusted(home, 'third')).toBe(false);
});

it('trusts nothing that was not closed where one boot cannot be told from another', async () => {
  await markInUse(home, '');
  expect(isTrusted(home, '')).toBe(false);
});

it.each([
  ['no word', undefined],
  ['half a word', '{"boot":"first"'],
  ['a word of another shape', '{"boot":1,"flushed":true}'],
])('does not trust %s', (_what, text) => {
  if (text !== undefined) writeFileSync(join(home, 'last-use.json'), text);
  expect(isTrusted(home, 'first')).toBe(false);
});

it('leaves no word of being whole when something cannot be flushed', async () => {
  await markInUse(home, 'first');
  await expect(markFlushed(home, join(home, 'nowhere'), 'first')).rejects.toThrow('ENOENT');
  expect(isTrusted(home, 'second')).toBe(false);
});
