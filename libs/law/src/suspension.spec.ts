import { legalDate } from '#libs/kernel';
import { chineseCalendar, countDaysOutside, explain, type Suspension } from './index.js';

const calendar = chineseCalendar();
const spans = (...pairs: readonly (readonly [string, string?])[]): readonly Suspension[] =>
  pairs.map(([from, to]) => ({ from: legalDate(from), ...(to && { to: legalDate(to) }) }));
const dueOf = (from: string, days: number, suspensions: readonly Suspension[], unit = 'workingDay' as const) =>
  countDaysOutside(calendar, legalDate(from), { days, unit }, suspensions)?.due;

// Monday 2026-03-02 to Friday 2026-03-13 are ten working days but the first; no holiday is near.
describe('中止计算', () => {
  it.each<[string, readonly (readonly [string, string?])[], string | undefined]>([
    ['no suspension', [], '2026-03-16'],
    ['three working days in it', [['2026-03-04', '2026-03-07']], '2026-03-19'],
    ['a weekend only', [['2026-03-07', '2026-03-09']], '2026-03-16'],
    [
      'two that overlap',
      [
        ['2026-03-04', '2026-03-06'],
        ['2026-03-05', '2026-03-07'],
      ],
      '2026-03-19',
    ],
    ['one that ends before it starts', [['2026-02-02', '2026-03-02']], '2026-03-16'],
    ['one that begins after the last day', [['2026-03-17']], '2026-03-16'],
    ['one without an end that begins on the last day', [['2026-03-16']], undefined],
    ['one without an end', [['2026-03-05']], undefined],
    [
      'one that ended, and one without an end after the moved last day',
      [['2026-03-04', '2026-03-07'], ['2026-03-20']],
      '2026-03-19',
    ],
    [
      'one that ended, and one without an end before the moved last day',
      [['2026-03-04', '2026-03-07'], ['2026-03-18']],
      undefined,
    ],
  ])('ten working days from 2026-03-02 with %s', (_what, pairs, due) => {
    expect(dueOf('2026-03-02', 10, spans(...pairs))).toBe(due);
  });

  it('leaves calendar days out as well', () => {
    const limit = { days: 10, unit: 'calendarDay' } as const;
    const due = countDaysOutside(calendar, legalDate('2026-03-02'), limit, spans(['2026-03-07', '2026-03-09']))?.due;
    expect(due).toBe('2026-03-14');
  });

  it('is told day by day', () => {
    const days = explain(
      calendar,
      legalDate('2026-03-02'),
      { days: 3, unit: 'workingDay' },
      spans(['2026-03-03', '2026-03-05']),
    );
    expect(days.map(({ day, counted, why }) => [day, counted, why])).toEqual([
      ['2026-03-02', false, 'firstDay'],
      ['2026-03-03', false, 'suspended'],
      ['2026-03-04', false, 'suspended'],
      ['2026-03-05', true, 'weekday'],
      ['2026-03-06', true, 'weekday'],
      ['2026-03-07', false, 'weekend'],
      ['2026-03-08', false, 'weekend'],
      ['2026-03-09', true, 'weekday'],
    ]);
    const open = explain(calendar, legalDate('2026-03-02'), { days: 3, unit: 'workingDay' }, spans(['2026-03-04']));
    expect(open.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03']);
  });
});
