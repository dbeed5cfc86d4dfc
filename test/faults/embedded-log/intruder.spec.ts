import { join } from 'node:path';
import { LogUnavailable } from '#libs/kernel';
import { Child, copyOf, eventNumbered, openLog, streamNumbered, temporaryFolder } from './support.js';

/** The folder lock knows the processes of one machine only: a container that shares the folder gets past it. */
describe('a log that somebody else writes to in spite of the lock', () => {
  const folder = join(temporaryFolder(), 'log');

  it('overwrites nothing, acknowledges nothing more, and says so', async () => {
    const log = await openLog(folder);
    const stream = streamNumbered(1);
    await log.append(stream, 'no-stream', [eventNumbered(1), eventNumbered(2)]);
    const intruder = new Child('intruder.child.ts', [folder, '3']);
    expect(await intruder.line()).toBe('written');
    await intruder.ended;

    const follow = async (): Promise<void> => {
      for await (const item of log.follow(undefined, new AbortController().signal)) if (item.kind === 'alarm') return;
    };
    const outcomes = await Promise.allSettled([
      follow(),
      log.append(stream, 1, [eventNumbered(3)]),
      log.append(streamNumbered(2), 'no-stream', [eventNumbered(4)]),
    ]);
    for (const outcome of outcomes)
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(LogUnavailable);
    expect(await log.failed).toBeInstanceOf(LogUnavailable);
    await expect(log.readStream(stream)).rejects.toThrow(LogUnavailable);
    await expect(log.append(stream, 1, [eventNumbered(3)])).rejects.toThrow(LogUnavailable);
    await log.close();
    // What LMDB holds of the file ends with this process, and so does the lock.
    await expect(openLog(folder)).rejects.toMatchObject({ code: 'LOG_LOCKED' });
    const afterwards = copyOf(folder, `${folder}-afterwards`);
    await expect(openLog(afterwards)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  });
});
