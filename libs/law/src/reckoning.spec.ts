import { instant, legalDate } from '#libs/kernel';
import {
  beginningFrom,
  chineseCalendar,
  countDays,
  daysFrom,
  limitFrom,
  LimitRefused,
  reckon,
  reckonedText,
  type AskedLimit,
} from './index.js';

const calendar = chineseCalendar();
const wd = (days: number) => ({ days, unit: 'workingDay' }) as const;
const cd = (days: number) => ({ days, unit: 'calendarDay' }) as const;

describe('期限计算', () => {
  it.each<[string, AskedLimit, readonly ReturnType<typeof wd>[], string]>([
    ['2026-09-18', wd(10), [], '2026-10-09'],
    ['2026-09-18', wd(10), [wd(10)], '2026-10-22'],
    ['2026-09-18', wd(20), [wd(10)], '2026-11-05'],
    ['2026-09-18', cd(10), [], '2026-09-28'],
    ['2020-04-10', wd(20), [wd(10)], '2020-05-25'],
  ])('from %s, %j extended by %j, ends on %s', (from, limit, extensions, due) => {
    expect(reckon(calendar, { from: legalDate(from), limit, extensions }).due).toBe(due);
  });

  it.each([
    ['2020-06-18', 5, '2020-06-11'],
    ['2020-06-18', 2, '2020-06-16'],
    ['2026-10-08', 5, '2026-09-23'],
  ])('%s less %i working days is %s (CQ-4.2-2, CQ-4.2-3: the day itself is not counted)', (from, days, due) => {
    expect(reckon(calendar, { from: legalDate(from), limit: wd(days), before: true }).due).toBe(due);
  });

  it('tells every day it looked at, each once, and its last is the due day', () => {
    const { days, due } = reckon(calendar, { from: legalDate('2026-09-18'), limit: wd(10), extensions: [wd(10)] });
    expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].toSorted());
    expect(days.filter(({ counted, part }) => counted && part === 0)).toHaveLength(10);
    expect(days.filter(({ counted, part }) => counted && part === 1)).toHaveLength(10);
    expect([days.at(-1)?.day, days.find(({ part }) => part === 1)?.day]).toEqual([due, '2026-10-10']);
  });

  it('counts hours from a moment, and from nothing else', () => {
    const from = instant('2026-09-30T20:00:00+08:00');
    expect(reckon(calendar, { from, limit: { hours: 48 } })).toMatchObject({
      due: '2026-10-02T12:00:00.000000Z',
      days: [],
    });
    for (const asked of [
      { from: legalDate('2026-09-30'), limit: { hours: 48 } },
      { from, limit: { hours: 48 }, before: true },
      { from, limit: { hours: 48 }, extensions: [wd(1)] },
      { from: legalDate('2026-09-30'), limit: wd(5), extensions: [wd(1)], before: true },
    ])
      expect(() => reckon(calendar, asked)).toThrow(RangeError);
  });

  it('is provisional as soon as one of its days is, forwards and back', () => {
    expect(reckon(calendar, { from: legalDate('2026-12-20'), limit: wd(3) }).provisional).toBe(false);
    expect(reckon(calendar, { from: legalDate('2026-12-20'), limit: wd(3), extensions: [wd(5)] }).provisional).toBe(
      true,
    );
    expect(reckon(calendar, { from: legalDate('2027-01-04'), limit: wd(3), before: true }).provisional).toBe(true);
  });

  it('is told in words, a line a day', () => {
    const reckoned = reckon(calendar, { from: legalDate('2026-09-24'), limit: wd(1), extensions: [wd(1)] });
    expect(reckonedText(reckoned)).toEqual([
      '2026-09-24  不计  起始日，不计入',
      '2026-09-25  不计  法定节假日（中秋）',
      '2026-09-26  不计  放假调休（中秋）',
      '2026-09-27  不计  放假调休（中秋）',
      '2026-09-28  第1日  工作日',
      '2026-09-29  延长第1次 第1日  工作日',
      '届满 2026-09-29',
      '节假日安排：2026年依《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号，2025-11-04）。',
    ]);
  });

  it('of hours is told by the clock of Shanghai, with seconds where there are any', () => {
    const hours = (from: string) => reckonedText(reckon(calendar, { from: instant(from), limit: { hours: 24 } }));
    expect(hours('2026-09-30T07:00:00Z')).toEqual(['届满 2026-10-01 15:00']);
    expect(hours('2026-09-30T16:00:07.250Z')).toEqual(['届满 2026-10-02 00:00:07.25']);
  });

  it('goes back as far as it goes forward: of two days, each is the other’s count', () => {
    for (let days = 1; days <= 60; days += 1) {
      const from = legalDate('2026-08-31');
      const { due } = countDays(calendar, from, wd(days));
      // From the day after the last counted one, the same number of working days lead back to the first counted one.
      const first = countDays(calendar, from, wd(1)).due;
      const after = countDays(calendar, due, wd(1)).due;
      expect(reckon(calendar, { from: after, limit: wd(days), before: true }).due).toBe(first);
    }
  });
});

