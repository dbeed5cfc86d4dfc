import { existsSync } from 'node:fs';
import {
  aReceipt,
  aRequest,
  aStep,
  buildApps,
  kesu,
  Officer,
  ServiceProcess,
  tempFolder,
  type TempFolder,
} from '../service/index.js';

let folder: TempFolder;
let service: ServiceProcess;
let id = '';
let settings: Record<string, string>;

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
  // Supervision would go on recording while the read models are compared.
  settings = { KESU_DATA: folder.at('data'), KESU_PORT: '0', KESU_ROLES: 'api,projector' };
  service = await ServiceProcess.start(settings);
  const [chen, wu] = [new Officer(() => service.url, 'chen.handler'), new Officer(() => service.url, 'wu.handler')];
  const counterparties = [{ name: '厦门示例环保科技有限公司' }];
  id = (await chen.post('/v1/assistance', aRequest({ counterparties }))).body.case;
  await wu.post(`/v1/assistance/${id}/receipts`, aReceipt());
  const { digest } = (await wu.upload(Buffer.from('监测记录', 'utf8'))).body;
  await wu.post(`/v1/assistance/${id}/steps`, aStep({ documents: [{ digest, name: '监测记录.txt' }] }));
}, 180_000);

afterAll(async () => {
  await service.kill();
  await folder.remove();
}, 60_000);

const ok = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await kesu(args, settings);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};
interface Told {
  readonly file: object;
  readonly timeline: {
    readonly asOf: string;
    readonly position: string;
    readonly entries: readonly { type: string }[];
  };
}
const json = async (...args: string[]): Promise<Record<string, string>> =>
  JSON.parse(await ok(...args, '--json')) as Record<string, string>;

describe('without a service', () => {
  it.each([['--help'], ['-h'], []])('tells what there is: %s', async (...args) => {
    const said = await ok(...args.filter((arg) => typeof arg === 'string'));
    for (const command of ['replay', 'custody', 'rebuild', 'backup', 'token', '--json'])
      expect(said).toContain(command);
  });

  it.each([
    [['forget', id], '没有命令 forget'],
    [['constructor'], '没有命令 constructor'],
    [['replay'], '请给出案件的标识'],
    [['custody'], '请给出案件的标识'],
    [['backup'], '请给出备份的新目录'],
    [['token'], '请用 --as'],
    [['replay', 'x', '--colour'], '--colour'],
  ])('refuses what makes no sense: %j', async (args, reason) => {
    const { code, stdout, stderr } = await kesu(args, settings);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(reason)]);
  });
});

describe('beside a running service', () => {
  it('gets a token that the service takes', async () => {
    const token = (await ok('token', '--as', 'chen.handler')).trim();
    const answer = await fetch(`${service.url}/v1/assistance/${id}`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    expect((await json('token', '--as', 'chen.handler')).as).toBe('chen.handler');
  });

  it('finds it by KESU_URL too, and says when nobody answers there', async () => {
    const named = await kesu(['token', '--as', 'chen.handler'], { KESU_URL: service.url });
    expect([named.code, named.stderr]).toEqual([0, '']);
    const nobody = await kesu(['token', '--as', 'chen.handler'], { KESU_URL: 'http://127.0.0.1:9' });
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('没有应答')]);
  });

  it('replays a case as its reader may see it', async () => {
    const asked = await ok('replay', id, '--as', 'wu.handler');
    expect(asked).toContain(`案件 ${id}（开发）`);
    expect(asked).toContain('厦门市生态环境局科员吴承办（示例）办理：向监测站调取记录。');
    expect(asked).toMatch(/附件 监测记录\.txt〔[0-9a-f]{12}…〕/);
    expect(asked).toContain('提供协助的期限已于2026-10-09届满');
    expect(await ok('replay', id, '--as', 'chen.handler')).not.toContain('监测站');
    const stranger = await kesu(['replay', id, '--as', 'liu.head'], settings);
    expect([stranger.code, stranger.stdout, stranger.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('CASE_NOT_FOUND'),
    ]);
    const supervisor = await kesu(
      ['replay', id, '--as', 'yang.supervisor', '--purpose', 'supervision', '--json'],
      settings,
    );
    expect(supervisor.code).toBe(0);
  });

  it('tells whose turn it is, as its reader may see it, now or as of an instant', async () => {
    const custody = (as: string, ...more: string[]) => ok('custody', id, '--as', as, ...more);
    expect(await custody('wu.handler')).toMatch(
      /由厦门市生态环境局（科员吴承办（示例））提供协助.*〔第十六条第二款，XM-16-4〕/,
    );
    expect(await custody('chen.handler')).toMatch(/由厦门市生态环境局（未见具名承办人）提供协助/);
    expect(await custody('wu.handler', '--revision', '0')).not.toContain('提供协助，');
    const { turns } = JSON.parse(await custody('wu.handler', '--json')) as { turns: readonly { task: string }[] };
    expect(turns.map(({ task }) => task)).toEqual(['delivering', 'providing']);
  });

  it('replays to an instant, a day and a revision, and says what of that makes no sense', async () => {
    const replay = (...more: string[]) => ok('replay', id, '--as', 'wu.handler', ...more);
    expect(await replay('--revision', '1')).not.toContain('调取记录');
    expect(await replay('--occurred-by', '2026-09-18')).not.toContain('调取记录');
    expect(await replay('--at', new Date().toISOString())).toContain('调取记录');
    expect(await replay('--occurred-by', '2026-09-18')).toContain('截至2026-09-18 23:59');
    for (const [option, value, reason] of [
      ['--at', '2026-02-30', '须为带时区的时间'],
      ['--at', '2020-01-01', '本案尚无可计入的事实'],
      ['--revision', '99', '现在的版本是 2'],
      ['--revision', 'two', '案件版本须为'],
    ] as const) {
      const { code, stderr } = await kesu(['replay', id, '--as', 'wu.handler', option, value], settings);
      expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
    }
  });

  it('rebuilds and backs up for the operator alone', async () => {
    for (const args of [['rebuild'], ['backup', folder.at('no-backup')]]) {
      const { code, stderr } = await kesu([...args, '--as', 'chen.handler'], settings);
      expect([code, stderr]).toEqual([1, expect.stringContaining('NOT_ENTITLED')]);
    }
    expect(existsSync(folder.at('no-backup'))).toBe(false);
    const first = await json('rebuild', '--as', 'luo.operator');
    expect(await json('rebuild', '--as', 'luo.operator')).toEqual(first);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await ok('backup', folder.at('backup'), '--as', 'luo.operator')).toMatch(/文件库.*密钥.*须另行分开备份/);
    const twice = await kesu(['backup', folder.at('backup'), '--as', 'luo.operator'], settings);
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('BACKUP_REFUSED')]);
  });
});

