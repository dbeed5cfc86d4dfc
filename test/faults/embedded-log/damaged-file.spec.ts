import { copyFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedLogRefused, openEmbeddedLog } from '../../../libs/platform/src/event-log/embedded/index.js';
import {
  clock,
  copyOf,
  damage,
  dataFile,
  openLog,
  PAGE,
  served,
  streamNumbered,
  temporaryFolder,
  uncleanly,
  writtenLog,
  type Served,
} from './support.js';

/** What must never be mapped: every case is refused by the process that opens it, which lives on to say so. */
const STREAMS = 10;
const streams = Array.from({ length: STREAMS }, (_, n) => streamNumbered(n));

describe('a damaged data file', () => {
  const folder = temporaryFolder();
  const sound = join(folder, 'sound');
  const damaged = join(folder, 'damaged');
  let original: Served;
  let size: number;

  beforeAll(async () => {
    await writtenLog(sound, STREAMS, 20);
    const log = await openLog(sound);
    original = await served(log, streams);
    await log.close();
    size = statSync(dataFile(sound)).size;
  });

  beforeEach(() => void copyOf(sound, damaged));

  async function refusal(ledger = 'kesu'): Promise<EmbeddedLogRefused> {
    const opened = await openEmbeddedLog({ folder: damaged, ledger, clock }).catch((error: unknown) => error);
    if (!(opened instanceof EmbeddedLogRefused)) throw new Error('the log was opened');
    // Who reads it must know which file is meant, and what to do.
    expect(opened.message).toContain(damaged);
    expect(opened.message).toMatch(/请|排除/);
    return opened;
  }

  it('is none to begin with', async () => {
    expect(original.events).toHaveLength(STREAMS * 20);
    const log = await openLog(damaged);
    expect(await served(log, streams)).toEqual(original);
    await log.close();
  });

  const lengths: [string, (size: number) => number][] = [
    ['nothing', () => 0],
    ['a byte', () => 1],
    ['half a page', () => PAGE / 2],
    ['one page', () => PAGE],
    ['the meta pages', () => 2 * PAGE],
    ['three pages', () => 3 * PAGE],
    ['half', (all) => Math.floor(all / 2)],
    ['three quarters, between pages', (all) => Math.floor(all * 0.75) + 77],
    ['all but ten pages', (all) => all - 10 * PAGE],
    ['all but two pages', (all) => all - 2 * PAGE],
  ];
  it.each(lengths)('cut to %s is refused as truncated, after a clean stop or not', async (_title, lengthOf) => {
    truncateSync(dataFile(damaged), lengthOf(size));
    expect((await refusal()).code).toBe('LOG_TRUNCATED');
    uncleanly(damaged);
    expect((await refusal()).code).toBe('LOG_TRUNCATED');
  });

  it.each([
    ['the first', [0]],
    ['the second', [1]],
    ['both', [0, 1]],
  ])('with %s of its meta pages zeroed is refused', async (_title, pages) => {
    damage(damaged, (bytes) => pages.forEach((page) => bytes.fill(0, page * PAGE, (page + 1) * PAGE)));
    expect((await refusal()).code).toBe('LOG_DAMAGED');
    uncleanly(damaged);
    expect((await refusal()).code).toBe('LOG_DAMAGED');
  });

  it.each([2, 3, 8, 20])('with its last %i pages zeroed is refused', async (pages) => {
    damage(damaged, (bytes) => void bytes.fill(0, size - pages * PAGE));
    expect((await refusal()).code).toBe('LOG_DAMAGED');
    uncleanly(damaged);
    expect((await refusal()).code).toBe('LOG_DAMAGED');
  });

  describe('whose newest meta page bears the number of the commit before', () => {
    beforeEach(() =>
      damage(damaged, (bytes) => {
        const numbers = [0, 1].map((page) => Number(bytes.readBigUInt64LE(page * PAGE + 152)));
        const newest = Math.max(...numbers);
        bytes.writeBigUInt64LE(BigInt(newest - 2), numbers.indexOf(newest) * PAGE + 152);
      }),
    );
    const stopped = (events: number, failed: boolean): void =>
      writeFileSync(join(damaged, 'last-stop.json'), JSON.stringify({ events, failed }));

    it('is refused: the newest commit is hidden behind an older one', async () => {
      expect((await refusal()).code).toBe('LOG_DAMAGED');
      uncleanly(damaged);
      expect((await refusal()).code).toBe('LOG_DAMAGED');
    });

    it('is opened without that commit when it is known to have failed, and is then as any other', async () => {
      stopped(STREAMS * 19, true);
      for (let n = 0; n < 2; n += 1) {
        const log = await openLog(damaged);
        expect((await served(log, [])).events).toEqual(original.events.slice(0, STREAMS * 19));
        await log.close();
      }
    });

    it('is refused when what was acknowledged is not there', async () => {
      stopped(STREAMS * 20, true);
      expect((await refusal()).code).toBe('LOG_DAMAGED');
    });
  });

  it('set back to how it was some commits ago is refused after a clean stop', async () => {
    const earlier = join(folder, 'earlier');
    await writtenLog(earlier, STREAMS, 19);
    copyFileSync(dataFile(earlier), dataFile(damaged));
    expect((await refusal()).message).toContain(String(STREAMS * 19));
  });

  it.each([
    ['text', () => Buffer.from('这不是日志\n'.repeat(5000))],
    ['random bytes', () => Buffer.from(Array.from({ length: 40_000 }, (_, n) => (n * 7919) % 251))],
  ])('that is %s is refused as foreign and left as it is', async (_title, content) => {
    writeFileSync(dataFile(damaged), content());
    expect((await refusal()).code).toBe('LOG_FOREIGN');
    expect(statSync(dataFile(damaged)).size).toBe(content().length);
  });

  it('of another ledger is refused', async () => {
    const refused = await refusal('other');
    expect(refused.code).toBe('LOG_FOREIGN');
    expect(refused.message).toContain('kesu');
  });

  it('that is gone is missed, not made anew', async () => {
    rmSync(dataFile(damaged));
    expect((await refusal()).code).toBe('LOG_DAMAGED');
    uncleanly(damaged);
    expect((await refusal()).code).toBe('LOG_DAMAGED');
  });

  it('cannot come from a first start that was cut off', async () => {
    const fresh = join(folder, 'fresh');
    await (await openLog(fresh)).close();
    for (const name of ['events.mdb', 'events.mdb-lock', 'last-stop.json']) rmSync(join(fresh, name));
    writeFileSync(join(fresh, 'draft.mdb'), 'half');
    const log = await openLog(fresh);
    expect((await served(log, [])).events).toEqual([]);
    await log.close();
  });

  it('is never in a folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(openLog(file)).rejects.toMatchObject({ code: 'LOG_FOLDER_UNUSABLE' });
  });
});
