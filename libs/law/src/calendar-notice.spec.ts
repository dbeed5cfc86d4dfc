import { derivedId, instant, legalDate, type Recorded } from '#libs/kernel';
import {
  calendarShelfAfter,
  chineseCalendar,
  countDays,
  dayKind,
  emptyCalendarShelf,
  isOlder,
  noticeFaults,
  statutoryDays,
  withNotice,
  yearSource,
  type CalendarFact,
  type CalendarNotice,
  type CalendarShelf,
} from './index.js';
import { statutoryFaults } from './statutory-check.js';

const day = legalDate;
const shipped = chineseCalendar();
const notice: CalendarNotice = {
  source: '国务院办公厅',
  title: '示例：2027年放假通知（虚构）',
  documentNumber: '示例〔2026〕1号',
  date: day('2026-11-05'),
  year: 2027,
  holidays: [
    { on: day('2027-01-01'), name: '元旦', weekday: '周五' },
    { on: day('2027-02-08'), name: '春节' },
  ],
  worked: [{ on: day('2027-01-31'), weekday: '周日' }],
};
const told = (value: unknown): string[] => noticeFaults(value).map(({ at, says }) => `${at} ${says}`);

describe('放假通知', () => {
  it('is sound as the general office writes it, also where it reaches back over New Year', () => {
    expect(noticeFaults(notice)).toEqual([]);
    expect(noticeFaults({ ...notice, worked: [{ on: '2026-12-26', weekday: '周六' }] })).toEqual([]);
  });

  it('is refused whole, with every fault at its place', () => {
    const { date: _date, ...undated } = notice;
    expect(
      told({
        ...undated,
        title: ' ',
        holidays: [
          { on: '2027-01-01', name: '元旦', weekday: '周四' },
          { on: '2027-01-01', name: '元旦' },
          { on: '2028-02-08', name: '春节' },
          { on: '2027-02-30', name: '春节' },
          { on: '2027-02-27', name: '春节' },
        ],
        worked: [
          { on: '2027-02-27', weekday: '周六' },
          { on: '2027-03-01', weekday: '周一' },
          { on: '2026-12-20', weekday: '周日' },
          { on: '2027-03-06' },
        ],
        office: 'unknown',
      }).toSorted(),
    ).toEqual(
      [
        '/date 缺少该字段',
        '/title 须为 1 至 200 字的文字，不得为空白，须为 Unicode NFC 形式',
        '/office 未知字段',
        '/holidays/0/weekday 2027-01-01 是周五，不是周四',
        '/holidays/1 与前面的项重复',
        '/holidays/2/on 2028-02-08 不在 2027 年，也不是上一年 12 月 25 日以后',
        '/holidays/3/on 须为存在的日期，格式 YYYY-MM-DD',
        '/worked/0/on 2027-02-27 又列为放假',
        '/worked/1/on 2027-03-01 不是周末，无须调休',
        '/worked/2/on 2026-12-20 不在 2027 年，也不是上一年 12 月 25 日以后',
        '/worked/3/weekday 缺少该字段',
      ].toSorted(),
    );
  });

  describe('against 全国年节及纪念日放假办法第二条', () => {
    const { statute } = shipped;
    const whole = [...statutoryDays(statute!, 2027)].map(([on, { name }]) => ({ on, name }));
    const faults = (holidays: object[], worked: object[] = []) =>
      noticeFaults({ ...notice, holidays, worked }, statute).map(({ at, says }) => `${at} ${says}`);
    const without = (...days: string[]) => whole.filter(({ on }) => !days.includes(on));
    const by = '依《全国年节及纪念日放假办法》（国务院令第795号）第二条';

    it('leaves out no statutory day but one on a weekend, which is off as it is', () => {
      expect(faults(whole)).toEqual([]);
      expect(faults(without('2027-05-01', '2027-10-02'))).toEqual([]);
      expect(faults(without('2027-10-01', '2027-02-05'))).toEqual([
        `/holidays 缺少 2027-02-05：春节，${by}第二项放假，不能不列`,
        `/holidays 缺少 2027-10-01：国庆节，${by}第七项放假，不能不列`,
      ]);
    });

    it('makes no statutory day a working day', () => {
      expect(faults(without('2027-05-01'), [{ on: '2027-05-01', weekday: '周六' }])).toEqual([
        `/worked/0/on 2027-05-01 是劳动节，${by}第四项放假，不能列为上班`,
      ]);
    });

    it('is checked in a year that is one, and told beside every other fault', () => {
      expect(noticeFaults({ ...notice, year: '2027', holidays: whole }, statute)).toHaveLength(
        noticeFaults({ ...notice, year: '2027', holidays: whole }).length,
      );
      expect(faults([...without('2027-10-01'), { on: '2027-02-30', name: '无' }])).toHaveLength(2);
    });

    it('agrees with every notice that was ever given', () => {
      const found = shipped.years.flatMap(({ year, holidays, worked }) =>
        statutoryFaults(statute!, year, {
          at: `${year}`,
          holidays: holidays.map(({ on }) => ({ at: on, on })),
          worked: worked.map((on) => ({ at: on, on })),
        }),
      );
      expect(found).toEqual([]);
      expect(shipped.years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    });
  });

  it.each([[null], [[]], ['2027'], [{ year: 2027, holidays: {}, worked: 7 }]])('finds faults in %j', (value) => {
    expect(noticeFaults(value).length).toBeGreaterThan(0);
  });
});

describe('a calendar with a notice', () => {
  const calendar = withNotice(shipped, notice);

  it('counts its year by the notice, no longer provisionally, and names it', () => {
    const limit = { days: 2, unit: 'workingDay' } as const;
    expect(countDays(shipped, day('2027-01-29'), limit)).toEqual({ due: '2027-02-02', provisional: true });
    expect(countDays(calendar, day('2027-01-29'), limit)).toEqual({ due: '2027-02-01', provisional: false });
    expect(yearSource(shipped, 2027)).toMatch(/^2027年未录有放假通知，暂按周末和《全国年节及纪念日放假办法》/);
    expect(yearSource(calendar, 2027)).toBe(`2027年依《${notice.title}》（示例〔2026〕1号，2026-11-05）`);
    expect(yearSource(calendar, 2026)).toBe(yearSource(shipped, 2026));
  });

  it('has the days of the year before that the notice reaches back to, and is the same after it was taken in twice', () => {
    const back = {
      ...notice,
      holidays: [...notice.holidays, { on: day('2026-12-31'), name: '元旦' }],
      worked: [{ on: day('2026-12-26'), weekday: '周六' }],
    } as const;
    const reached = withNotice(shipped, back);
    expect(dayKind(reached, day('2026-12-31'))).toMatchObject({ working: false, why: 'holiday' });
    expect(dayKind(reached, day('2026-12-26'))).toMatchObject({ working: true, why: 'worked' });
    expect(dayKind(reached, day('2026-10-01'))).toEqual(dayKind(shipped, day('2026-10-01')));
    expect(withNotice(reached, back)).toEqual(reached);
    expect(reached.years.map(({ year }) => year)).toEqual([...shipped.years.map(({ year }) => year), 2027]);
  });
});

describe('工作日历 and what it is made of', () => {
  let revision = 0;
  const recorded = <F extends CalendarFact>(type: F['type'], data: F['data']): Recorded<CalendarFact> => {
    const at = instant('2026-11-10T01:00:00Z');
    const envelope = {
      version: 1,
      commandDigest: 'd',
      basis: {},
      occurredAt: { at },
      recordedAt: at,
      revision: ++revision,
    };
    const id = derivedId([type, revision]);
    const recorder = { person: derivedId(['keeper']), issuer: 'i', subjectDigest: 's', client: 'c' };
    return { type, data, id, commandId: id, recorder, ...envelope } as unknown as Recorded<CalendarFact>;
  };
  const published = (version: string) =>
    recorded('CalendarPublished', { calendar: { ...shipped, version }, digest: version });
  const after = (shelf: CalendarShelf, ...facts: Recorded<CalendarFact>[]): CalendarShelf =>
    facts.reduce(calendarShelfAfter, shelf);
  const begun = after(emptyCalendarShelf, published('chinese-days 1.5.7'));
  const asking = (what: CalendarNotice) => recorded('CalendarNoticeRequested', { notice: what });

  it('holds a notice from its approval on, and not before', () => {
    const asked = asking(notice);
    const waiting = after(begun, asked);
    expect(waiting.calendar).toBe(begun.calendar);
    const approved = after(waiting, recorded('CalendarNoticeApproved', { request: asked.id }));
    expect(approved.calendar.years.at(-1)).toMatchObject({ year: 2027, notice: { documentNumber: '示例〔2026〕1号' } });
    expect(approved.calendar.version).toBe('chinese-days 1.5.7；示例〔2026〕1号');
  });

  it('holds nothing that was refused, or decided twice, or never asked for', () => {
    const asked = asking(notice);
    const refused = after(begun, asked, recorded('CalendarNoticeRefused', { request: asked.id, reason: '不符' }));
    expect(refused.calendar).toBe(begun.calendar);
    const late = after(refused, recorded('CalendarNoticeApproved', { request: asked.id }));
    expect(late.calendar).toBe(begun.calendar);
    expect(after(begun, recorded('CalendarNoticeApproved', { request: derivedId(['nothing']) })).calendar).toBe(
      begun.calendar,
    );
  });

  it('keeps an approved notice when a later program ships its year otherwise, and takes its other years', () => {
    const asked = asking(notice);
    const approved = after(begun, asked, recorded('CalendarNoticeApproved', { request: asked.id }));
    const years = [
      ...shipped.years,
      { year: 2027, holidays: [], worked: [] },
      { year: 2028, holidays: [], worked: [] },
    ];
    const upgraded = after(
      approved,
      recorded('CalendarPublished', { calendar: { ...shipped, version: 'chinese-days 1.6.0', years }, digest: 'new' }),
    );
    expect(upgraded.calendar.years.slice(-2)).toMatchObject([
      { year: 2027, holidays: notice.holidays.map(({ on }) => ({ on })) },
      { year: 2028 },
    ]);
  });

  it('lets the notice approved last stand for a year', () => {
    const later = {
      ...notice,
      documentNumber: '示例〔2027〕1号',
      holidays: notice.holidays.slice(0, 1),
      replaces: notice.documentNumber,
    };
    const [first, second] = [asking(notice), asking(later)];
    const shelf = after(
      begun,
      first,
      second,
      recorded('CalendarNoticeApproved', { request: first.id }),
      recorded('CalendarNoticeApproved', { request: second.id }),
    );
    expect(shelf.calendar.years.at(-1)).toMatchObject({
      notice: { documentNumber: '示例〔2027〕1号' },
      holidays: [{}],
    });
  });

  it('has the statute from the program on that ships it, and keeps it when an earlier program starts again', () => {
    const { version: _version, statute: _statute, ...early } = shipped;
    const data = { calendar: { ...early, version: 'chinese-days 1.5.7' }, digest: 'early' };
    const before = after(emptyCalendarShelf, recorded('CalendarPublished', data));
    const upgraded = after(before, recorded('CalendarPublished', { calendar: shipped, digest: 'shipped' }));
    const working = ({ calendar }: CalendarShelf) => dayKind(calendar, day('2027-02-08')).working;
    expect([before, upgraded, after(upgraded, recorded('CalendarPublished', data))].map(working)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('takes nothing back when an older program starts beside a newer one', () => {
    const newer = after(begun, published('chinese-days 1.10.0'));
    expect(after(newer, published('chinese-days 1.9.9')).calendar.version).toBe('chinese-days 1.10.0');
    expect(after(newer, published('chinese-days 1.10.1')).calendar.version).toBe('chinese-days 1.10.1');
    expect(isOlder(shipped, { ...shipped, version: 'chinese-days 1.5.8.1' })).toBe(true);
    expect(isOlder({ ...shipped, version: '1' }, { ...shipped, version: '2' })).toBe(false);
  });
});
