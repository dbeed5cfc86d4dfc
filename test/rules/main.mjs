/**
 * `npm run rules`: which rules of the catalogue are implemented, where, and by which tests each is shown to fire and to
 * stay silent. It runs the pure specs of the systems, and those of law that prove clocks by themselves, and prints what they
 * showed, of each rule whether a system records its facts or only its limit is counted (`as`); `--json` prints it for programs; `--check` prints only what is missing and fails if anything is. `--specs=<glob>` and `--catalogue=<folder>` are for the tests of this tool.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faultsOf, printed, reportOf } from './report.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    specs: {
      type: 'string',
      multiple: true,
      default: ['**/libs/!(kernel|law|platform|testing)/src/**/*.spec.ts', '**/libs/law/src/proofs/*.spec.ts'],
    },
    catalogue: { type: 'string', default: join(root, 'libs', 'law', 'data', 'rules') },
  },
});

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const readAll = (folder) => readdirSync(folder).map((name) => read(join(folder, name)));
const fromRoot = (path) => relative(root, path).replaceAll('\\', '/');

/** Runs the specs; says what they left behind and how each test ended. */
function run(folder) {
  const proofs = join(folder, 'proofs');
  const results = join(folder, 'results.json');
  const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
  const { rootDir: _root, reporters: _reporters, ...config } = read(join(root, 'package.json')).jest;
  const own = { ...config, rootDir: root, testMatch: asked.specs, globals: { ruleProofs: proofs }, reporters: [] };
  const ran = spawnSync(
    process.execPath,
    [jest, '--config', JSON.stringify(own), '--json', '--outputFile', results, '--maxWorkers', '2'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (!existsSync(results)) throw new Error(`测试没有运行起来：\n${ran.stderr}`);
  return { results: read(results), gathered: existsSync(proofs) ? readAll(proofs) : [] };
}

function passedIn(results) {
  const ended = new Map();
  for (const { name: path, assertionResults } of results.testResults)
    for (const { fullName, status } of assertionResults) {
      const key = JSON.stringify([fromRoot(path), fullName]);
      ended.set(key, (ended.get(key) ?? true) && status === 'passed');
    }
  return (file, name) => ended.get(JSON.stringify([file, name])) === true;
}

const failures = ({ testResults }) =>
  testResults.flatMap(({ name, message, assertionResults }) => [
    ...(assertionResults.length === 0 && message ? [`${fromRoot(name)} 没有运行起来：\n${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${fromRoot(name)} 没有通过：${fullName}`),
  ]);

const folder = mkdtempSync(join(tmpdir(), 'kesu-rules-'));
try {
  const { results, gathered } = run(folder);
  const catalogue = readAll(asked.catalogue).flatMap(({ rules }) => rules);
  const report = reportOf({ catalogue, gathered, passed: passedIn(results) });
  const faults = [...failures(results), ...faultsOf(report)];
  const words = new Map(catalogue.map(({ id, says }) => [id, says]));
  if (asked.json) process.stdout.write(`${JSON.stringify(report.rows, undefined, 2)}\n`);
  else if (!asked.check) process.stdout.write(printed(report, { says: (id) => words.get(id) }));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
