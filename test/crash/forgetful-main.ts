/** The control: the same service on a log that acknowledges before the commit. */
import 'reflect-metadata';
import { openLog, readSettings } from '#libs/platform';
import { startService } from '../../apps/ledger/src/service.js';
import { ForgetfulLog } from './forgetful-log.js';

async function main(): Promise<void> {
  const service = await startService(readSettings(process.env), async (settings, clock, logger) => {
    const opened = await openLog(settings, clock, logger);
    const log = new ForgetfulLog(opened.log);
    return { ...opened, log, close: () => log.close() };
  });
  process.once('SIGTERM', () => void service.close().then(() => process.exit(0)));
  process.stdout.write(`可溯已就绪  ${service.url}\n`);
}

void main();
