import { custodyAt, interrupted, type NamedOfficer, type Turn } from './custody.js';
import { derivedId } from './ids.js';
import { instant } from './instant.js';
import { legalDate } from './legal-date.js';
import type { Occurrence } from './occurrence.js';

const [organ, event] = [derivedId(['organ']), derivedId(['event'])];
const on = (day: string): Occurrence => ({ on: legalDate(day) });
const at = (text: string): Occurrence => ({ at: instant(text) });
const turn = (task: string, from: Occurrence, more: Partial<Turn> = {}): Turn => ({
  task,
  from,
  since: event,
  holders: [],
  suspended: false,
  ...more,
});
const told = (line: readonly Turn[], asOf: string) =>
  custodyAt(line, instant(asOf)).turns.map(({ task, days }) => `${task} ${days}`);

describe('the turns by an instant', () => {
  const line = [turn('a', on('2026-09-01')), turn('b', at('2026-09-04T02:00:00Z')), turn('c', on('2026-09-04'))];

  it.each([
    ['before the first', '2026-08-31T15:59:59.999999Z', []],
    ['from the first moment of the day', '2026-08-31T16:00:00Z', ['a 0']],
    ['before a known hour, a day that stands behind it waits', '2026-09-04T01:59:59.999999Z', ['a 3']],
    ['from that hour on both count', '2026-09-04T02:00:00Z', ['a 3', 'b 0', 'c 0']],
    ['days go to who holds at their end', '2026-09-06T15:59:00Z', ['a 3', 'b 0', 'c 2']],
  ])('%s', (_name, asOf, expected) => expect(told(line, asOf)).toEqual(expected));

  it('end as the next begins, and the last is open', () => {
    expect(custodyAt(line, instant('2026-09-06T00:00:00Z')).turns.map(({ to }) => to)).toEqual([
      at('2026-09-04T02:00:00Z'),
      on('2026-09-04'),
      undefined,
    ]);
  });

  it('add up to the microsecond where every beginning has an hour', () => {
    const exact = [turn('a', at('2026-09-01T00:00:00.000001Z')), turn('b', at('2026-09-01T00:00:01Z'))];
    const { turns, days, microseconds } = custodyAt(exact, instant('2026-09-03T00:00:00.5Z'));
    expect(turns.map((one) => one.microseconds)).toEqual([999_999, 172_799_500_000]);
    expect([days, microseconds]).toEqual([2, 172_800_499_999]);
    expect(custodyAt(line, instant('2026-09-06T00:00:00Z')).microseconds).toBeUndefined();
  });
});

describe('who is in charge', () => {
  const officer = (name: string, from: Occurrence): NamedOfficer => ({
    person: derivedId([name]),
    post: name,
    from,
    event,
  });
  const officers = [
    officer('first', on('2026-09-01')),
    officer('second', on('2026-09-03')),
    officer('third', on('2026-09-05')),
    officer('fourth', on('2026-09-09')),
  ];
  const line = [
    turn('a', on('2026-09-01'), { holders: [{ organ, officers }] }),
    turn('b', on('2026-09-05'), { holders: [{ organ, officers }] }),
  ];
  const posts = (asOf: string) =>
    custodyAt(line, instant(asOf)).turns.map(({ holders }) => holders[0]?.officers.map(({ post }) => post).join(' '));

  it('is who was named last when the turn began, then whoever was named during it', () => {
    expect(posts('2026-09-10T00:00:00Z')).toEqual(['first second', 'third fourth']);
    expect(posts('2026-09-06T00:00:00Z')).toEqual(['first second', 'third']);
    expect(posts('2026-09-02T00:00:00Z')).toEqual(['first']);
  });
});

describe('a standstill', () => {
  const [began, ended] = [derivedId(['began']), derivedId(['ended'])];
  const day = (of: string) => legalDate(`2026-09-${of}`);
  const parts = (next: string | undefined, from: string, to?: string) =>
    interrupted(turn('a', on('2026-09-10')), next === undefined ? undefined : day(next), [
      { from: day(from), since: began, ...(to !== undefined && { to: day(to), until: ended }) },
    ]).map(({ from: begins, suspended, since }) => [
      'on' in begins ? begins.on.slice(8) : '',
      suspended,
      since === event ? '' : since === began ? 'began' : 'ended',
    ]);

  const begins = ['10', false, ''] as const;
  it.each([
    { name: 'within', from: '12', to: '15', expected: [begins, ['12', true, 'began'], ['15', false, 'ended']] },
    { name: 'without an end', from: '12', expected: [begins, ['12', true, 'began']] },
    {
      name: 'from before until within',
      from: '01',
      to: '11',
      expected: [
        ['10', true, ''],
        ['11', false, 'ended'],
      ],
    },
    { name: 'from the first day', from: '10', expected: [['10', true, '']] },
    { name: 'until the first day', from: '01', to: '10', expected: [begins] },
    { name: 'from the day of the next', next: '12', from: '12', expected: [begins] },
    { name: 'until the day of the next', next: '12', from: '11', to: '12', expected: [begins, ['11', true, 'began']] },
    { name: 'of no day', from: '12', to: '12', expected: [begins] },
  ])('$name', ({ next, from, to, expected }) => expect(parts(next, from, to)).toEqual(expected));
});
