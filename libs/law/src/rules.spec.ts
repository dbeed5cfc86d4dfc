import { withValueAt, type Json } from '#libs/kernel';
import hints from '../data/rules/kesu.json';
import xiamen from '../data/rules/xm.json';
import { DataFaulty } from './data-check.js';
import { ruleFaults, rulesFrom } from './rule-check.js';
import { isProductHint, rule, RULES } from './rules.js';

const law = RULES.filter(({ id }) => id.startsWith('XM-'));
const kindsOf = (system: string): unknown[] => law.filter((entry) => entry.system === system).map(({ check }) => check);

describe('the rules of the Xiamen measure', () => {
  it('have article, instrument and own words', () => {
    for (const { id, article, instrument, says } of law) {
      expect(id).toMatch(/^XM-\d+-\d+$/);
      expect(article).toMatch(/^第[一二三四五六七八九十]+条/);
      expect(instrument).toContain('厦府办〔2020〕31号');
      expect(says.length).toBeGreaterThan(4);
    }
    expect(rule('XM-0-0')).toBeUndefined();
  });

  it('has all 98 rules of the Xiamen measure, as many an article as the text has', () => {
    const ofArticle = law.map(({ id }) => Number(id.split('-')[1]));
    const counts = Array.from(
      { length: 28 },
      (_, index) => ofArticle.filter((article) => article === index + 1).length,
    );
    expect(counts).toEqual([0, 3, 2, 1, 1, 6, 3, 4, 6, 3, 5, 5, 2, 2, 8, 7, 1, 5, 6, 3, 4, 4, 4, 6, 4, 1, 1, 1]);
    expect(law).toHaveLength(98);
  });

  it('has an entry for each item of articles 9 to 13, 15, 21, 22 and 24', () => {
    const items = { 9: 6, 10: 3, 11: 5, 12: 5, 13: 2, 15: 7, 21: 4, 22: 4, 24: 5 };
    for (const [article, count] of Object.entries(items))
      for (let item = 1; item <= count; item += 1)
        expect(rule(`XM-${article}-${item}`)?.article).toMatch(`第${'一二三四五六七'[item - 1]}项`);
  });

  it('says of each product hint that no text asks for it', () => {
    const ofProduct = RULES.filter(({ id }) => isProductHint(id));
    expect(ofProduct.map(({ id }) => id)).toEqual(['KESU-1', 'KESU-2', 'KESU-3', 'KESU-4']);
    for (const { article, instrument, system, modality } of ofProduct)
      expect([instrument, article, system, modality]).toEqual(['可溯', '产品提示（非法定要求）', 'product', undefined]);
    expect(['XM-16-4', 'KESU-9', 'toString'].filter(isProductHint)).toEqual([]);
  });

  it('cites the article its id names', () => {
    const digits = '一二三四五六七八九';
    const inChinese = (n: number): string =>
      `${n >= 20 ? digits[Math.floor(n / 10) - 1] : ''}${n >= 10 ? '十' : ''}${n % 10 ? digits[(n % 10) - 1] : ''}`;
    for (const { id, article } of law) expect(article.split('条')[0]).toBe(`第${inChinese(Number(id.split('-')[1]))}`);
  });

  it('leaves to a person what only a person can decide, and never guilt to software', () => {
    expect(law.filter(({ id }) => /^XM-(4|10|13)-/.test(id)).map(({ check }) => check)).toEqual(Array(6).fill('human'));
    expect(kindsOf('accountability').filter((kind) => kind === 'human').length).toBe(9);
    expect(law.filter(({ id }) => id.startsWith('XM-24-') && id !== 'XM-24-0').map(({ check }) => check)).toEqual(
      Array(5).fill('human'),
    );
    // 及时 has no number, and some rules only a person can finish.
    expect(law.filter(({ autoPart = '' }) => autoPart.includes('不判断是否及时')).map(({ id }) => id)).toEqual(
      'XM-6-4 XM-7-3 XM-15-0 XM-16-7 XM-20-1 XM-25-2 XM-25-3 XM-25-4'.split(' '),
    );
    expect(law.filter(({ humanPart }) => humanPart).map(({ id }) => id)).toEqual(
      'XM-7-1 XM-12-1 XM-16-4 XM-16-5 XM-16-6'.split(' '),
    );
  });

  it('says 可以 where the text does', () => {
    const may = law.filter(({ modality }) => modality === 'may').map(({ id }) => id);
    expect(may).toEqual([
      'XM-6-2',
      'XM-6-6',
      'XM-7-2',
      'XM-8-1',
      ...[1, 2, 3, 4, 5, 6].map((item) => `XM-9-${item}`),
      ...[1, 2, 3, 4, 5].map((item) => `XM-12-${item}`),
      'XM-16-6',
      'XM-23-3',
      'XM-26-1',
    ]);
    expect(law.filter(({ modality }) => modality === 'mustNot').map(({ id }) => id)).toEqual([
      'XM-4-1',
      'XM-13-1',
      'XM-13-2',
    ]);
  });

  it('has the deadlines of article 16 and no other', () => {
    const deadlines = law.flatMap(({ id, deadline }) => (deadline ? [[id, deadline.days, deadline.unit]] : []));
    expect(deadlines).toEqual([
      ['XM-16-1', 10, 'workingDay'],
      ['XM-16-2', undefined, 'immediate'],
      ['XM-16-4', 10, 'workingDay'],
      ['XM-16-5', 20, 'workingDay'],
      ['XM-16-6', 10, 'workingDay'],
    ]);
  });
});

