import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedLogRefused } from '../../../libs/platform/src/event-log/embedded/index.js';
import { LogUnavailable } from '#libs/kernel';
import { damage, eventNumbered, openLog, served, streamNumbered, temporaryFolder, writtenLog } from './support.js';

describe('a backup', () => {
  const folder = temporaryFolder();
  const source = join(folder, 'log');
  const streams = Array.from({ length: 8 }, (_, n) => streamNumbered(n));
  beforeAll(() => writtenLog(source, 8, 30));

  it('opens as a log, holds the same, and can be written on, closed and opened again', async () => {
    const log = await openLog(source);
    const target = join(folder, 'backup');
    await log.backup(target);
    const original = await served(log, streams);
    await log.close();

    const copy = await openLog(target);
    expect(await served(copy, streams)).toEqual(original);
    expect(await copy.append(streamNumbered(0), 29, [eventNumbered(1e6)])).toMatchObject([{ revision: 30 }]);
    await copy.close();
    const again = await openLog(target);
    expect(await again.readStream(streamNumbered(0))).toHaveLength(31);
    await again.close();
  });

  it('is of one moment, while others go on appending', async () => {
    const log = await openLog(source);
    const target = join(folder, 'busy');
    let done = false;
    const appending = (async () => {
      for (let n = 0; !done; n += 1) {
        const events = [0, 1, 2].map((k) => eventNumbered(2_000_000 + n * 3 + k));
        await log.append(streamNumbered(100 + n), 'no-stream', events);
      }
    })();
    await log.backup(target);
    done = true;
    await appending;
    const { events } = await served(log, []);
    await log.close();
    const copy = await openLog(target);
    const copied = await served(copy, []);
    expect(copied.events).toEqual(events.slice(0, copied.events.length));
    expect((copied.events.length - 8 * 30) % 3).toBe(0);
    await copy.close();
  });

  it('is not written over anything, nor with a closed log', async () => {
    const log = await openLog(source);
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    await expect(log.backup(taken)).rejects.toMatchObject({ code: 'LOG_TARGET_EXISTS' });
    expect(readdirSync(taken)).toEqual([]);
    await expect(log.backup(join(source, 'events.mdb', 'below'))).rejects.toBeInstanceOf(EmbeddedLogRefused);
    await log.close();
    await expect(log.backup(join(folder, 'closed'))).rejects.toThrow(LogUnavailable);
  });

  it('is finished before the log is closed', async () => {
    const log = await openLog(source);
    const target = join(folder, 'at-close');
    const copying = log.backup(target);
    await log.close();
    await copying;
    const copy = await openLog(target);
    expect((await served(copy, [])).events.length).toBeGreaterThanOrEqual(8 * 30);
    await copy.close();
  });

  it('of a damaged log is none', async () => {
    const damaged = join(folder, 'damaged');
    await writtenLog(damaged, 30, 40);
    const id = eventNumbered(30 * 2).id;
    damage(damaged, (bytes) => {
      for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) bytes.write('X', at + 120);
    });
    const log = await openLog(damaged);
    const target = join(folder, 'of-damaged');
    await expect(log.backup(target)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('of-damaged'))).toEqual([]);
    await log.close();
  });
});
