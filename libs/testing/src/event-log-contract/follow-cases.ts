import { setTimeout as pause } from 'node:timers/promises';
import { WrongExpectation, type Followed, type LoggedEvent, type Position } from '#libs/kernel';
import { anEvent, eventsIn, idsOf, positionOf, someEvents, upTo, type Bench } from './bench.js';

/** What following the log promises: one ordered sequence of events, checkpoints and the end reached. */
export function followCases(bench: Bench): void {
  it('54 history after a position, then the end, then what is appended later', async () => {
    const stream = bench.stream();
    const history = await bench.log.append(stream, 'no-stream', someEvents(5));
    let later: Promise<readonly LoggedEvent[]> | undefined;
    const items = await bench.follow(
      positionOf(history[1]),
      (seen) => eventsIn(seen, stream).length === 6,
      (item) => {
        if (item.kind === 'caughtUp') later ??= bench.log.append(stream, 4, someEvents(3, 5));
      },
    );
    const end = items.findIndex((item) => item.kind === 'caughtUp');
    expect(eventsIn(items.slice(0, end), stream)).toEqual(history.slice(2));
    expect(eventsIn(items.slice(end), stream)).toEqual(await later);
    expect(later).toBeDefined();
  });

  it('54 following from the first event yields the whole ledger in the order of readAll', async () => {
    const last = await bench.mark();
    const items = await bench.follow(undefined, (seen) => placeOf(seen.at(-1)) >= last);
    const read: LoggedEvent[] = [];
    for await (const event of bench.log.readAll()) if (event.position <= last) read.push(event);
    const followed = items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    expect(followed.filter((event) => event.position <= last)).toEqual(read);
  });

  it('55 checkpoints arrive, never before the events they cover, and resuming after one loses nothing', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const writing = writeSlowly(bench, stream, 400);
    const items = await bench.follow(
      mark,
      (seen) => eventsIn(seen, stream).length === 400 && seen.some((item) => item.kind === 'checkpoint'),
      (item) => (item.kind === 'checkpoint' ? pause(1) : undefined),
    );
    const written = await writing;
    expect(eventsIn(items, stream)).toEqual(written);
    const checkpoints = items.flatMap((item, at) => (item.kind === 'checkpoint' ? [{ at, ...item }] : []));
    expect(checkpoints.length).toBeGreaterThan(0);
    expect(checkpointsAhead(items, written)).toEqual([]);
    for (const chosen of [checkpoints[0], checkpoints.at(checkpoints.length >> 1), checkpoints.at(-1)]) {
      if (!chosen) continue;
      const rest = written.filter((event) => event.position > chosen.position);
      const resumed = await bench.follow(chosen.position, (seen) => reached(seen, stream, rest.length));
      expect(eventsIn(resumed, stream)).toEqual(rest);
    }
  });

  it.each([90, 520, 1040])(
    '55 checkpoints and the end wait for a history of %d events that the consumer is slow to take',
    async (count) => {
      const mark = await bench.mark();
      const stream = bench.stream();
      const written = await writeSlowly(bench, stream, count, 10);
      const items = await bench.follow(
        mark,
        (seen) => reached(seen, stream, count),
        // Long enough for everything to arrive that can arrive while the first item is being handled.
        (item) => (item.kind === 'event' && item.event.id === written[0]?.id ? pause(250) : undefined),
      );
      const end = items.findIndex((item) => item.kind === 'caughtUp');
      expect(eventsIn(items.slice(0, end), stream)).toEqual(written);
      expect(checkpointsAhead(items, written)).toEqual([]);
    },
  );

  it('55 places never go backwards: what is stored after any item leads on to exactly the rest', async () => {
    const mark = await bench.mark();
    const streams = upTo(3).map(() => bench.stream());
    const writing = Promise.all(streams.map((stream) => writeSlowly(bench, stream, 60)));
    const items = await bench.follow(mark, (seen) => eventsIn(seen, ...streams).length === 180);
    await writing;
    const places = items.map(placeOf).filter((place) => place !== '');
    expect([...places].sort()).toEqual(places);
  });

  it('57 an abort ends it quietly, before the first item, while waiting, and in the middle', async () => {
    const mark = await bench.mark();
    expect(await all(bench.log.follow(mark, AbortSignal.abort()))).toEqual([]);
    const waiting = new AbortController();
    const seen: Followed[] = [];
    for await (const item of bench.log.follow(mark, waiting.signal)) {
      seen.push(item);
      if (item.kind === 'caughtUp') setTimeout(() => waiting.abort(), 20);
    }
    expect(seen.some((item) => item.kind === 'caughtUp')).toBe(true);
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(10));
    const middle = new AbortController();
    const before: LoggedEvent[] = [];
    for await (const item of bench.log.follow(mark, middle.signal)) {
      before.push(...eventsIn([item], stream));
      if (before.length === 4) middle.abort();
    }
    expect(before).toHaveLength(4);
  });

  it('57 a consumer that leaves early leaves nothing behind', async () => {
    const stop = new AbortController();
    for await (const item of bench.log.follow(undefined, stop.signal)) if (item.kind === 'event') break;
    stop.abort();
    await bench.mark();
  });

  it('57 a slow consumer of 3,000 live events loses none and sees none twice', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    let writing: Promise<LoggedEvent[]> | undefined;
    let handled = 0;
    const items = await bench.follow(
      mark,
      (seen) => handled === 3000 && eventsIn([seen.at(-1) ?? { kind: 'caughtUp' }], stream).length === 1,
      async (item) => {
        if (item.kind === 'caughtUp') writing ??= writeSlowly(bench, stream, 3000, 100);
        handled += eventsIn([item], stream).length;
        if (handled > 0 && handled % 250 === 0) await pause(60);
      },
    );
    expect(idsOf(eventsIn(items, stream))).toEqual(idsOf((await writing) ?? []));
  });

  it('57 two that follow at the same time both see everything', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const both = upTo(2).map(() => bench.follow(mark, (seen) => reached(seen, stream, 100)));
    const written = await writeSlowly(bench, stream, 100);
    for (const items of await Promise.all(both)) expect(eventsIn(items, stream)).toEqual(written);
  });

  it('12 a conflict is not followed', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const logged = await bench.log.append(stream, 'no-stream', someEvents(1));
    await expect(bench.log.append(stream, 'no-stream', [anEvent()])).rejects.toThrow(WrongExpectation);
    const more = await bench.log.append(stream, 0, someEvents(1, 1));
    const items = await bench.follow(mark, (seen) => reached(seen, stream, 2));
    expect(eventsIn(items, stream)).toEqual([...logged, ...more]);
  });
}

