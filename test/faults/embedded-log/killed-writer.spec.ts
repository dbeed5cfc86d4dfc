import { join } from 'node:path';
import type { LoggedEvent } from '#libs/kernel';
import type { EmbeddedLog } from '../../../libs/platform/src/event-log/embedded/index.js';
import { Child, eventNumbered, openLog, streamNumbered, temporaryFolder } from './support.js';

/** kill -9 under load: what was acknowledged is there, what was not is there whole or not at all. */
const KILLS = 5;
const APPEND_EVENTS = 3;

describe('a log whose process was killed while it wrote', () => {
  const folder = join(temporaryFolder(), 'log');
  /** By stream: the last revision acknowledged. */
  const acknowledged = new Map<number, number>();

  async function killedOnce(run: number): Promise<void> {
    const writer = new Child('writer.child.ts', [folder, String(run)]);
    expect(await writer.line()).toBe('open');
    let ended = false;
    let lines = 0;
    for (let line = await writer.line(); line !== undefined; line = await writer.line()) {
      const [stream = 0, revision = 0] = line.split(' ').map(Number);
      acknowledged.set(stream, Math.max(revision, acknowledged.get(stream) ?? 0));
      lines += 1;
      // What the pipe still holds was acknowledged before the kill, and is counted.
      if (lines === 200 + run * 137 && !ended) ended = writer.process.kill('SIGKILL');
    }
    expect(await writer.ended).toMatchObject({ signal: 'SIGKILL' });
  }

  async function all(log: EmbeddedLog): Promise<LoggedEvent[]> {
    const events: LoggedEvent[] = [];
    for await (const event of log.readAll()) events.push(event);
    return events;
  }

  it(`has every acknowledged event, none torn, positions dense, after each of ${KILLS} kills`, async () => {
    let known = 0;
    for (let run = 1; run <= KILLS; run += 1) {
      await killedOnce(run);
      const log = await openLog(folder);
      const events = await all(log);
      expect(events.map((event) => Number(event.position))).toEqual(events.map((_, n) => n + 1));
      expect(events.length).toBeGreaterThan(known);
      known = events.length;
      const heads = new Map<string, number>();
      for (const event of events) {
        expect(event.revision).toBe((heads.get(event.stream) ?? -1) + 1);
        heads.set(event.stream, event.revision);
      }
      for (const head of heads.values()) expect((head + 1) % APPEND_EVENTS).toBe(0);
      for (const [number, revision] of acknowledged) {
        const stream = streamNumbered(number);
        expect(heads.get(stream)).toBeGreaterThanOrEqual(revision);
        const read = await log.readStream(stream);
        expect(read.slice(0, revision + 1).map((event) => event.id)).toEqual(
          Array.from({ length: revision + 1 }, (_, n) => eventNumbered(number * 100 + n).id),
        );
      }
      await log.close();
    }
  }, 60_000);
});
