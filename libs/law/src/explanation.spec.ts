import { derivedId, instant, legalDate, verdict, type Mark } from '#libs/kernel';
import {
  chineseCalendar,
  explanation,
  scheduledClock,
  type ClockLimit,
  type ClockMarks,
  type ClockRule,
} from './index.js';

const calendar = chineseCalendar();
const holder = derivedId(['holder']);
const mark = (on: string, at?: string): Mark => ({
  on: legalDate(on),
  event: derivedId([on]),
  ...(at !== undefined && { at: instant(at) }),
});
const ruleWith = (limit: ClockLimit, extension?: ClockRule['extension']): ClockRule => ({
  clock: 'answer',
  name: '答复期限',
  starts: 'asked',
  stops: 'answered',
  holder: 'asked',
  limits: [limit],
  ...(extension && { extension }),
});
const told = (rule: ClockRule, marks: Partial<ClockMarks>) =>
  explanation({ rule, marks: { holder, holds: () => true, ...marks } }, { calendar });
const judged = (rule: ClockRule, marks: Partial<ClockMarks>, asOf: string) => {
  const clock = scheduledClock(rule, calendar, { holder, holds: () => true, ...marks });
  return clock && verdict({ clocks: [clock], flags: [], duties: [] }, instant(asOf)).clocks[0];
};
const suspendedBy = { rule: 'XM-17-1', value: 'stands' };
const tenDays: ClockLimit = { when: 'always', days: 10, unit: 'workingDay', rule: 'XM-16-4' };
const ten = ruleWith(tenDays, { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6' });

describe('the explanation of a clock', () => {
  it('is checked by hand: every day, the article of each limit, the notice behind each holiday', () => {
    const { text, days, cites, notices } = told(ten, { started: mark('2026-09-21'), stopped: mark('2026-10-14') })!;
    expect(text).toEqual([
      '答复期限：自收到请求起10个工作日内提供协助。',
      '依据：《厦门市行政协助管理办法》（厦府办〔2020〕31号）第十六条第二款〔XM-16-4〕。',
      '自2026-09-21起算，当日不计入。',
      '2026-09-21  不计  起始日，不计入',
      '2026-09-22  第1日  工作日',
      '2026-09-23  第2日  工作日',
      '2026-09-24  第3日  工作日',
      '2026-09-25  不计  法定节假日（中秋）',
      '2026-09-26  不计  放假调休（中秋）',
      '2026-09-27  不计  放假调休（中秋）',
      '2026-09-28  第4日  工作日',
      '2026-09-29  第5日  工作日',
      '2026-09-30  第6日  工作日',
      ...['01', '02', '03'].map((day) => `2026-10-${day}  不计  法定节假日（国庆节）`),
      ...['04', '05', '06', '07'].map((day) => `2026-10-${day}  不计  放假调休（国庆节）`),
      '2026-10-08  第7日  工作日',
      '2026-10-09  第8日  工作日',
      '2026-10-10  第9日  调休上班',
      '2026-10-11  不计  周末',
      '2026-10-12  第10日  工作日',
      '届满 2026-10-12',
      '2026-10-14办理，晚2天。',
      '节假日安排：2026年依《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号，2025-11-04）。',
    ]);
    expect(days.filter(({ counted }) => counted)).toHaveLength(10);
    expect(cites.map(({ rule }) => rule)).toEqual(['XM-16-4']);
    expect(notices).toHaveLength(1);
  });

  it('ends on the day the clock is due, extended and suspended', () => {
    const marks = {
      started: mark('2026-03-02'),
      extensions: [{ event: holder, days: 3 }],
      suspensions: [{ from: legalDate('2026-03-04'), to: legalDate('2026-03-07') }],
      suspendedBy,
    };
    const { text, days, parts, clock, cites } = told(ten, marks)!;
    expect(clock).toMatchObject({ rule: 'XM-16-6', due: '2026-03-24' });
    expect(days.at(-1)).toMatchObject({ day: '2026-03-24', counted: true, part: 1 });
    expect(parts).toEqual([
      { part: 0, from: '2026-03-02', due: '2026-03-19', days: 10, unit: 'workingDay' },
      { part: 1, from: '2026-03-19', due: '2026-03-24', days: 3, unit: 'workingDay' },
    ]);
    expect(cites.map(({ rule }) => rule)).toEqual(['XM-16-4', 'XM-16-6', 'XM-17-1']);
    expect(days.filter(({ why }) => why === 'suspended').map((day) => day.suspendedBy)).toEqual(
      Array.from({ length: 3 }, () => 'XM-17-1'),
    );
    expect(text).toEqual(
      expect.arrayContaining([
        '2026-03-04起期限中止，至2026-03-07恢复计算。',
        '依据：《厦门市行政协助管理办法》（厦府办〔2020〕31号）第十七条〔XM-17-1〕。',
        '〔XM-17-1〕期间不计入期限，依规则包的开关（stands）。',
        '2026-03-05  不计  中止计算〔XM-17-1〕',
        '2026-03-24  延长第1次 第3日  工作日',
        '延长第1次：自2026-03-19续算3个工作日，至2026-03-24。',
        '届满 2026-03-24',
      ]),
    );
  });

  it('says that a suspension has not ended, and that nothing tells from when', () => {
    const suspensions = [{ from: legalDate('2026-03-04') }];
    const suspended = { started: mark('2026-03-02'), suspensions, suspendedBy, extensions: [{ event: holder }] };
    const { text, parts, cites } = told(ten, suspended)!;
    expect(text).toEqual(
      expect.arrayContaining([
        '2026-03-04起期限中止，尚未结束。',
        '延长第1次：10个工作日，待中止结束、前一届满日确定后续算。',
        '期限中止，已计1个工作日，届满日待中止结束后确定。',
      ]),
    );
    expect(text.join('')).not.toContain('不能判断');
    expect(parts).toEqual([
      { part: 0, from: '2026-03-02', days: 10, unit: 'workingDay' },
      { part: 1, days: 10, unit: 'workingDay' },
    ]);
    expect(cites.map(({ rule }) => rule)).toContain('XM-17-1');
    const inExtension = told(ten, { ...suspended, suspensions: [{ from: legalDate('2026-03-18') }] })!;
    expect(inExtension.parts[1]).toEqual({ part: 1, from: '2026-03-16', days: 10, unit: 'workingDay' });
    expect(inExtension.text).toContain('延长第1次：自2026-03-16续算10个工作日，期限中止，尚未算完。');
    expect(told(ten, { stopped: mark('2026-03-02') })?.text.slice(-2)).toEqual([
      '没有起算日期的记录，不能判断。',
      '2026-03-02办理，期限无从起算。',
    ]);
    expect(told(ten, { notApplicable: 'x' })?.text.at(-1)).toBe('本案不适用这一期限。');
    expect(told(ten, { holds: () => true, notApplicable: 'x' })?.days).toEqual([]);
    const conditional = ruleWith({ ...tenDays, when: 'never' });
    expect(told(conditional, { holds: () => false })).toBeUndefined();
  });

  it('is provisional where a day of it is', () => {
    const { text } = told(ten, { started: mark('2026-12-21') })!;
    expect(text.filter((line) => line.endsWith('（暂定）')).length).toBeGreaterThan(5);
    expect(text).toContain('届满 2027-01-05（节假日安排尚未公布，暂定）');
    expect(text).toContain(
      '2027-01-01  不计  法定节假日（元旦），依《全国年节及纪念日放假办法》（国务院令第795号）第二条第一项（暂定）',
    );
    expect(text.at(-2)).toMatch(/^节假日安排：2027年未录有放假通知，暂按周末和《全国年节及纪念日放假办法》/);
  });

  it.each([
    ['2018-12-29', '国办发明电〔2018〕15号'],
    ['2019-05-02', '国办发明电〔2019〕3号'],
    ['2020-01-31', '国办发明电〔2020〕1号'],
    ['2015-09-06', '国发明电〔2015〕1号'],
    ['2026-02-28', '国办发明电〔2025〕7号'],
  ])('names for %s the notice %s', (day, number) => {
    const { days } = told(ten, { started: mark(new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)) })!;
    expect(days.find((one) => one.day === day)?.notice).toContain(number);
  });
});

it('names the instrument that sets a limit anew, where that limit counts', () => {
  const by = '某办法第九条';
  const text = (limit: object, granted: object, extended: boolean) =>
    told(
      ruleWith({ ...tenDays, ...limit }, { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6', ...granted }),
      {
        started: mark('2026-09-21'),
        ...(extended && { extensions: [{ event: derivedId(['extension']) }] }),
      },
    )?.text.filter((line) => line.includes('另定'));
  expect(text({ days: 5, amendedBy: by }, {}, false)).toEqual([`〔XM-16-4〕的时限已由${by}另定。`]);
  expect(text({}, { days: 5, amendedBy: by }, false)).toEqual([]);
  expect(text({}, { days: 5, amendedBy: by }, true)).toEqual([`〔XM-16-6〕的时限已由${by}另定。`]);
  expect(text({}, {}, true)).toEqual([]);
});

describe('calendar days', () => {
  const authority = '某法第八十五条';
  const limit: ClockLimit = { when: 'always', days: 10, unit: 'calendarDay', rule: 'XM-16-4' };

  it('end on a holiday, unless the pack names an authority by which they do not', () => {
    const started = mark('2026-09-21');
    expect(told(ruleWith(limit), { started })?.clock).toMatchObject({ due: '2026-10-01', provisional: false });
    const rolled = told(ruleWith({ ...limit, rollsOver: authority }), { started })!;
    expect(rolled.clock).toMatchObject({ due: '2026-10-08', lateFrom: '2026-10-08T16:00:00.000000Z' });
    expect(rolled.days.filter(({ rolledOver }) => rolledOver).map(({ day }) => day)).toHaveLength(7);
    expect(rolled.text).toContain(`最后一日不是工作日，依${authority}顺延。`);
    expect(rolled.text).toContain('2026-10-08  顺延  工作日');
  });

  it('are not moved where the last is a working day', () => {
    const rolled = told(ruleWith({ ...limit, rollsOver: authority }), { started: mark('2026-09-19') })!;
    expect(rolled.clock.due).toBe('2026-09-29');
    expect(rolled.text.join('')).not.toContain('顺延');
  });

  it('are provisional once they are moved in a year without a notice', () => {
    const rolls = ruleWith({ ...limit, rollsOver: authority });
    expect(told(rolls, { started: mark('2027-05-01') })?.clock).toMatchObject({ due: '2027-05-11', provisional: true });
  });
});

describe('hours', () => {
  const day = ruleWith({ when: 'always', hours: 24, unit: 'hour', rule: 'XM-16-4' });
  const started = mark('2026-09-30', '2026-09-30T15:30:00+08:00');

  it('run day and night from the moment, and are late from the next instant', () => {
    const marks = { started };
    expect(judged(day, marks, '2026-10-01T07:30:00Z')).toMatchObject({ verdict: 'running', due: '2026-10-01' });
    expect(judged(day, marks, '2026-10-01T07:30:00.000001Z')).toMatchObject({ verdict: 'late' });
    expect(told(day, marks)?.text).toEqual(
      expect.arrayContaining(['自2026-09-30 15:30起算，日夜连续计算。', '届满 2026-10-01 15:30']),
    );
  });

  it.each([
    [mark('2026-10-01', '2026-10-01T15:30:00+08:00'), 'onTime', '未过届满时刻'],
    [mark('2026-10-01', '2026-10-01T15:31:00+08:00'), 'late', '已过届满时刻'],
    [mark('2026-10-01'), 'cannotJudge', '时刻不明'],
    [mark('2026-09-30'), 'onTime', '未过届满时刻'],
    [mark('2026-10-02'), 'late', '晚1天'],
  ])('are judged by %j as %s', (stopped, found, says) => {
    expect(judged(day, { started, stopped }, '2026-12-01T00:00:00Z')?.verdict).toBe(found);
    expect(told(day, { started, stopped })?.text.join('')).toContain(says);
  });

  it('cannot be judged from a day alone, nor where a suspension meets them', () => {
    expect(judged(day, { started: mark('2026-09-30') }, '2026-12-01T00:00:00Z')?.verdict).toBe('cannotJudge');
    const suspensions = [{ from: legalDate('2026-10-01') }];
    expect(judged(day, { started, suspensions }, '2026-12-01T00:00:00Z')?.verdict).toBe('cannotJudge');
    expect(
      judged(day, { started, suspensions: [{ from: legalDate('2026-10-02') }] }, '2026-12-01T00:00:00Z'),
    ).toMatchObject({
      verdict: 'late',
    });
  });
});

it('及时 has no number: its age is told, and a person finds the rest', () => {
  const promptly = ruleWith({ when: 'always', unit: 'promptly', rule: 'CQ-3.3-9' });
  expect(judged(promptly, { started: mark('2026-03-20') }, '2026-04-20T00:00:00Z')).toMatchObject({
    verdict: 'running',
    ageDays: 31,
  });
  expect(told(promptly, { started: mark('2026-03-20') })?.text[0]).toContain('没有数字，只显示已过天数');
});
