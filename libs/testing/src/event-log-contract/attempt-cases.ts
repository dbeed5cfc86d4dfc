import { attemptsOf, streamName, type Followed, type StreamName } from '#libs/kernel';
import { idsOf, newId, positionOf, someEvents, type Bench } from './bench.js';

/** What the companion of refused attempts promises: one store, one line of positions, an order of its own. */
export function attemptCases(bench: Bench): void {
  const stream = (): StreamName => streamName(attemptsOf(bench.ledger), 'command', newId());
  const idsAfter = async (after: Parameters<Bench['readAll']>[0]): Promise<string[]> => {
    const found: string[] = [];
    for await (const { id } of bench.log.attempts.readAll(after)) found.push(id);
    return found;
  };

  it('keeps its streams in an order of its own, and none of the ledger’s', async () => {
    const mark = await bench.mark();
    const [one, other, cases] = [stream(), stream(), bench.stream()];
    const first = await bench.log.append(one, 'no-stream', someEvents(1));
    const between = await bench.log.append(cases, 'no-stream', someEvents(2));
    const second = await bench.log.attempts.append(other, 'no-stream', someEvents(1));
    const third = await bench.log.append(one, 0, someEvents(1, 1));
    expect(await idsAfter(mark)).toEqual(idsOf([...first, ...second, ...third]));
    expect(idsOf(await bench.readAll(mark, one, other, cases))).toEqual(idsOf(between));
    const places = [...first, ...between, ...second, ...third].map(({ position }) => position);
    expect(places).toEqual([...new Set(places)].sort());
    expect(await idsAfter(positionOf(second[0]))).toEqual(idsOf(third));
    expect(await bench.log.attempts.readStream(one)).toEqual([...first, ...third]);
  });

  it('is followed beside the ledger, to the end and on', async () => {
    const mark = await bench.mark();
    const one = stream();
    const stored = [...(await bench.log.append(one, 'no-stream', someEvents(1)))];
    const items: Followed[] = [];
    const stop = new AbortController();
    let waited = false;
    for await (const item of bench.log.attempts.follow(mark, stop.signal)) {
      items.push(item);
      if (item.kind === 'caughtUp' && !waited) {
        waited = true;
        await bench.log.append(bench.stream(), 'no-stream', someEvents(1));
        stored.push(...(await bench.log.append(one, 0, someEvents(1, 1))));
      }
      if (item.kind === 'event' && item.event.revision === 1) stop.abort();
    }
    expect(items.flatMap((item) => (item.kind === 'event' ? [item.event] : []))).toEqual(stored);
    expect(items.some(({ kind }) => kind === 'alarm')).toBe(false);
  });

  it('is kept over a reopening', async () => {
    const mark = await bench.mark();
    const stored = await bench.log.append(stream(), 'no-stream', someEvents(2));
    await bench.reopen();
    expect(await idsAfter(mark)).toEqual(idsOf(stored));
  });
}
