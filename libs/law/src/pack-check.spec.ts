import { canonicalJson, valueAt, withValueAt, type Json } from '#libs/kernel';
import { createHash } from 'node:crypto';
import { calendarFaults, calendarFrom } from './calendar-check.js';
import { chineseCalendar } from './chinese-calendar.js';
import { packFaults, packsFrom } from './pack-check.js';
import { rule } from './rules.js';
import { lawDigest, shippedCalendar, shippedPacks } from './shipped.js';

const xiamen = shippedPacks()[0]?.pack as unknown;
const said = (faults: ReturnType<typeof packFaults>): string[] => faults.map(({ at, says }) => `${at} ${says}`);
const withPack = (pointer: string, value: Json | undefined): unknown => withValueAt(xiamen, pointer, value);
const at = (rest: string): string => `/systems/assistance${rest}`;
const limit = { when: 'late', days: 10, unit: 'workingDay', rule: 'XM-16-4' };

describe('a rule pack is refused with', () => {
  it.each<[string, string, Json | undefined, string]>([
    ['a missing field', '/instrument', undefined, '/0/instrument 缺少该字段'],
    ['a misspelt field', '/effectiveFromm', '2020-04-10', '/0/effectiveFromm 未知字段'],
    ['a code that is none', '/pack', 'xm', '/0/pack 须为'],
    ['no region', '/regions', [], '/0/regions 有施行日期的规则包至少须有 1 个行政区划'],
    ['a region that is none', '/regions/0', '厦门', '/0/regions/0 须为'],
    ['a repeated region', '/regions', ['3502', '3502'], '/0/regions/1 与前面的项重复'],
    ['a day that is none', '/effectiveFrom', '2020-04-31', '/0/effectiveFrom 须为存在的日期'],
    ['an end before its beginning', '/effectiveTo', '2020-04-09', '/0/effectiveTo 失效日期早于施行日期'],
    ['edition 0', '/edition', 0, '/0/edition 须为'],
    ['text that is not NFC', '/instrument', 'e\u0301', '/0/instrument 须为'],
    ['an integer-like name', at('/values/1'), 5, '/0/systems/assistance/values/1 字段名须以字母开头'],
    [
      'a limit of no days',
      at('/clocks/0/limits/0/days'),
      0,
      '/0/systems/assistance/clocks/0/limits/0/days 须为 1 至 10000',
    ],
    ['a negative limit', at('/clocks/0/limits/0/days'), -10, '/0/systems/assistance/clocks/0/limits/0/days 须为'],
    [
      'a limit in parts of days',
      at('/clocks/0/limits/0/days'),
      2.5,
      '/0/systems/assistance/clocks/0/limits/0/days 须为',
    ],
    ['an unknown unit', at('/clocks/0/limits/0/unit'), 'week', '/0/systems/assistance/clocks/0/limits/0/unit 须为'],
    [
      'another number than the rule has',
      at('/clocks/0/limits/1/days'),
      5,
      '/0/systems/assistance/clocks/0/limits/1/days 规则目录所记 XM-16-4 的时限为10个工作日，这里为5个工作日；确由其他文件另定的，须以 amendedBy 写明',
    ],
    [
      'another unit than the rule has',
      at('/clocks/0/limits/1/unit'),
      'calendarDay',
      '/0/systems/assistance/clocks/0/limits/1/unit 规则目录所记 XM-16-4 的时限为10个工作日，这里为10个自然日',
    ],
    [
      'a limit said to be set anew that is not',
      at('/clocks/0/limits/1/amendedBy'),
      '某办法第九条',
      '/0/systems/assistance/clocks/0/limits/1/amendedBy 与规则目录所记 XM-16-4 的时限一致',
    ],
    ['no limit', at('/clocks/0/limits'), [], '/0/systems/assistance/clocks/0/limits 至少须有 1 项'],
    [
      'a limit nothing reaches',
      at('/clocks/0/limits/2'),
      limit,
      '/0/systems/assistance/clocks/0/limits/2 排在 always 之后',
    ],
    [
      'an extension of no days',
      at('/clocks/0/extension/days'),
      0,
      '/0/systems/assistance/clocks/0/extension/days 须为',
    ],
    ['a clock without a holder', at('/clocks/0/holder'), undefined, '/0/systems/assistance/clocks/0/holder 缺少该字段'],
    [
      'an unknown rule of a limit',
      at('/clocks/0/limits/0/rule'),
      'XM-99-1',
      '/0/systems/assistance/clocks/0/limits/0/rule 规则目录中没有此条：XM-99-1',
    ],
    [
      'an unknown rule of a code',
      at('/codes/grounds/0/rule'),
      'XM-9-7',
      '/0/systems/assistance/codes/grounds/0/rule 规则目录中没有此条：XM-9-7',
    ],
    ['an unknown rule of a check', at('/checks/0/rule'), '', '/0/systems/assistance/checks/0/rule 规则目录中没有此条'],
    ['a repeated code', at('/codes/forms/1/code'), 'written', '/0/systems/assistance/codes/forms/1 与前面的项重复'],
    ['a repeated check', at('/checks/1/check'), 'noSubordination', '/0/systems/assistance/checks/1 与前面的项重复'],
    ['an empty code list', at('/codes/forms'), [], '/0/systems/assistance/codes/forms 至少须有 1 项'],
    [
      'a closed entry said to be open: false',
      at('/codes/forms/2/open'),
      false,
      '/0/systems/assistance/codes/forms/2/open 须为',
    ],
    ['a value of parts', at('/values/delayedEntryDays'), 1.5, '/0/systems/assistance/values/delayedEntryDays 须为'],
    [
      'a value that is an object',
      at('/values/delayedEntryDays'),
      {},
      '/0/systems/assistance/values/delayedEntryDays 须为',
    ],
  ])('%s', (_name, pointer, value, fault) => {
    expect(said(packFaults([withPack(pointer, value)]))).toEqual([expect.stringContaining(fault)]);
  });

  it('a product hint where a limit or a code cites the law', () => {
    for (const pointer of [at('/clocks/0/limits/0/rule'), at('/clocks/0/extension/rule'), at('/codes/grounds/0/rule')])
      expect(said(packFaults([withPack(pointer, 'KESU-1')]))).toEqual([
        expect.stringContaining('不是本规则包的规则：KESU-1'),
      ]);
    expect(packFaults([withPack(at('/checks/0/rule'), 'KESU-1')])).toEqual([]);
  });

  it('rules of another pack', () => {
    const faults = said(packFaults([withPack('/pack', 'CQ')]));
    expect(faults).toContain('/0/systems/assistance/checks/0/rule 不是本规则包的规则：XM-2-1');
  });

  it.each([[null], [[]], ['XM'], [7]])('another shape: %p', (value) => {
    expect(said(packFaults([value]))).toEqual(['/0 须为对象']);
  });
});

