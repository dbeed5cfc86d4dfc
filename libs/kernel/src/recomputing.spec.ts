import { commonSentence, derivedId, legalDate, recomputed, type Recorded, type Schedule } from './index.js';
import type { ClocksRecomputed } from './recomputing.js';

const holder = derivedId(['holder']);
const clock = (due: string | undefined, provisional: boolean) => ({
  ...{ clock: 'provide', rule: 'R-1', holder, provisional },
  ...(due === undefined ? {} : { due: legalDate(due) }),
});
const schedule = (clocks: Schedule['clocks'], ...rules: string[]): Schedule => ({
  clocks,
  flags: rules.map((rule) => ({ rule, code: 'c', about: [] })),
  duties: [],
});
const nameOf = (): string => '提供协助期限';
const before = schedule([clock('2027-01-05', true)], 'R-2', 'R-3');

it('tells clocks and flags that one law and the next make otherwise of a case, and nothing of those they make alike', () => {
  expect(recomputed(before, before, nameOf)).toBeUndefined();
  expect(recomputed(before, schedule([clock('2027-01-06', false)], 'R-3', 'R-4'), nameOf)).toEqual({
    clocks: [
      {
        ...{ clock: 'provide', name: '提供协助期限', rule: 'R-1' },
        ...{ before: { due: '2027-01-05', provisional: true }, after: { due: '2027-01-06', provisional: false } },
      },
    ],
    flagged: ['R-4'],
    unflagged: ['R-2'],
  });
  const settled = recomputed(before, schedule([clock('2027-01-05', false)], 'R-2', 'R-3'), nameOf);
  expect(settled?.clocks).toMatchObject([{ before: { provisional: true }, after: { provisional: false } }]);
  expect(recomputed(before, schedule([], 'R-2', 'R-3'), nameOf)?.clocks[0]).not.toHaveProperty('after');
});

it('says it in a sentence', () => {
  const told = recomputed(before, schedule([clock(undefined, false)], 'R-2', 'R-3', 'R-4'), nameOf);
  const because = { event: derivedId(['event']), title: '《示例通知》（示例〔2026〕1号）入账' };
  const fact = { type: 'ClocksRecomputed', data: { because, ...told } } as unknown as Recorded<ClocksRecomputed>;
  const names = { organ: (id: string) => id, person: (id: string) => id };
  expect(commonSentence(fact, {}, names)).toBe(
    '因《示例通知》（示例〔2026〕1号）入账，重新计算：提供协助期限由2027-01-05（暂定）改为不能判定；新增提示R-4。',
  );
});
