import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, takeLock, type FolderLock } from './folder-lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kesu-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function taken(): FolderLock {
  const lock = takeLock(folder);
  if (typeof lock === 'number') throw new Error(`held by ${lock}`);
  return lock;
}

it('is held by one, who is named, until it is let go', () => {
  expect(lockHolder(folder)).toBeUndefined();
  const lock = taken();
  expect(takeLock(folder)).toBe(process.pid);
  expect(lockHolder(folder)).toBe(process.pid);
  lock.release();
  expect(lockHolder(folder)).toBeUndefined();
  taken().release();
});

it('keeps one file in the folder, however often it changes hands', () => {
  for (let n = 0; n < 20; n += 1) taken().release();
  expect(readdirSync(folder)).toEqual(['lock.20']);
});

it.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, started: 'x' })],
  ['an earlier process with a number that is in use again', JSON.stringify({ pid: process.pid, started: 'earlier' })],
  ['nobody', ''],
  ['nobody, unreadably', '{"pid":'],
])('is taken over from %s', (_who, content) => {
  writeFileSync(join(folder, 'lock.3'), content);
  expect(lockHolder(folder)).toBeUndefined();
  const lock = taken();
  expect(readdirSync(folder)).toEqual(['lock.4']);
  lock.release();
});

it('sweeps away what somebody left who died while taking it', () => {
  writeFileSync(join(folder, 'lock.draft-1-x'), '{}');
  taken();
  expect(readdirSync(folder)).toEqual(['lock.1']);
});

it('does not exist where there is no folder', () => {
  expect(lockHolder(join(folder, 'none'))).toBeUndefined();
});
