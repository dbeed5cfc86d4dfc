import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FIXTURE = join(__dirname, 'fixture');
const SPEC = 'test/rules/fixture/lending.fixture.spec.ts';

interface Row {
  readonly id: string;
  readonly pack: string;
  readonly system: string;
  readonly deadline?: { readonly unit: string };
  readonly check: string;
  readonly as: string;
  readonly implemented: readonly string[];
  readonly tests: readonly { readonly file: string; readonly name: string; readonly outcome: string }[];
}

const rules = (...args: string[]) => run(`--specs=**/${SPEC}`, ...args);

function run(...args: string[]): { readonly status: number | null; readonly out: string; readonly faults: string[] } {
  const own = [join(__dirname, 'main.mjs'), `--catalogue=${join(FIXTURE, 'catalogue')}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...own, ...args], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  return { status, out: stdout, faults: stderr.split('\n').filter((line) => line !== '') };
}

describe('npm run rules, on a library whose pack names more than its tests show', () => {
  const checked = rules('--check');
  const asked = rules('--json');
  const rows = JSON.parse(asked.out) as Row[];
  const row = (id: string): Row | undefined => rows.find((found) => found.id === id);
  const outcomes = (id: string): string[] => row(id)?.tests.map(({ outcome }) => outcome) ?? [];

  it('names every rule that is claimed and not shown both ways, and fails', () => {
    expect(checked.status).toBe(1);
    expect(checked.out).toBe('');
    expect(checked.faults).toEqual([
      `${SPEC} 没有通过：fails only while rules are gathered, after it has named a rule`,
      'F-2：没有测试表明它何时起作用；没有测试表明它何时不起作用',
      'F-3：没有测试表明它何时不起作用',
      'F-4：没有测试表明它何时不起作用',
      'F-9：规则目录中没有此条',
    ]);
  });

  it('has a row for every rule of the catalogue, claimed or not', () => {
    expect(rows.map(({ id, system, check }) => [id, system, check])).toEqual([
      ['F-1', 'lending', 'auto'],
      ['F-2', 'lending', 'auto'],
      ['F-3', 'lending', 'auto'],
      ['F-4', 'lending', 'record'],
      ['F-5', 'lending', 'human'],
      ['F-6', 'lending', 'human'],
      ['F-7', 'lending', 'auto'],
    ]);
    expect(row('F-5')).toMatchObject({ implemented: [], tests: [] });
  });

  it('tells of which text a rule is, and its limit', () => {
    expect(rows.map(({ pack }) => pack)).toEqual(Array(7).fill('F'));
    expect(rows.flatMap(({ id, deadline }) => (deadline ? [[id, deadline.unit]] : []))).toEqual([
      ['F-1', 'workingDay'],
      ['F-7', 'workingDay'],
    ]);
  });

  it('tells a rule whose facts a system records from one of which only the limit is counted', () => {
    expect(rows.map(({ as }) => as).join(' ')).toBe('system system system system none system clock');
    expect(row('F-7')?.implemented).not.toEqual([]);
    expect(outcomes('F-7').sort()).toEqual(['fires', 'silent']);
  });

  it('names the file whose code came to the rule while a test ran, for a check that ran and never flagged too', () => {
    for (const id of ['F-1', 'F-2', 'F-3', 'F-4'])
      expect([id, row(id)?.implemented]).toEqual([id, ['test/rules/fixture/checks.ts']]);
    expect(row('F-6')?.implemented).toEqual(['test/rules/fixture/lending.ts']);
  });

  it('lists the tests that named the rule, each outcome once, and none that failed', () => {
    expect(row('F-1')?.tests).toEqual([
      { file: SPEC, name: 'flags a book that is overdue', outcome: 'fires' },
      { file: SPEC, name: 'flags for a rule no catalogue has', outcome: 'silent' },
      { file: SPEC, name: 'says nothing of another', outcome: 'silent' },
    ]);
    expect([outcomes('F-2'), outcomes('F-3'), outcomes('F-4')]).toEqual([[], ['fires'], ['fires']]);
    expect(row('F-6')?.tests.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['has a person find: breached', 'fires'],
      ['has a person find: notApplicable', 'silent'],
    ]);
  });

  it('prints a table for people, with totals', () => {
    const { out, status } = rules();
    expect(status).toBe(1);
    expect(out).toContain('== lending');
    expect(out).toContain('    起作用  test/rules/fixture/lending.fixture.spec.ts  flags a book that is overdue');
    expect(out).toMatch(/F-5 .*（未实现）/);
    expect(out).toMatch(
      /lending +7条（软件判断 +4，留痕 +1，由人判断 +2），已实现 +5条，测试齐备 +2条，另有 +1条只实现了时限，尚无系统记录其事实，有时限 +2条\n/,
    );
    expect(out).toMatch(/F-7 .*（只有时限，尚无系统记录其事实）/);
    expect(out).toMatch(/== 按文本合计\nF +7条.*\n全部 +7条/);
  });

  it('fails where no spec ran at all: nothing that was shown is no proof', () => {
    expect(run('--check', '--specs=**/no.spec.ts')).toEqual({
      status: 1,
      out: '',
      faults: ['没有运行任何用到规则的测试'],
    });
  });
});
