import { addDays, legalDate, yearOf } from '#libs/kernel';
import { chineseCalendar, dayKind, emptyCalendar, yearSource, type Calendar } from './index.js';

const calendar = chineseCalendar();
const kindOf = (day: string) => dayKind(calendar, legalDate(day));
const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, ordinal) => addDays(legalDate(first), ordinal));

describe('the shipped calendar', () => {
  it('lists 2004 to 2026 without a gap, each year with its own days only', () => {
    expect(calendar.years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    for (const { year, holidays, worked } of calendar.years)
      expect([...holidays.map(({ on }) => on), ...worked].every((day) => yearOf(day) === year)).toBe(true);
  });

  it('says where it comes from', () => {
    expect(calendar.version).toBe('chinese-days 1.5.7.1');
    expect(calendar.source).toContain('国务院办公厅');
    expect(calendar.source).toContain('chinese-days 1.5.7');
  });

  it.each([
    ['Mid-Autumn 2026', daysFrom('2026-09-25', 1), '中秋', '（国务院令第795号）第二条第六项'],
    ['National Day 2026', daysFrom('2026-10-01', 3), '国庆节', '（国务院令第795号）第二条第七项'],
    ['Labour Day 2020', daysFrom('2020-05-01', 1), '劳动节', '（国务院令第644号）第二条第四项'],
    ['Spring Festival 2012', daysFrom('2012-01-22', 3), '春节', '（国务院令第513号）第二条第二项'],
    ['Labour Day 2007', daysFrom('2007-05-01', 3), '劳动节', '（国务院令第270号）第二条第三项'],
  ])('has the statutory holidays of %s', (_name, days, name, provision) => {
    const statute = `《全国年节及纪念日放假办法》${provision}`;
    for (const day of days)
      expect(kindOf(day)).toEqual({ working: false, provisional: false, why: 'statutory', name, statute });
  });

  it.each([
    ['Mid-Autumn 2026', daysFrom('2026-09-26', 2), '中秋'],
    ['National Day 2026', daysFrom('2026-10-04', 4), '国庆节'],
    ['Labour Day 2020', daysFrom('2020-05-02', 4), '劳动节'],
    ['the fourth day of Spring Festival 2012', daysFrom('2012-01-25', 4), '春节'],
    ['Labour Day 2007', daysFrom('2007-05-04', 4), '劳动节'],
    ['the eve of New Year 2019', ['2018-12-31'], '元旦'],
    [
      'the anniversary of 2015, which no statute names',
      ['2015-09-03'],
      '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日',
    ],
  ])('has the days off that a notice alone makes of %s', (_name, days, name) => {
    for (const day of days) expect(kindOf(day)).toEqual({ working: false, provisional: false, why: 'holiday', name });
  });

  it.each(['2026-09-20', '2026-10-10', '2020-04-26', '2020-05-09', '2018-12-29'])('has people work on %s', (day) => {
    expect(kindOf(day)).toEqual({ working: true, provisional: false, why: 'worked' });
  });

  it.each([
    ['2026-09-19', 'weekend'],
    ['2026-09-28', 'weekday'],
    ['2026-10-08', 'weekday'],
    ['2026-10-11', 'weekend'],
  ])('takes %s as a plain %s', (day, why) => {
    expect(kindOf(day)).toEqual({ working: why === 'weekday', provisional: false, why });
  });
});

describe('a day without a notice', () => {
  it.each([
    ['2026-12-31', true, 'weekday'],
    ['2027-01-02', false, 'weekend'],
    // No weekend day is worked, and nothing stands in for the two days of Spring Festival that fall on a weekend.
    ['2027-01-31', false, 'weekend'],
    ['2027-02-09', true, 'weekday'],
    ['2003-12-31', true, 'weekday'],
  ])('is provisional: %s', (day, working, why) => {
    expect(kindOf(day)).toEqual({ working, provisional: true, why });
  });

  it('is off by the statute, which names the holiday, also on a weekend', () => {
    const statute = '《全国年节及纪念日放假办法》（国务院令第795号）第二条第二项';
    for (const day of daysFrom('2027-02-05', 4))
      expect(kindOf(day)).toEqual({ working: false, provisional: true, why: 'statutory', name: '春节', statute });
  });

  it('counts Monday to Friday in a calendar that knows no statute', () => {
    const early: Calendar = { version: 'early', source: 'early', years: calendar.years };
    expect(dayKind(early, legalDate('2027-02-05'))).toEqual({ working: true, provisional: true, why: 'weekday' });
    expect(dayKind(early, legalDate('2026-10-01'))).toMatchObject({ working: false, why: 'holiday' });
    expect(yearSource(early, 2027)).toBe('2027年未录有放假通知，暂按周一至周五为工作日推算');
  });

  it('rests on the edition of the statute that the year has, and says what of it is not known', () => {
    const by = (number: string): string =>
      `年未录有放假通知，暂按周末和《全国年节及纪念日放假办法》（${number}）第二条的法定节假日推算，未计补假（第六条）和调休`;
    expect(yearSource(calendar, 1998)).toBe('1998年未录有放假通知，暂按周一至周五为工作日推算');
    expect(yearSource(calendar, 2003)).toBe(`2003${by('国务院令第270号')}`);
    expect(yearSource(calendar, 2027)).toBe(`2027${by('国务院令第795号')}`);
    expect(yearSource(calendar, 2100)).toBe(`2100${by('国务院令第795号')}；农历的节日和清明只推算至2099年，也未计入`);
  });

  it('includes the last week of a listed year before one that is not listed', () => {
    expect(kindOf('2026-12-24').provisional).toBe(false);
    expect(kindOf('2026-12-25').provisional).toBe(true);
    expect(kindOf('2025-12-31').provisional).toBe(false);
  });

  it('may stand between listed years', () => {
    const gapped: Calendar = { ...calendar, years: calendar.years.filter(({ year }) => year !== 2025) };
    const provisional = (day: string): boolean => dayKind(gapped, legalDate(day)).provisional;
    expect(['2024-12-24', '2024-12-25', '2025-01-01', '2025-12-31', '2026-01-01'].map(provisional)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is every day when no calendar is in hand', () => {
    expect(dayKind(emptyCalendar, legalDate('2026-10-01'))).toEqual({
      working: true,
      provisional: true,
      why: 'weekday',
    });
  });

  it('becomes settled when a calendar lists the year', () => {
    const later: Calendar = {
      ...calendar,
      version: 'later',
      years: [...calendar.years, { year: 2027, holidays: [{ on: legalDate('2027-01-01'), name: '元旦' }], worked: [] }],
    };
    expect(dayKind(later, legalDate('2026-12-25'))).toEqual({ working: true, provisional: false, why: 'weekday' });
    expect(dayKind(later, legalDate('2027-01-01'))).toMatchObject({ working: false, provisional: false, name: '元旦' });
    // The notice wins entirely: a day of the statute that it does not name is none.
    expect(dayKind(later, legalDate('2027-02-05'))).toEqual({ working: true, provisional: false, why: 'weekday' });
    expect(kindOf('2027-01-01').provisional).toBe(true);
  });
});
