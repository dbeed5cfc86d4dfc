import { legalDate } from '#libs/kernel';
import { chineseCalendar, dayKind, statutoryDays } from './index.js';

const { statute } = chineseCalendar();
const daysOf = (year: number): readonly string[] =>
  [...statutoryDays(statute!, year)].map(([on, { name }]) => `${on} ${name}`);

/*
 * By hand: the text of each edition of the statute over a printed calendar of the year. Spring Festival of 2027 is the year
 * whose new moon comes four minutes before midnight, so that other calendars than the Chinese one begin it a day later.
 */
describe('法定节假日, which 全国年节及纪念日放假办法第二条 names', () => {
  it.each<[number, string, readonly string[]]>([
    [1998, 'before the first edition', []],
    [1999, 'from its day of effect on', ['1999-10-01 国庆节', '1999-10-02 国庆节', '1999-10-03 国庆节']],
    [
      2003,
      'of 1999: three days of labour, no lunar festival but the spring',
      [
        ...['2003-01-01 新年', '2003-02-01 春节', '2003-02-02 春节', '2003-02-03 春节'],
        ...['2003-05-01 劳动节', '2003-05-02 劳动节', '2003-05-03 劳动节'],
        ...['2003-10-01 国庆节', '2003-10-02 国庆节', '2003-10-03 国庆节'],
      ],
    ],
    [
      2013,
      'of 2007: the eve, and not the third day',
      [
        ...['2013-01-01 新年', '2013-02-09 春节', '2013-02-10 春节', '2013-02-11 春节', '2013-04-04 清明节'],
        ...['2013-05-01 劳动节', '2013-06-12 端午节', '2013-09-19 中秋节'],
        ...['2013-10-01 国庆节', '2013-10-02 国庆节', '2013-10-03 国庆节'],
      ],
    ],
    [
      2024,
      'of 2013: the third day, and not the eve',
      [
        ...['2024-01-01 新年', '2024-02-10 春节', '2024-02-11 春节', '2024-02-12 春节', '2024-04-04 清明节'],
        ...['2024-05-01 劳动节', '2024-06-10 端午节', '2024-09-17 中秋节'],
        ...['2024-10-01 国庆节', '2024-10-02 国庆节', '2024-10-03 国庆节'],
      ],
    ],
    [
      2027,
      'of 2024: four days of spring, two of labour',
      [
        ...['2027-01-01 元旦', '2027-02-05 春节', '2027-02-06 春节', '2027-02-07 春节', '2027-02-08 春节'],
        ...['2027-04-05 清明节', '2027-05-01 劳动节', '2027-05-02 劳动节', '2027-06-09 端午节', '2027-09-15 中秋节'],
        ...['2027-10-01 国庆节', '2027-10-02 国庆节', '2027-10-03 国庆节'],
      ],
    ],
    [
      2100,
      'without those that are not known',
      ['01-01 元旦', '05-01 劳动节', '05-02 劳动节', '10-01 国庆节', '10-02 国庆节', '10-03 国庆节'].map(
        (on) => `2100-${on}`,
      ),
    ],
  ])('%i, %s', (year, _edition, days) => {
    expect(daysOf(year)).toEqual(days);
  });

  it('names both holidays of a day that is two of them, each with its provision', () => {
    const days = statutoryDays(statute!, 2028);
    expect([...days.keys()].toSorted()).toEqual(
      [
        ...['01-01', '01-25', '01-26', '01-27', '01-28', '04-04', '05-01', '05-02', '05-28'],
        ...['10-01', '10-02', '10-03'],
      ].map((on) => `2028-${on}`),
    );
    expect(days.get(legalDate('2028-10-03'))).toEqual({
      name: '中秋节、国庆节',
      statute: '《全国年节及纪念日放假办法》（国务院令第795号）第二条第六项、第二条第七项',
    });
  });

  it('has 清明 on the day in Beijing on which the sun comes to 15 degrees, up to 2099', () => {
    // By the low-precision series of an almanac: the fifth in these years, the fourth in all others.
    const fifth = [
      ...[2010, 2011, 2014, 2015, 2018, 2019, 2022, 2023, 2026, 2027, 2030, 2031, 2034, 2035, 2038, 2039],
      ...[2043, 2047, 2051, 2055, 2059, 2063, 2067, 2071],
    ];
    for (let year = 2008; year <= 2099; year += 1)
      expect(daysOf(year)).toContain(`${year}-04-0${fifth.includes(year) ? 5 : 4} 清明节`);
  });

  it('are days on which nobody works by the notice either, in every year that has one', () => {
    const calendar = chineseCalendar();
    const days = calendar.years.flatMap(({ year }) => [...statutoryDays(statute!, year).keys()]);
    expect(days.filter((day) => dayKind(calendar, day).working)).toEqual([]);
  });
});
