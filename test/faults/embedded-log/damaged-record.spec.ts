import { join } from 'node:path';
import type { EmbeddedLog } from '../../../libs/platform/src/event-log/embedded/index.js';
import { IntegrityBroken, StreamNotFound, type Followed } from '#libs/kernel';
import { damage, eventNumbered, openLog, streamNumbered, temporaryFolder, writtenLog } from './support.js';

/** One byte of one value turned, too far back for the start to look at after a clean stop. */
const STREAMS = 30;
const ROUNDS = 40;
const VICTIM = 5;

describe('a record that is not as it was written', () => {
  const folder = join(temporaryFolder(), 'log');
  const victim = streamNumbered(VICTIM);
  let log: EmbeddedLog;

  beforeAll(async () => {
    await writtenLog(folder, STREAMS, ROUNDS);
    const id = eventNumbered(STREAMS * 2 + VICTIM).id;
    damage(folder, (bytes) => {
      // Older copies of the page may lie about: all are hit.
      for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) bytes.write('X', at + 120);
    });
    log = await openLog(folder);
  });
  afterAll(() => log.close());

  it('is not served in its stream, nor is anything else of it, and nothing is appended', async () => {
    await expect(log.readStream(victim)).rejects.toMatchObject({ alarm: { stream: victim, reason: 'damaged-record' } });
    await expect(log.readStream(victim, 0, 1)).rejects.toThrow(IntegrityBroken);
    await expect(log.append(victim, ROUNDS - 1, [eventNumbered(1e6)])).rejects.toThrow(IntegrityBroken);
  });

  it('ends a read of the whole log where it stands', async () => {
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const event of log.readAll()) seen.push(Number(event.data['n']));
    };
    await expect(read()).rejects.toMatchObject({ alarm: { stream: victim } });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(STREAMS * ROUNDS - 1);
  });

  it('is an alarm to a follower, which then goes on with the next', async () => {
    const items: Followed[] = [];
    for await (const item of log.follow(undefined, new AbortController().signal)) {
      items.push(item);
      if (item.kind === 'caughtUp') break;
    }
    const alarms = items.filter((item) => item.kind === 'alarm');
    expect(alarms).toMatchObject([{ alarm: { stream: victim, reason: 'damaged-record' } }]);
    expect(items.filter((item) => item.kind === 'event')).toHaveLength(STREAMS * ROUNDS - 1);
    const places = items.flatMap((item) =>
      item.kind === 'event' ? [item.event.position] : item.kind === 'alarm' ? [item.position] : [],
    );
    expect(places).toEqual([...new Set(places)].sort());
  });

  it('leaves other streams alone', async () => {
    const other = streamNumbered(VICTIM + 1);
    expect(await log.readStream(other)).toHaveLength(ROUNDS);
    expect(await log.append(other, ROUNDS - 1, [eventNumbered(1e6)])).toHaveLength(1);
    await expect(log.readStream(streamNumbered(STREAMS))).rejects.toThrow(StreamNotFound);
  });

  it('is named at the next start, which reads everything because damage was found', async () => {
    await log.close();
    await expect(openLog(folder)).rejects.toMatchObject({
      code: 'LOG_DAMAGED',
      message: expect.stringMatching(/第 \d+ 号记录/) as string,
    });
  });
});
