import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTING_NAMES } from '#libs/platform';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const languages = ['README.md', 'README.zh-CN.md'] as const;
const documents = [...languages, ...markdownBelow('docs'), ...markdownBelow('libs')];

/** What an author leaves to be filled in later. */
const PLACEHOLDER = /\b(TODO|FIXME|XXX|TBD|[A-Z]{4,}FIGURES)\b/g;

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));
}

/** What stands between single backticks, in no particular order: commands, routes, headers, settings, files. */
const code = (readme: string): string[] => [
  ...new Set([...readme.replaceAll(/```[^]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')),
];

/** Commands to copy, without what is said beside them. */
const commands = (readme: string): string[] =>
  [...readme.matchAll(/```sh\n([^]*?)```/g)]
    .flatMap((match) => (match[1] ?? '').split('\n'))
    .map((line) => line.replace(/ +# .*$/, ''));

describe.each(languages)('%s', (name) => {
  const readme = read(name);

  it('stays short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  });

  it('lists exactly the settings there are', () => {
    const listed = new Set(
      readme
        .split('\n')
        .filter((line) => line.startsWith('| `KESU_'))
        .flatMap((line) => (line.split('|')[1] ?? '').match(/KESU_[A-Z_]+/g) ?? []),
    );
    expect([...listed].sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('the README in both languages', () => {
  const [english, chinese] = languages.map(read) as [string, string];

  it('has the same commands to copy', () => {
    expect(commands(english).length).toBeGreaterThan(8);
    expect(commands(chinese)).toEqual(commands(english));
  });

  it('names the same commands, routes, headers and settings', () => {
    expect(code(english).length).toBeGreaterThan(60);
    expect(code(chinese).sort()).toEqual(code(english).sort());
  });
});

describe('every document', () => {
  it.each(documents)('%s has nothing left to be filled in', (document) => {
    expect(read(document).match(PLACEHOLDER) ?? []).toEqual([]);
  });

  it('would be told apart by what is to be filled in', () => {
    const held = 'HTTP, KESU_TEST_EFFORT, figures';
    expect(`FUZZFIGURES, TODO: ${held} (FIXME) XXX`.match(PLACEHOLDER)).toEqual([
      'FUZZFIGURES',
      'TODO',
      'FIXME',
      'XXX',
    ]);
    expect(held.match(PLACEHOLDER)).toBeNull();
  });

  it.each(documents)('%s links to what is there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });
});