describe('what a person writes', () => {
  it.each<[string, AskedLimit]>([
    ['20wd', wd(20)],
    ['7cd', cd(7)],
    ['48h', { hours: 48 }],
  ])('%s', (text, limit) => {
    expect(limitFrom('limit', text)).toEqual(limit);
  });

  it.each(['', '0wd', '-5wd', '10', 'wd', '1.5wd', '10 wd', '10WD', '99999wd', '9999h', '１０wd'])(
    'is no limit: %j',
    (text) => {
      expect(() => limitFrom('limit', text)).toThrow(LimitRefused);
    },
  );

  it('extends by days only, and begins on a day that exists or at a moment with its offset', () => {
    expect(() => daysFrom('extend', '10h')).toThrow(LimitRefused);
    expect(beginningFrom('2026-02-28')).toBe('2026-02-28');
    expect(beginningFrom('2026-09-18T09:00:00+08:00')).toBe('2026-09-18T01:00:00.000000Z');
    for (const text of ['2026-02-30', '2026-9-1', '2026-09-18T09:00:00', 'today', '1991-12-31'])
      expect(() => beginningFrom(text)).toThrow(LimitRefused);
  });
});

describe('节假日安排 of a count: of every year, the notice it rests on', () => {
  const noticesFrom = (from: string, days: number) =>
    reckon(calendar, { from: legalDate(from), limit: wd(days) }).notices;

  it('says honestly that no number of a notice is recorded for the years before 2008', () => {
    const [older, newer, ...more] = noticesFrom('2007-12-17', 15);
    expect(older).toMatch(/^2007年未录有放假通知的文号，依国务院办公厅历年部分节假日安排通知/);
    expect(newer).toMatch(/^2008年依《.*》（国办发明电〔2007〕52号，2007-12-15）$/);
    expect(more).toEqual([]);
  });

  it('says that a year has no notice yet, also of the last days before it', () => {
    const none =
      '2027年未录有放假通知，暂按周末和《全国年节及纪念日放假办法》（国务院令第795号）第二条的法定节假日推算，未计补假（第六条）和调休';
    const reachedBack = '2026年12月25日起的日子，2027年的放假通知仍可能调整，暂按2026年的安排计算';
    expect(noticesFrom('2026-12-18', 15)).toEqual([expect.stringContaining('2026年依《'), none, reachedBack]);
    expect(noticesFrom('2026-12-22', 4)).toEqual([expect.stringContaining('2026年依《'), none, reachedBack]);
    expect(noticesFrom('2027-01-04', 4)).toEqual([none]);
    expect(noticesFrom('2025-12-22', 9)).toHaveLength(2);
    expect(noticesFrom('2026-12-14', 4)).toEqual([expect.stringContaining('2026年依《')]);
  });

  it('names a later notice where a day it changed was looked at', () => {
    expect(noticesFrom('2020-01-22', 3)).toEqual([
      expect.stringContaining('国办发明电〔2019〕16号'),
      '其中2020-01-31至2020-02-02依《国务院办公厅关于延长2020年春节假期的通知》（国办发明电〔2020〕1号）',
    ]);
    expect(noticesFrom('2020-03-02', 3)).toHaveLength(1);
  });
});
