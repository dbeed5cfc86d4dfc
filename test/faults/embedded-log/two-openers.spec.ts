import { join } from 'node:path';
import { lockHolder } from '../../../libs/platform/src/event-log/embedded/index.js';
import { Child, eventNumbered, openLog, streamNumbered, temporaryFolder } from './support.js';

describe('a log that two want to open', () => {
  const folder = temporaryFolder();

  async function opened(log: string): Promise<Child> {
    const child = new Child('holder.child.ts', [log]);
    expect(await child.line()).toBe('ready');
    expect(await child.ask('go')).toBe('open');
    return child;
  }

  it('is refused to the second, who is told which process has it', async () => {
    const log = join(folder, 'held');
    const holder = await opened(log);
    expect(lockHolder(log)).toBe(holder.process.pid);
    await expect(openLog(log)).rejects.toMatchObject({
      code: 'LOG_LOCKED',
      message: expect.stringContaining(`进程 ${holder.process.pid} `) as string,
    });
    await holder.stop();
  });

  it('is refused to the same process as well, until it is closed', async () => {
    const log = join(folder, 'own');
    const first = await openLog(log);
    await expect(openLog(log)).rejects.toMatchObject({ code: 'LOG_LOCKED' });
    await first.close();
    expect(lockHolder(log)).toBeUndefined();
    await (await openLog(log)).close();
  });

  it('is free again when its process was killed', async () => {
    const log = join(folder, 'killed');
    const holder = await opened(log);
    await holder.stop('SIGKILL');
    expect(lockHolder(log)).toBeUndefined();
    const next = await openLog(log);
    expect(await next.append(streamNumbered(1), 'no-stream', [eventNumbered(1)])).toHaveLength(1);
    await next.close();
  });

  it('goes to exactly one of several that take over from a killed process at once, three times', async () => {
    const log = join(folder, 'raced');
    let holder = await opened(log);
    for (let round = 0; round < 3; round += 1) {
      const racers = Array.from({ length: 4 }, () => new Child('holder.child.ts', [log]));
      await Promise.all(racers.map((racer) => racer.line()));
      await holder.stop('SIGKILL');
      const answers = await Promise.all(racers.map((racer) => racer.ask('go')));
      expect(answers.filter((answer) => answer === 'open')).toHaveLength(1);
      expect(answers.filter((answer) => answer?.startsWith('LOG_LOCKED'))).toHaveLength(3);
      const winner = racers[answers.indexOf('open')];
      expect(lockHolder(log)).toBe(winner?.process.pid);
      await Promise.all(racers.filter((racer) => racer !== winner).map((racer) => racer.stop()));
      holder = winner ?? holder;
    }
    await holder.stop();
  }, 60_000);
});