describe('a catalogue is refused with', () => {
  const at = (rest: string): string => `/rules/0${rest}`;
  it.each<[string, string, Json | undefined, string]>([
    ['no instrument', '/instrument', undefined, '/0/instrument 缺少该字段'],
    ['no rule', '/rules', [], '/0/rules 至少须有 1 项'],
    ['an id that is none', at('/id'), 'xm-1', '/0/rules/0/id 须为规则编号'],
    ['an id given twice', '/rules/1/id', 'XM-2-1', '/0/rules/1 与前面的项重复'],
    ['an unknown system', at('/system'), 'help', '/0/rules/0/system 须为'],
    ['an unknown check', at('/check'), 'magic', '/0/rules/0/check 须为'],
    ['an unknown modality', at('/modality'), 'should', '/0/rules/0/modality 须为'],
    ['law without a modality', '/rules/4/modality', undefined, '/0/rules/4/modality 法定义务须写明'],
    ['a definition that asks', at('/modality'), 'must', '/0/rules/0/modality 法定义务须写明'],
    ['a scope that is asked', '/rules/4/force', 'scope', '/0/rules/4/modality 法定义务须写明'],
    ['an unknown force', at('/force'), 'weak', '/0/rules/0/force 须为'],
    [
      'a number of acts for days',
      at('/deadline'),
      { least: 1, unit: 'window', from: '甲', to: '乙' },
      '/0/rules/0/deadline 以日计',
    ],
    ['no words', at('/says'), '', '/0/rules/0/says 须为'],
    ['a misspelt field', at('/deadlines'), 1, '/0/rules/0/deadlines 未知字段'],
    [
      'a limit without days',
      at('/deadline'),
      { unit: 'workingDay', from: '甲', to: '乙' },
      '/0/rules/0/deadline 以日计',
    ],
    [
      'days where there is no number',
      at('/deadline'),
      { days: 1, unit: 'immediate', from: '甲', to: '乙' },
      '/0/rules/0/deadline 以日计',
    ],
  ])('%s', (_name, pointer, value, fault) => {
    const faults = ruleFaults([withValueAt(xiamen as unknown as Json, pointer, value), hints]);
    expect(faults.map((found) => `${found.at} ${found.says}`)).toEqual([expect.stringContaining(fault)]);
  });

  it('an id that another file has', () => {
    const [first] = xiamen.rules;
    const other = { instrument: '另一文件', rules: [first] };
    expect(ruleFaults([xiamen, other])).toEqual([{ at: '/1/rules/0/id', says: 'XM-2-1 在前面的文件中已有' }]);
    expect(() => rulesFrom([xiamen, other])).toThrow(DataFaulty);
  });

  it('a modality of a hint of the product', () => {
    const asked = withValueAt(hints as unknown as Json, '/rules/0/modality', 'must');
    expect(ruleFaults([asked]).map(({ at: where }) => where)).toEqual(['/0/rules/0/modality']);
  });
});
