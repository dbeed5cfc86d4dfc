import { derivedId, type Expectation, type Uuid } from '#libs/kernel';
import { judge, type Verdict } from './commit-check.js';

const idOf = (name: string): Uuid => derivedId(name);
const judged = ([stored, expected, sent]: [stored: string, expected: Expectation, sent: string]): Verdict =>
  judge(expected, [...sent].map(idOf), stored === '' ? undefined : stored.length - 1, (revision) =>
    idOf(stored[revision] ?? '?'),
  );

const write: Verdict = { kind: 'write' };
const repeat = (from: number): Verdict => ({ kind: 'repeat', from });
const conflict = (actual: number | undefined): Verdict => ({ kind: 'conflict', actual });

it.each<[string, Parameters<typeof judged>[0], Verdict]>([
  ['no-stream on none is taken', ['', 'no-stream', 'a'], write],
  ['an exact revision on none conflicts', ['', 0, 'a'], conflict(undefined)],
  ['the last revision is taken', ['ab', 1, 'c'], write],
  ['the last revision is taken, whatever the ids', ['ab', 1, 'ab'], write],
  ['a higher revision conflicts', ['ab', 2, 'c'], conflict(1)],
  ['no-stream with other ids conflicts', ['ab', 'no-stream', 'c'], conflict(1)],
  ['a lower revision with other ids conflicts', ['abc', 0, 'x'], conflict(2)],
  ['no-stream with the stored ids is a repeat', ['ab', 'no-stream', 'ab'], repeat(0)],
  ['a lower revision with the stored ids is a repeat', ['abc', 0, 'bc'], repeat(1)],
  ['so is one when the stream has moved on', ['abcd', 0, 'bc'], repeat(1)],
  ['the beginning of what is stored is a repeat', ['abc', 'no-stream', 'a'], repeat(0)],
  ['known ids and then an unknown one conflict', ['abc', 0, 'bx'], conflict(2)],
  ['known ids beyond the last conflict', ['abc', 0, 'bcd'], conflict(2)],
  ['an unknown id before known ones conflicts', ['abc', 'no-stream', 'xbc'], conflict(2)],
  ['one id twice, stored twice, is a repeat', ['aa', 'no-stream', 'aa'], repeat(0)],
])('%s', (_title, given, verdict) => {
  expect(judged(given)).toEqual(verdict);
});
