import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { aRequest, buildApps, Officer, ServiceProcess, tempFolder, type TempFolder } from '../service/index.js';

let folder: TempFolder;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
}, 120_000);

afterEach(() => Promise.all(started.splice(0).map((service) => service.kill())));
afterAll(() => folder.remove());

const settingsOf = (data: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  KESU_DATA: folder.at(data),
  KESU_PORT: '0',
  KESU_ROLES: 'api',
  ...more,
});

async function running(data: string, more?: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const service = await ServiceProcess.start(settingsOf(data, more));
  started.push(service);
  return service;
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resume) => setTimeout(resume, 20));
}

/** A service that must not start: its exit code and what it said. */
async function refused(data: string, more: Readonly<Record<string, string>> = {}): Promise<[number | null, string]> {
  const service = ServiceProcess.spawn(settingsOf(data, more));
  started.push(service);
  expect(await service.ready()).toBe(false);
  return [await service.exited, service.output];
}

describe('a service that runs', () => {
  it('says where it is, how to begin, and what kind of ledger it keeps', async () => {
    const service = await running('greeting');
    expect(service.output).toContain(`接口文档  ${service.url}/docs`);
    expect(service.output).toContain('取得令牌  npm run -s token -- --as chen.handler');
    expect(service.output).toContain('开发账本');
    const address = JSON.parse(readFileSync(folder.at('greeting', 'service.json'), 'utf8')) as object;
    expect(address).toEqual({ url: service.url, pid: service.pid });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s with what is under way done, and goes on where it stood',
    async (signal) => {
      const service = await running(signal);
      const chen = new Officer(() => service.url, 'chen.handler');
      const { body } = await chen.post('/v1/assistance', aRequest());
      const underWay = Array.from({ length: 8 }, (_none, n) =>
        chen.post('/v1/assistance', aRequest(), { key: `key-${n}` }),
      );
      const answers = Promise.allSettled(underWay);
      process.kill(service.pid, signal);
      expect(await service.exited).toBe(0);
      expect(existsSync(folder.at(signal, 'service.json'))).toBe(false);
      const again = await running(signal);
      const officer = new Officer(() => again.url, 'chen.handler');
      for (const [n, answer] of (await answers).entries()) {
        if (answer.status === 'rejected') continue;
        const repeated = await officer.post('/v1/assistance', aRequest(), { key: `key-${n}` });
        expect(repeated.text).toBe(answer.value.text);
      }
      expect((await officer.get(`/v1/assistance/${body.case}/commands/none`)).status).toBe(200);
    },
  );

  it('answers what had begun when it was told to end, and ends with that answer', async () => {
    const service = await running('half-sent');
    const { authorization = '' } = await new Officer(() => service.url, 'chen.handler').authorization();
    const body = Buffer.from(JSON.stringify(aRequest()));
    const head = [
      'POST /v1/assistance HTTP/1.1',
      'host: localhost',
      `authorization: ${authorization}`,
      'content-type: application/json',
      'idempotency-key: half-sent',
      `content-length: ${body.length}`,
    ];
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8').on('data', (text) => (said += String(text)));
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(body.subarray(0, 20));
    await new Promise((resume) => setTimeout(resume, 200));
    process.kill(service.pid, 'SIGTERM');
    await waitFor(() => !existsSync(folder.at('half-sent', 'service.json')));
    socket.write(body.subarray(20));
    expect(await service.exited).toBe(0);
    expect(said).toMatch(/^HTTP\/1\.1 201 /);
    expect(said.toLowerCase()).toContain('connection: close');
  });

  it('outlives kill -9: tokens, keys and cases are there', async () => {
    const service = await running('killed');
    const chen = new Officer(() => service.url, 'chen.handler');
    const { body, text } = await chen.post('/v1/assistance', aRequest(), { key: 'k' });
    const { authorization = '' } = await chen.authorization();
    await service.kill();
    const again = await running('killed');
    const officer = new Officer(() => again.url, 'chen.handler');
    expect((await officer.post('/v1/assistance', aRequest(), { key: 'k', headers: { authorization } })).text).toBe(
      text,
    );
    expect((await officer.get(`/v1/assistance/${body.case}/commands/none`)).status).toBe(200);
  });
});

it('says that a register file is not applied once the register has begun otherwise', async () => {
  const register = JSON.parse(readFileSync('libs/law/data/organs/development.json', 'utf8')) as { organs: object[] };
  const more = { KESU_ORGANS: folder.at('register.json'), KESU_LOG_LEVEL: 'warn' };
  const start = async (content: object): Promise<string> => {
    writeFileSync(more.KESU_ORGANS, JSON.stringify(content));
    const service = await running('register', more);
    await service.stop();
    return service.output;
  };
  expect(await start(register)).not.toContain('没有采用');
  expect(await start(Object.fromEntries(Object.entries(register).reverse()))).not.toContain('没有采用');
  expect(await start({ ...register, organs: register.organs.toReversed() })).toContain('本次的登记文件没有采用');
});

describe('a service that must not start', () => {
  it('because another holds the folder', async () => {
    const holder = await running('held');
    const [code, said] = await refused('held');
    expect(code).toBe(2);
    expect(said).toMatch(new RegExp(`可溯无法启动：\\n.*${holder.pid}`));
    expect((await new Officer(() => holder.url, 'chen.handler').get('/v1/assistance/x')).status).toBe(404);
  });

  it('because the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const [code, said] = await refused('port', { KESU_PORT: String(port) });
    server.close();
    expect(code).toBe(2);
    expect(said).toMatch(/可溯无法启动：\n.*已被占用/);
    expect(said).not.toMatch(/\bat .*\.js/);
    expect(existsSync(folder.at('port', 'service.json'))).toBe(false);
  });

  it('because the ledger was opened in another mode', async () => {
    await (await running('mode')).stop();
    const [code, said] = await refused('mode', { KESU_OIDC_ISSUER: 'https://issuer.example' });
    expect([code, said]).toEqual([2, expect.stringContaining('账本 kesu 以开发模式建立，不能以生产模式启动')]);
    const [simulated, reason] = await refused('mode', { KESU_MODE: 'simulation' });
    expect([simulated, reason]).toEqual([2, expect.stringContaining('模拟模式只使用自己建立的目录')]);
  });

  it('because its settings make no sense, each said in a line', async () => {
    const [code, said] = await refused('settings', { KESU_PORTS: '1', KESU_PORT: '99999', KESU_MODE: 'test' });
    expect(code).toBe(2);
    expect(said.split('\n').filter((line) => line.startsWith('  KESU_'))).toHaveLength(3);
    expect(existsSync(folder.at('settings'))).toBe(false);
  });

  it('because NODE_ENV says production and no issuer is named', async () => {
    const [code, said] = await refused('production', { NODE_ENV: 'production' });
    expect([code, said]).toEqual([2, expect.stringContaining('NODE_ENV')]);
  });

  it('because the register file cannot be read, or is faulty', async () => {
    const [code, said] = await refused('no-register', { KESU_ORGANS: folder.at('nowhere.json') });
    expect([code, said]).toEqual([2, expect.stringContaining('nowhere.json')]);
    expect(said).toContain('机关登记文件无法打开');
    expect(said).not.toMatch(/\bat .*\.js/);
  });

  it('because the data folder cannot be a folder', async () => {
    mkdirSync(folder.at('blocked'), { recursive: true });
    const [code, said] = await refused('blocked', { KESU_DATA: '/dev/null/data' });
    expect([code, said]).toEqual([2, expect.stringContaining('/dev/null')]);
  });
});
