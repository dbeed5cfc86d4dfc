import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { derivedId, drawnBy, frameDigest } from '#libs/kernel';
import { aRequest, buildApps, kesu, Officer, ServiceProcess, tempFolder, type TempFolder } from '../service/index.js';

/* `kesu sample`: the same draw once more, beside the service, from a file it gave, and from any list of ids. */
let folder: TempFolder;
let service: ServiceProcess;
let settings: Record<string, string>;
let id = '';
const opened: string[] = [];

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
  settings = { KESU_DATA: folder.at('data'), KESU_PORT: '0' };
  service = await ServiceProcess.start(settings);
  const chen = new Officer(() => service.url, 'chen.handler');
  const headers = { prefer: 'respond-when=visible, wait=30' };
  for (let n = 0; n < 5; n += 1) opened.push((await chen.post('/v1/assistance', aRequest(), { headers })).body.case);
  const yang = new Officer(() => service.url, 'yang.supervisor').with({ 'kesu-purpose': 'supervision' });
  const asked = {
    occurredAt: { on: '2026-10-01' },
    category: 'assistance',
    from: '2026-01-01',
    to: '2026-12-31',
    size: 2,
  };
  id = (await yang.post('/v1/samples', asked)).body.case;
  for (let n = 0; n < 400 && (await yang.get(`/v1/samples/${id}`)).body.revision < 1; n += 1) await sleep(50);
}, 180_000);

afterAll(async () => {
  await service.kill();
  await folder.remove();
}, 60_000);

const AS = ['--as', 'yang.supervisor', '--purpose', 'supervision'];
const run = (...args: string[]) => kesu(['sample', ...args], settings);

it('verifies a sample beside the service: frame, seed and cases drawn', async () => {
  const { code, stdout, stderr } = await run('verify', id, ...AS);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^总体 5 件，摘要相符：[0-9a-f]{64}\n种子由盐值和总体摘要得出，相符：.*\n重新抽取 2 件，与所记相符：\n/,
  );
  const told = JSON.parse((await run('verify', id, ...AS, '--json')).stdout) as {
    digest: string;
    drawn: string[];
    seed: string;
  };
  expect([told.digest, told.drawn]).toEqual([frameDigest(opened), drawnBy(told.seed, opened, 2)]);
});

it('verifies a file without a service, and tells every way in which it was changed', async () => {
  const kept = folder.at('sample.json');
  writeFileSync(kept, (await run('fetch', id, ...AS)).stdout);
  const whole = JSON.parse(readFileSync(kept, 'utf8')) as { sample: Record<string, unknown>; members: string[] };
  const alone = (path: string) => kesu(['sample', 'verify', path], { KESU_DATA: folder.at('nothing here') });
  expect((await alone(kept)).code).toBe(0);
  const changed = async (change: object): Promise<string> => {
    writeFileSync(folder.at('changed.json'), JSON.stringify({ ...whole, ...change }));
    const { code, stderr } = await alone(folder.at('changed.json'));
    expect(code).toBe(1);
    return stderr;
  };
  expect(await changed({ members: whole.members.slice(1) })).toMatch(/总体所记为 5 件，实为 4 件\n.*总体摘要所记为/);
  expect(await changed({ sample: { ...whole.sample, seed: 'f'.repeat(64) } })).toMatch(/种子所记为 f+，应为/);
  expect(await changed({ sample: { ...whole.sample, cases: [{ case: opened[0] }] } })).toContain('应抽中');
  expect(await changed({ sample: { ...whole.sample, algorithm: 'by hand' } })).toContain('不认识抽取办法 by hand');
});

it('draws from any list of ids', async () => {
  const members = Array.from({ length: 20 }, (_, n) => derivedId(['listed', n]));
  writeFileSync(folder.at('list'), members.join('\n'));
  const seed = 'a'.repeat(64);
  const { stdout } = await run('draw', folder.at('list'), '--seed', seed, '--size', '4');
  expect(stdout.trim().split('\n')).toEqual([`总体 20 件，摘要 ${frameDigest(members)}`, ...drawnBy(seed, members, 4)]);
});

it.each([
  [[], '之一'],
  [['draw'], '总体文件'],
  [['draw', 'LIST', '--size', '4'], '--seed'],
  [['draw', 'LIST', '--seed', 'a'.repeat(64)], '--size'],
  [['draw', 'LIST', '--seed', 'a'.repeat(64), '--size', '-1'], '--size'],
  [['draw', 'NOWHERE', '--seed', 'a'.repeat(64), '--size', '1'], 'ENOENT'],
  [['draw', 'TWICE', '--seed', 'a'.repeat(64), '--size', '1'], '第 2 行'],
  [['verify'], '抽查的标识'],
  [['verify', 'LIST'], 'kesu sample fetch'],
])('refuses %j', async (args, reason) => {
  writeFileSync(folder.at('twice'), `${derivedId(['a'])}\n${derivedId(['a'])}\n`);
  const files: Readonly<Record<string, string>> = {
    LIST: folder.at('list'),
    NOWHERE: folder.at('no'),
    TWICE: folder.at('twice'),
  };
  const { code, stdout, stderr } = await run(...args.map((arg) => files[arg] ?? arg));
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(reason)]);
});