const placeOf = (item: Followed | undefined): Position | '' => {
  if (item?.kind === 'event') return item.event.position;
  return item && 'position' in item ? item.position : '';
};

/** All of `count` events have come and the end was reached. */
const reached = (seen: readonly Followed[], stream: LoggedEvent['stream'], count: number): boolean =>
  eventsIn(seen, stream).length >= count && seen.some((item) => item.kind === 'caughtUp');

/** The checkpoints that came before one of the events they cover. */
function checkpointsAhead(items: readonly Followed[], written: readonly LoggedEvent[]): Position[] {
  const at = new Map(items.map((item, index) => [item.kind === 'event' ? item.event.id : `item ${index}`, index]));
  return items.flatMap((item, index) => {
    if (item.kind !== 'checkpoint') return [];
    const missed = written.some(({ id, position }) => position <= item.position && (at.get(id) ?? Infinity) > index);
    return missed ? [item.position] : [];
  });
}

async function writeSlowly(
  bench: Bench,
  stream: LoggedEvent['stream'],
  count: number,
  atOnce = 5,
): Promise<LoggedEvent[]> {
  const logged: LoggedEvent[] = [];
  for (let first = 0; first < count; first += atOnce)
    logged.push(...(await bench.log.append(stream, first === 0 ? 'no-stream' : first - 1, someEvents(atOnce, first))));
  return logged;
}

async function all(items: AsyncIterable<Followed>): Promise<Followed[]> {
  const found: Followed[] = [];
  for await (const item of items) found.push(item);
  return found;
}
