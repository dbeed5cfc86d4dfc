import { derivedId, legalDate, type Assessment } from '#libs/kernel';
import { changesBetween, clockChanges, dutyChanges, flagChanges, isSameJson, valueChanges } from './changes.js';

const id = derivedId(['event']);
const day = legalDate('2026-09-18');

const assessment = (parts: Partial<Assessment>): Assessment =>
  ({ asOf: '2026-10-01T00:00:00.000000Z', clocks: [], flags: [], duties: [], ...parts }) as Assessment;

it.each([
  [['a'], ['a'], []],
  [['a'], [], [{ before: 'a' }]],
  [[], ['a'], [{ after: 'a' }]],
  [['a', 'a'], ['a'], [{ before: 'a' }]],
  [['a', 'b'], ['b', 'a'], []],
])('between %j and %j there is %j', (before, after, expected) =>
  expect(changesBetween(before, after, (one) => one, isSameJson)).toEqual(expected),
);

it('a clock is told by its name, and has changed when anything of it has', () => {
  const clock = { clock: 'provide', rule: 'X-1', holder: id, provisional: false, verdict: 'cannotJudge' as const };
  const before = assessment({ clocks: [clock] });
  const after = assessment({ clocks: [{ ...clock, rule: 'X-2', due: day, verdict: 'running' }] });
  expect(clockChanges(before, after)).toEqual([{ before: before.clocks[0], after: after.clocks[0] }]);
  expect(clockChanges(before, before)).toEqual([]);
});

it('a flag is told by what it is about; other values of it are a change', () => {
  const flag = { rule: 'X-1', code: 'late', about: [id], values: { days: 1 } };
  const [before, after] = [assessment({ flags: [flag] }), assessment({ flags: [{ ...flag, values: { days: 2 } }] })];
  expect(flagChanges(before, after)).toEqual([{ before: before.flags[0], after: after.flags[0] }]);
  const other = assessment({ flags: [{ ...flag, about: [derivedId(['another'])] }] });
  expect(flagChanges(before, other)).toEqual([{ before: flag }, { after: other.flags[0] }]);
});

it('a duty that merely grew older has not changed', () => {
  const duty = { rule: 'X-1', code: 'feedback', since: { on: day, event: id }, holder: id, ageDays: 1 };
  const before = assessment({ duties: [duty] });
  expect(dutyChanges(before, assessment({ duties: [{ ...duty, ageDays: 5 }] }))).toEqual([]);
  expect(dutyChanges(before, assessment({}))).toEqual([{ before: duty }]);
});

it.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1 }, { a: 2 }, [{ pointer: '/a', before: 1, after: 2 }]],
  [{ a: 1 }, {}, [{ pointer: '/a', before: 1 }]],
  [{}, { a: [] }, [{ pointer: '/a', after: [] }]],
  [
    { a: [1, 2] },
    { a: [1, 3, 4] },
    [
      { pointer: '/a/1', before: 2, after: 3 },
      { pointer: '/a/2', after: 4 },
    ],
  ],
  [{ a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1 } } }, [{ pointer: '/a/b/d', before: 2 }]],
  [{ a: {} }, { a: [] }, [{ pointer: '/a', before: {}, after: [] }]],
  [{ a: null }, { a: 0 }, [{ pointer: '/a', before: null, after: 0 }]],
  [
    { a: { sealed: 'x', ct: '1' } },
    { a: { sealed: 'y', ct: '2' } },
    [{ pointer: '/a', before: { sealed: 'x', ct: '1' }, after: { sealed: 'y', ct: '2' } }],
  ],
])('from %j to %j: %j', (before, after, expected) => expect(valueChanges(before, after)).toEqual(expected));
