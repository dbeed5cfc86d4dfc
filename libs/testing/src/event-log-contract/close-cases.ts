import { LogUnavailable } from '#libs/kernel';
import { Bench, idsOf, someEvents, upTo, type OpenedLog } from './bench.js';

/** What closing promises. Each case opens a log of its own. */
export function closeCases(openLog: () => Promise<OpenedLog>): void {
  it('appends under way at close are finished or rejected, and those acknowledged are kept', async () => {
    const bench = new Bench(openLog);
    await bench.open();
    try {
      const streams = upTo(20).map(() => bench.stream());
      const appends = streams.map((stream) => bench.log.append(stream, 'no-stream', someEvents(2)));
      const settled = Promise.allSettled(appends);
      await bench.log.close();
      const outcomes = await settled;
      const log = await bench.reopen();
      for (const [at, outcome] of outcomes.entries()) {
        const stream = streams[at];
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LogUnavailable);
        else if (stream) expect(idsOf(await log.readStream(stream))).toEqual(idsOf(outcome.value));
      }
    } finally {
      await bench.close();
    }
  });

  it('a closed log answers nothing', async () => {
    const bench = new Bench(openLog);
    await bench.open();
    try {
      const stream = bench.stream();
      await bench.log.append(stream, 'no-stream', someEvents(1));
      const closed = bench.log;
      await closed.close();
      await expect(closed.append(stream, 0, someEvents(1))).rejects.toThrow(LogUnavailable);
      await expect(closed.readStream(stream)).rejects.toThrow(LogUnavailable);
      await expect(closed.readAll()[Symbol.asyncIterator]().next()).rejects.toThrow(LogUnavailable);
      expect(await (await bench.reopen()).readStream(stream)).toHaveLength(1);
    } finally {
      await bench.close();
    }
  });
}
