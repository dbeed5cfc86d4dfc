import 'reflect-metadata';
import { readSettings, SettingsRefused, type Mode } from '#libs/platform';
import { startService, type Service } from './service.js';

/** Exit codes: 0 ended as asked, 1 broke while running, 2 cannot start with these settings or this folder. */
const BROKEN = 1;
const REFUSED = 2;
const PARENT_CHECK_MS = 500;

async function main(): Promise<void> {
  const service = await start();
  const { settings } = service.runtime;
  say(greeting(service, settings.mode));
  void service.runtime.log.failed.then((error) => {
    service.logger.error('事件日志写入失败，本进程退出，重新启动时将核对磁盘上的内容', { error });
    process.exit(BROKEN);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(service, signal));
  onOrphaned(() => void stop(service, 'npm ended'));
}

async function start(): Promise<Service> {
  try {
    return await startService(readSettings(process.env));
  } catch (error) {
    const lines = error instanceof SettingsRefused ? error.faults : [messageOf(error)];
    process.stderr.write(`可溯无法启动：\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
    process.exit(REFUSED);
  }
}

async function stop(service: Service, signal: string): Promise<void> {
  service.logger.info('stopping', { signal });
  await service.close();
  process.exit(0);
}

/** npm does not hand signals on to what it runs: a service that it started ends when npm has ended. */
function onOrphaned(then: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, PARENT_CHECK_MS);
  watch.unref();
}

function greeting({ url }: Service, mode: Mode): string {
  const lines = [`可溯已就绪  ${url}`, `  接口文档  ${url}/docs`];
  if (mode !== 'production') {
    lines.push('  取得令牌  npm run -s token -- --as chen.handler');
    lines.push(
      mode === 'simulation'
        ? '  模拟账本：其中的记录不是真实记录'
        : '  开发账本：使用内置的开发签发者，不得用于正式办案',
    );
  }
  return lines.join('\n');
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** What refused the start speaks for itself; where it came from is of use to who mends the program. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const traced = process.env.KESU_LOG_LEVEL === 'debug' ? error.stack : undefined;
  return traced ?? error.message;
}

void main();