describe('when the service has stopped', () => {
  it('opens the folder itself, and lands on the same case, the same hash, and a backup that serves', async () => {
    const online = await json('rebuild', '--as', 'luo.operator');
    const reader = ['--as', 'yang.supervisor', '--purpose', 'audit', '--json'];
    const shown = JSON.parse(await ok('replay', id, ...reader)) as Told;
    const past = ['--revision', '1', '--occurred-by', '2026-09-18'];
    const atRevision = JSON.parse(await ok('replay', id, ...past, ...reader)) as Told;
    // Only whether more could come to be known of that moment passes with time.
    const lastingly = (text: string): string => text.replace(/"settled":(?:true|false),/, '');
    const turns = lastingly(await ok('custody', id, '--revision', '1', ...reader));
    await service.stop();
    expect(lastingly(await ok('custody', id, '--revision', '1', '--json'))).toBe(turns);
    expect(await json('rebuild')).toEqual(online);
    const offline = JSON.parse(await ok('replay', id, '--json')) as Told;
    // Now is another moment, and without a projector nobody knows how far the log goes beyond the case.
    const { asOf: _asOf, position: _position, ...lasting } = shown.timeline;
    expect(offline.timeline).toMatchObject(lasting);
    for (const [option, value] of [
      ['--revision', '1'],
      ['--at', new Date(Date.now() - 1).toISOString()],
    ] as const) {
      const then = JSON.parse(await ok('replay', id, option, value, '--occurred-by', '2026-09-18', '--json')) as Told;
      expect(then.timeline.entries.map(({ type }) => type)).toEqual([
        'AssistanceRequested',
        'AssistanceRequestDelivered',
      ]);
      if (option === '--revision') expect(then).toEqual(atRevision);
    }

    await ok('backup', folder.at('second-backup'));
    const nonsense = await kesu(['replay', id, '--at', 'now', '--revision', '1'], settings);
    expect([nonsense.code, nonsense.stderr]).toEqual([1, expect.stringContaining('须为带时区的时间')]);
    const early = await kesu(['replay', id, '--at', '2020-01-01'], settings);
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('本案尚无可计入的事实')]);
    const unknown = await kesu(['replay', '11111111-2222-4333-8444-555555555555'], settings);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('没有案件')]);
    const token = await kesu(['token', '--as', 'chen.handler'], settings);
    expect([token.code, token.stderr]).toEqual([1, expect.stringContaining('没有正在运行的服务')]);
    service = await ServiceProcess.start(settings);
    const { status, body } = await new Officer(() => service.url, 'chen.handler').get(`/v1/assistance/${id}`);
    expect([status, body.revision]).toEqual([200, 2]);
  }, 120_000);
});