describe('packs taken together', () => {
  it('name every fault of every pack at once', () => {
    const one = withPack('/regions', []);
    const two = withValueAt(withPack('/edition', 0), at('/clocks/0/limits/0/unit'), 'week');
    expect(said(packFaults([one, two])).map((fault) => fault.split(' ')[0])).toEqual([
      '/0/regions',
      '/1/edition',
      '/1/systems/assistance/clocks/0/limits/0/unit',
    ]);
    expect(() => packsFrom([one, two])).toThrow(/^规则包有 3 处错误：\n/);
  });

  it.each<[string, Readonly<Record<string, Json>>, string[]]>([
    [
      'another effective date while the first is open-ended',
      { effectiveFrom: '2027-01-01' },
      ['/1/effectiveFrom 与施行日期为 2020-04-10 的规则包有效期重叠'],
    ],
    ['the same edition twice', {}, ['/1/edition 版次重复：7']],
    ['a corrected edition', { edition: 8 }, []],
    ['an earlier law that ended the day before', { effectiveFrom: '2015-01-01', effectiveTo: '2020-04-09' }, []],
    [
      'an earlier law that ended on the day',
      { effectiveFrom: '2015-01-01', effectiveTo: '2020-04-10' },
      ['/1/effectiveFrom 与施行日期为 2020-04-10 的规则包有效期重叠'],
    ],
  ])('with %s', (_name, changes, faults) => {
    const second = Object.entries(changes).reduce<unknown>(
      (pack, [name, value]) => withValueAt(pack, `/${name}`, value),
      xiamen,
    );
    expect(said(packFaults([xiamen, second]))).toEqual(faults);
  });

  it('of different codes may share their dates, but not what they say of one place to one system', () => {
    const other = (regions: string[], clocks: string): unknown => ({
      ...(xiamen as object),
      pack: 'CQ',
      regions,
      roles: [],
      systems: { [clocks]: { governedBy: 'x', clocks: [], codes: {}, checks: [], values: {} } },
    });
    expect(packFaults([xiamen, other(['3502'], 'transfers')])).toEqual([]);
    expect(packFaults([xiamen, other(['50'], 'assistance')])).toEqual([]);
    for (const region of ['35', '3502', '350203'])
      expect(said(packFaults([xiamen, other([region], 'assistance')]))).toEqual([
        `/1/systems/assistance XM 已就行政区划 ${region} 同一时期的 assistance 作出规定，两个规则包不能同时规定；` +
          '由哪个文件规定须由人确定：本版次不写 assistance，或者先就 XM 发布不写 assistance、写明失效日期的版次',
      ]);
    const later = { ...(other(['3502'], 'assistance') as object), effectiveFrom: '2030-01-01' };
    const ended = { ...(xiamen as object), effectiveTo: '2029-12-31' };
    expect(packFaults([ended, later])).toEqual([]);
    const { effectiveFrom: _none, ...undated } = later;
    expect(packFaults([xiamen, undated])).toEqual([]);
  });
});

