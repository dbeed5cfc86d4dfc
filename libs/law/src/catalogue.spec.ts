import { rule, RULES, type Rule } from './index.js';

/* All five texts together; what is particular to the Xiamen measure is in rules.spec.ts. */
const law = RULES.filter(({ system }) => system !== 'product');
const of = (text: string): readonly Rule[] => law.filter(({ id }) => id.startsWith(`${text}-`));
const ids = (rules: readonly Rule[]): string[] => rules.map(({ id }) => id);
const countsBy = (rules: readonly Rule[], key: (id: string) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { id } of rules) counts[key(id)] = (counts[key(id)] ?? 0) + 1;
  return counts;
};

const DIGITS = '一二三四五六七八九';
const inChinese = (n: number): string =>
  `${n >= 20 ? DIGITS[Math.floor(n / 10) - 1] : ''}${n >= 10 ? '十' : ''}${n % 10 ? DIGITS[(n % 10) - 1] : ''}`;

describe('the rule catalogue', () => {
  it('has all 372 rules of the five texts, each id and each wording once', () => {
    expect(['XM', 'CQ', 'GZ', 'QZ', 'PW'].map((text) => of(text).length)).toEqual([98, 88, 72, 43, 71]);
    expect(law).toHaveLength(372);
    expect(new Set(ids(RULES)).size).toBe(RULES.length);
    expect(new Set(RULES.map(({ says }) => says)).size).toBe(RULES.length);
  });

  it('has as many rules a section as each text was read to have', () => {
    expect(countsBy(of('CQ'), (id) => id.split('-')[1] ?? '')).toEqual({
      ...{ 1: 1, 2.1: 1, 2.2: 1, 3.1: 3, 3.2: 15, 3.3: 13, 4.1: 22, 4.2: 24, 4.3: 4, 5: 1, 6: 1, 7: 1, 10: 1 },
    });
    expect(
      countsBy(of('GZ'), (id) =>
        id
          .split('-')
          .slice(1, 3)
          .join('.')
          .replace(/^(A\d).*/, '$1'),
      ),
    ).toEqual({
      ...{ 2.1: 22, 2.2: 17, 2.3: 7, 2.4: 4, 2.5: 3, 3.1: 1, 3.2: 2, 3.3: 2, A1: 4, A2: 4, A3: 6 },
    });
    expect(countsBy(of('PW'), (id) => id.split('-')[1] ?? '')).toEqual({
      ...{ 3: 1, 4: 3, 5: 2, 6: 1, 8: 5, 9: 21, 10: 16, 11: 21, 12: 1 },
    });
  });

  it('cites the place its id names', () => {
    for (const { id, article } of of('CQ').filter(({ id: one }) => one !== 'CQ-1-1')) {
      const [part = 0, section] = (id.split('-')[1] ?? '').split('.').map(Number);
      expect([id, article]).toEqual([
        id,
        expect.stringMatching(new RegExp(`^${inChinese(part)}${section ? `（${inChinese(section)}）` : '(、|$)'}`)),
      ]);
    }
    for (const { id, article } of of('QZ'))
      expect([id, article.split('条')[0]]).toEqual([id, `第${inChinese(Number(id.split('-')[1]))}`]);
    for (const { id, article } of [...of('GZ'), ...of('PW')]) {
      const [part = '', section, item] = id.split('-').slice(1);
      if (part.startsWith('A')) expect(article).toBe(`附件${part.slice(1)}`);
      else
        expect([id, article]).toEqual([
          id,
          expect.stringMatching(
            new RegExp(
              `^${inChinese(Number(part))}${section === '0' ? '' : `（${inChinese(Number(section))}）`}${item === '0' ? '' : item}`,
            ),
          ),
        ]);
    }
  });

  it('has the 27 limits of the texts: their numbers, and what has none', () => {
    const limits = law.flatMap(({ id, deadline }) =>
      deadline
        ? [[id, deadline.days ?? deadline.least, deadline.unit].filter((part) => part !== undefined).join(' ')]
        : [],
    );
    expect(limits).toEqual([
      'XM-16-1 10 workingDay',
      'XM-16-2 immediate',
      'XM-16-4 10 workingDay',
      'XM-16-5 20 workingDay',
      'XM-16-6 10 workingDay',
      'CQ-3.2-7 taskDate',
      'CQ-3.2-8 5 workingDay',
      'CQ-3.2-14 taskDate',
      'CQ-3.3-10 immediate',
      'CQ-3.3-11 sameDay',
      'CQ-4.1-4 5 workingDay',
      'CQ-4.1-5 immediate',
      'CQ-4.2-2 5 workingDaysBefore',
      'CQ-4.2-3 2 workingDaysBefore',
      'CQ-4.2-5 sameDay',
      'CQ-4.2-6 2 workingDay',
      'CQ-4.2-13 immediate',
      'CQ-4.2-15 immediate',
      'CQ-4.2-24 taskDate',
      'GZ-2-1-2-2 immediate',
      'GZ-2-5-0-2 1 countPerYear',
      'PW-9-5-0-1 15 window',
      'PW-9-5-0-2 10 workingDay',
      'PW-10-2-2-2 1 workingDay',
      'PW-10-2-2-4 3 workingDay',
      'PW-10-2-6-1 3 workingDay',
      'PW-10-2-6-3 10 workingDay',
    ]);
  });

  it('gives 尽快 (及时) no number, anywhere', () => {
    const promptly = law.filter(({ says }) => says.includes('尽快'));
    expect(promptly.length).toBeGreaterThan(20);
    expect(promptly.filter(({ deadline, id }) => deadline && !['XM-16-1', 'XM-16-4'].includes(id))).toEqual([]);
  });

  it('says 可以 and 不得 where the texts do', () => {
    const modal = (text: string, modality: string): string[] =>
      ids(of(text).filter((entry) => entry.modality === modality));
    expect(modal('CQ', 'may')).toEqual(
      'CQ-3.2-2 CQ-3.3-1 CQ-3.3-3 CQ-3.3-5 CQ-4.1-14 CQ-4.1-17 CQ-4.1-18 CQ-4.1-22 CQ-4.2-1'.split(' '),
    );
    expect(modal('CQ', 'mustNot')).toEqual(
      'CQ-3.2-1 CQ-3.3-12 CQ-4.1-2 CQ-4.1-7 CQ-4.1-8 CQ-4.1-9 CQ-4.2-7'.split(' '),
    );
    expect(modal('GZ', 'may')).toEqual(
      'GZ-2-2-3-3 GZ-2-2-4-3 GZ-2-3-2-1 GZ-2-3-2-2 GZ-2-3-2-3 GZ-2-4-0-1 GZ-2-5-0-3'.split(' '),
    );
    expect(modal('GZ', 'mustNot')).toEqual(['GZ-2-4-0-3']);
    expect(modal('QZ', 'may')).toEqual('QZ-6-2 QZ-10-1 QZ-10-2 QZ-15-1 QZ-16-1 QZ-17-2 QZ-24-1 QZ-28-1'.split(' '));
    expect(modal('QZ', 'mustNot')).toEqual([]);
    expect(modal('PW', 'may')).toEqual(['PW-12-0-0-1']);
    expect(modal('PW', 'mustNot')).toEqual(ids(of('PW').filter(({ id }) => /^PW-11-2-[123]-/.test(id))));
  });

  it('marks what is no duty by itself', () => {
    const forced = (force: string): string[] => ids(law.filter((entry) => entry.force === force));
    expect(forced('template')).toEqual(ids(of('GZ').filter(({ id }) => /^GZ-A/.test(id))));
    expect(forced('template')).toHaveLength(14);
    expect(forced('definition').sort()).toEqual(['CQ-4.1-21', 'CQ-6-1', 'XM-2-1', 'XM-2-2']);
    expect(forced('exception')).toEqual(['GZ-2-1-3-8']);
    expect(forced('competence')).toEqual(['GZ-2-2-3-3', 'QZ-17-2', 'PW-8-0-0-4']);
    expect(forced('scope').sort()).toEqual(
      (
        'CQ-1-1 CQ-10-1 CQ-2.1-1 CQ-2.2-1 GZ-2-1-1-9 PW-3-0-0-1 QZ-14-1 QZ-14-2 QZ-31-1 QZ-5-1 ' + 'XM-28-1 XM-3-1'
      ).split(' '),
    );
  });

  it('leaves every ground of accountability to a person', () => {
    const grounds = law.filter(({ id }) => /^(XM-24-[1-5]|PW-11-2-[123]-\d|CQ-4.3-3|CQ-4.1-10|GZ-3-3-0-1)$/.test(id));
    expect(grounds).toHaveLength(24);
    expect(new Set(grounds.map(({ check }) => check))).toEqual(new Set(['human']));
    expect(rule('PW-11-2-2-5')?.autoPart).toContain('疑点');
  });
});
