import { isBlank, pairsOf, searched, snippetOf, wordsFrom } from './words.js';

describe('what is looked for', () => {
  it.each([
    ['排污', '排污'],
    [' 排 污\n监测 ', '排污监测'],
    ['ＡＢＣ１２', 'abc12'],
    ['厦市监协函〔2026〕12号', '厦市监协函[2026]12号'],
    ['厦市监协函（2026）12号', '厦市监协函[2026]12号'],
    ['100%_', '100%_'],
    [`'"\\*`, `'"\\*`],
    ['e\u0301x', 'éx'],
    ['𫖯䶮', '𫖯䶮'],
    ['排\u200b污\u0000', '排污'],
  ])('%j is searched as %j', (asked, words) => expect(wordsFrom(asked)).toBe(words));

  it.each(['', '排', ' 排 ', '𫖯', '\u0000排', '长'.repeat(101)])('%j is too short or too long', (asked) =>
    expect(wordsFrom(asked)).toBeUndefined(),
  );
});

it.each([
  ['', true],
  [' \u3000\t\n', true],
  ['\u200b\u200b', true],
  ['\u2060\u00ad\u034f', true],
  ['\u3164\u115f\uffa0\u2800', true],
  ['\ufe0f\u{e0041}', true],
  ['\u200b协', false],
  ['.', false],
  ['\u0301', false],
])('%j is blank: %s', (text, blank) => expect(isBlank(text)).toBe(blank));

it('pairs neighbours by characters, each pair once', () => {
  expect(pairsOf('排污排污许')).toEqual(['排污', '污排', '污许']);
  expect(pairsOf('𫖯䶮〇')).toEqual(['𫖯䶮', '䶮〇']);
  expect(pairsOf('排')).toEqual([]);
});

describe('a snippet', () => {
  it('shows the words as they were written, and some of what stands around them', () => {
    expect(snippetOf('请协助调取 排污 监测记录', '排污监测')).toEqual({
      before: '请协助调取 ',
      match: '排污 监测',
      after: '记录',
    });
    expect(snippetOf('见（２０２６）１２号', '[2026]12')).toEqual({
      before: '见',
      match: '（２０２６）１２',
      after: '号',
    });
    expect(snippetOf('𫖯𫖯某某', '某某')).toEqual({ before: '𫖯𫖯', match: '某某', after: '' });
  });

  it('is cut on both sides', () => {
    const found = snippetOf(`${'前'.repeat(50)}排污${'后'.repeat(50)}`, '排污');
    expect(found).toEqual({ before: `…${'前'.repeat(30)}`, match: '排污', after: `${'后'.repeat(30)}…` });
  });

  it('is none where the words do not stand, though their pairs do', () => {
    expect(snippetOf('甲乙，乙丙', '甲乙丙')).toBeUndefined();
    expect(searched('甲乙，乙丙').text).toBe('甲乙,乙丙');
  });
});
