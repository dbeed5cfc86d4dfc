import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SETTING_NAMES } from '#libs/platform';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const documents = ['README.md', ...markdownBelow('docs'), ...markdownBelow('libs')];

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));
}

describe('the README', () => {
  it('stays short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  });

  it('lists exactly the settings there are', () => {
    const table = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## Command line'));
    const listed = new Set(
      table
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .flatMap((line) => (line.split('|')[1] ?? '').match(/KESU_[A-Z_]+/g) ?? []),
    );
    expect([...listed].sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('every document', () => {
  it.each(documents)('%s links to what is there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });
});