describe('the shipped law', () => {
  it('is five sound packs, of which two are not in force and bind no place', () => {
    expect(shippedPacks().map(({ pack }) => [pack.pack, pack.effectiveFrom, pack.regions])).toEqual([
      ['XM', '2020-04-10', ['3502']],
      ['CQ', '2007-01-01', ['50']],
      ['GZ', undefined, []],
      ['QZ', '2022-07-14', ['3308']],
      ['PW', undefined, []],
    ]);
    expect(shippedPacks().map(({ pack }) => pack.sample)).toEqual([undefined, undefined, undefined, undefined, true]);
  });

  it('names each by the digest of its canonical JSON', () => {
    const [edition] = shippedPacks();
    expect(edition?.pack).toMatchObject({ pack: 'XM', edition: 7 });
    expect(edition?.digest).toBe(createHash('sha256').update(canonicalJson(edition?.pack)).digest('hex'));
    expect(edition?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(lawDigest({ b: 1, a: 2 })).toBe(lawDigest({ a: 2, b: 1 }));
    expect(lawDigest({ a: 1 })).not.toBe(lawDigest({ a: 2 }));
  });

  it('cites only rules of the catalogue, each with an article', () => {
    const cited = [...JSON.stringify(xiamen).matchAll(/"rule":"([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(cited.length).toBeGreaterThan(30);
    const hints = cited.filter((id) => id.startsWith('KESU-'));
    expect(hints.toSorted()).toEqual(['KESU-1', 'KESU-2', 'KESU-3']);
    for (const id of cited.filter((other) => !hints.includes(other)))
      expect(rule(id)).toMatchObject({ id, article: expect.stringMatching(/^第.+条/) });
  });

  it('cites no clause of article 19 against an organ: what fails there is the product', () => {
    // What refuses a correction that one person alone asks for and decides on binds whoever uses the product.
    const others = JSON.stringify(xiamen, (key, value: unknown) => (key === 'correctionRule' ? undefined : value));
    expect(others).not.toContain('XM-19-');
  });

  it('has limits, extension and codes as articles 6, 7, 9 to 11 and 16 have them', () => {
    expect(valueAt(xiamen, at('/clocks/0'))).toMatchObject({
      clock: 'provide',
      limits: [
        { when: 'specialClass', days: 20, unit: 'workingDay', rule: 'XM-16-5' },
        { when: 'always', days: 10, unit: 'workingDay', rule: 'XM-16-4' },
      ],
      extension: { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6' },
    });
    const codesOf = (list: string): unknown[] =>
      (valueAt(xiamen, at(`/codes/${list}`)) as { code: string }[]).map(({ code }) => code);
    expect(codesOf('grounds')).toEqual(
      (
        [
          [9, 6],
          [10, 3],
          [11, 5],
        ] as const
      ).flatMap(([article, items]) => Array.from({ length: items }, (_, item) => `XM-${article}-${item + 1}`)),
    );
    const open = (valueAt(xiamen, at('/codes/grounds')) as { code: string; open?: true }[]).filter((code) => code.open);
    expect(open.map(({ code }) => code)).toEqual(['XM-9-6', 'XM-10-3', 'XM-11-5']);
    expect(codesOf('durations')).toHaveLength(3);
  });

  it('is read once', () => {
    expect(shippedPacks()).toBe(shippedPacks());
    expect(shippedCalendar()).toBe(shippedCalendar());
    expect(shippedCalendar().digest).toBe(lawDigest(chineseCalendar()));
  });
});

describe('a calendar is refused with', () => {
  const calendar: unknown = chineseCalendar();
  const year = { year: 2027, holidays: [], worked: [] };

  it.each<[string, string, Json | undefined, string]>([
    ['no source', '/source', undefined, '/source 缺少该字段'],
    ['a day outside its year', '/years/22/worked/0', '2025-01-04', '/years/22/worked/0 2025-01-04 不在 2026 年'],
    ['a worked day that is a weekday', '/years/22/worked/0', '2026-01-05', '/years/22/worked/0 2026-01-05 不是周末'],
    ['a day both off and worked', '/years/22/worked/0', '2026-01-03', '/years/22/worked/0 2026-01-03 又列为放假'],
    ['a holiday twice', '/years/22/holidays/1/on', '2026-01-01', '/years/22/holidays/1 与前面的项重复'],
    ['a year twice', '/years/23', { ...year, year: 2026 }, '/years/23 与前面的项重复'],
    ['years out of order', '/years/23', { ...year, year: 2003 }, '/years/23 年份须从小到大排列'],
    [
      'a statute without an order',
      '/statute/editions/0/documentNumber',
      undefined,
      '/statute/editions/0/documentNumber',
    ],
    [
      'a statutory day that is none',
      '/statute/editions/3/holidays/1/days/0',
      '除夕',
      '/statute/editions/3/holidays/1/days/0',
    ],
    [
      'editions out of order',
      '/statute/editions/1/from',
      '2020-01-01',
      '/statute/editions/2 各版须按施行日期从早到晚排列',
    ],
    ['a day that is none', '/years/22/worked/0', '2026-02-30', '/years/22/worked/0 须为存在的日期'],
  ])('%s', (_name, pointer, value, fault) => {
    expect(said(calendarFaults(withValueAt(calendar, pointer, value)))).toEqual([expect.stringContaining(fault)]);
  });

  it('nothing, when it is sound', () => {
    expect(calendarFrom(withValueAt(calendar, '/years/23', year))).toMatchObject({ version: 'chinese-days 1.5.7.1' });
  });
});
