import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Reckoned } from '#libs/law';
import { serviceHere, tempFolder, type Officer, type ServiceHere } from '../service/index.js';

/* 期限计算 as a person asks for it: over HTTP by the calendar in hand, and on the command line without a service. */
let here: ServiceHere;
let chen: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

const reckoned = async (query: string) => {
  const { status, text } = await chen.get(`/v1/law/due?${query}`);
  return { status, body: JSON.parse(text) as Reckoned & { says: readonly string[] } };
};

const kesu = async (...words: string[]) => kesuIn(process.env['TZ'] ?? 'UTC', ...words);

const kesuIn = (zone: string, ...words: string[]) => commandLine(zone, 'due', ...words);

const commandLine = async (zone: string, ...words: string[]) => {
  try {
    const asked = ['dist/apps/cli/src/main.js', ...words];
    const { stdout } = await promisify(execFile)(process.execPath, asked, { env: { ...process.env, TZ: zone } });
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
};

it('is the same over HTTP and on the command line', async () => {
  const { status, body } = await reckoned('from=2026-09-18&limit=10wd&extend=10wd');
  const said = JSON.parse(
    (await kesu('--from', '2026-09-18', '--limit', '10wd', '--extend', '10wd', '--json')).stdout,
  ) as Reckoned;
  expect([status, body.due, body.provisional]).toEqual([200, '2026-10-22', false]);
  const { due, provisional, days, notices } = body;
  expect(said).toMatchObject({ due, provisional, days, notices });
  expect(body.says).toContain('届满 2026-10-22');
  expect(body.says.at(-1)).toBe(`节假日安排：${notices[0]}。`);
});

it('counts back and says when a day is provisional', async () => {
  expect((await reckoned('from=2020-06-18&limit=5wd&before=true')).body.due).toBe('2020-06-11');
  expect((await kesu('--from', '2027-02-01', '--limit', '5wd')).stdout).toContain('（节假日安排尚未公布，暂定）');
});

it.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])(
  'counts a year without a notice by the statute, says so, and is the same by the clocks of %s',
  async (zone) => {
    const { stdout } = await kesuIn(zone, '--from', '2027-02-04', '--limit', '40wd');
    const by = (provision: string) => `依《全国年节及纪念日放假办法》（国务院令第795号）第二条${provision}（暂定）`;
    expect(stdout.split('\n').filter((line) => line.includes('法定节假日（'))).toEqual([
      ...['05', '06', '07', '08'].map((on) => `2027-02-${on}  不计  法定节假日（春节），${by('第二项')}`),
      `2027-04-05  不计  法定节假日（清明节），${by('第三项')}`,
    ]);
    // 14 working days of February, 23 of March, 1 and 2 April; the 40th after Qingming.
    expect(stdout).toContain(
      '届满 2027-04-06（节假日安排尚未公布，暂定）\n节假日安排：2027年未录有放假通知，暂按周末和《',
    );
    expect(stdout).toMatch(/日历：.*；随程序发布，不含账本中录入的放假通知。\n$/);
  },
);

it.each([
  ['from=2026-02-30&limit=10wd', '?from', '须为存在的日期'],
  ['from=1900-01-01&limit=10wd', '?from', '不得早于 1992-01-01'],
  ['from=1990-01-01T00:00:00Z&limit=10h', '?from', '1992-01-01 至 9999-12-31'],
  ['from=2026-09-18&limit=0wd', '?limit', '须为 1 至'],
  ['from=2026-09-18&limit=99999wd', '?limit', '须为 1 至'],
  ['from=2026-09-18&limit=10wd&extend=10h', '?extend', '须以 wd'],
  ['from=2026-09-18&limit=10h', '?limit', '不能自日期起算'],
  ['from=2026-09-18T09:00:00Z&limit=10h&before=true', '?before', '以小时计的期限不能倒数'],
  ['from=2026-09-18T09:00:00Z&limit=10h&extend=1wd', '?extend', '以小时计的期限不能延长'],
  ['from=2026-09-18&limit=10wd&extend=1wd&before=true', '?extend', '倒数的期限不能延长'],
  ['from=2026-09-18&limit=10wd&before=perhaps', '?before', 'true、false'],
  ['from=9999-12-30&limit=100wd', '?limit', '超出日历的范围'],
  ['from=9999-12-30T00:00:00Z&limit=1000h', '?limit', '超出日历的范围'],
  ['from=1992-01-02&limit=10wd&before=true', '?limit', '超出日历的范围'],
  ['limit=10wd', '?from', '起始日'],
])('refuses %s at %s, and says why', async (query, pointer, says) => {
  const { status, body } = await chen.get(`/v1/law/due?${query}`);
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([400, 'QUERY_INVALID', pointer]);
  expect(body.errors?.[0]?.message).toContain(says);
});

it.each([
  [['--from', '2026-02-30', '--limit', '10wd'], '--from：'],
  [['--from', '2026-09-18', '--limit', '-5wd'], '--limit：须为 1 至 10000'],
  [['--from', '2026-09-18', '--limit', '10wd', '--extend', '-1wd'], '--extend：须为 1 至 10000'],
  [['--from', '2026-09-18', '--limit'], '选项有误'],
  [['--from', '2026-09-18', '--limit', '999999wd'], '--limit：'],
  [['--from', '9999-12-30', '--limit', '100wd'], '--limit：照此计算超出日历的范围'],
  [['--from', '2026-09-18', '--limit', '10h'], '--limit：以小时计的期限'],
  [['--limit', '10wd'], '须写明 --from 和 --limit'],
  [['--from', '2026-09-18', '--limit', '10wd', '--limit', '5wd'], '选项 --limit 只能写一次'],
  [['--from', '2026-09-18', '--limit', '10wd', '5wd'], 'kesu due 不接受：5wd'],
  [['--from', '2026-09-18', '--limit', '10wd', '--as', 'wu.handler'], 'kesu due 不接受：--as'],
])('the command line refuses %j with exit code 2', async (words, says) => {
  const { code, stdout, stderr } = await kesu(...words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});

it('a notice that is not UTF-8 is told to be so, before its days are looked at', async () => {
  const folder = await tempFolder();
  const gbk = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xb7, 0xc5, 0xbc, 0xd9]), Buffer.from('"}')]);
  writeFileSync(folder.at('notice.json'), gbk);
  const { code, stdout, stderr } = await commandLine('UTC', 'calendar', 'check', folder.at('notice.json'));
  await folder.remove();
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('不是 UTF-8 编码的文件，请另存为 UTF-8');
});
