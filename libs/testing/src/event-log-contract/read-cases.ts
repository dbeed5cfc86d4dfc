import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import {
  canonicalJson,
  isInstant,
  streamName,
  StreamNotFound,
  tellableText,
  type JsonObject,
  type LoggedEvent,
} from '#libs/kernel';
import { anEvent, idsOf, newId, positionOf, revisionsOf, someEvents, upTo, type Bench } from './bench.js';

/** What reading a stream and reading the log give back. */
export function readCases(bench: Bench): void {
  it('29 a stream that never existed is not found', async () => {
    const stream = bench.stream();
    await expect(bench.log.readStream(stream)).rejects.toMatchObject({ name: 'StreamNotFound', stream });
    await expect(bench.log.readStream(stream, 3, 2)).rejects.toThrow(StreamNotFound);
  });

  it('30 a read begins at the revision given and ends at the limit', async () => {
    const stream = bench.stream();
    const logged = await bench.log.append(stream, 'no-stream', someEvents(6));
    expect(await bench.log.readStream(stream)).toEqual(logged);
    expect(await bench.log.readStream(stream, 2)).toEqual(logged.slice(2));
    expect(await bench.log.readStream(stream, 2, 3)).toEqual(logged.slice(2, 5));
    expect(await bench.log.readStream(stream, 0, 100)).toEqual(logged);
  });

  it('31 a read from beyond the end is empty', async () => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(2));
    expect(await bench.log.readStream(stream, 2)).toEqual([]);
    expect(await bench.log.readStream(stream, 50, 5)).toEqual([]);
  });

  it('33 1,000 events come back across pages, each once and in order', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const ids = [];
    for (let first = 0; first < 1000; first += 250) {
      const events = someEvents(250, first);
      ids.push(...idsOf(events));
      await bench.log.append(stream, first === 0 ? 'no-stream' : first - 1, events);
    }
    const logged = await bench.log.readStream(stream);
    expect(idsOf(logged)).toEqual(ids);
    expect(revisionsOf(logged)).toEqual(upTo(1000));
    expect(await bench.readAll(mark, stream)).toEqual(logged);
  });

  it('34 an event comes back as appended, with its stream, revision, position and the time of the log', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const event = anEvent({ name: '厦门市行政协助', parts: [1, null, true, { deep: ['😀', ''] }], none: {} });
    const [logged] = await bench.log.append(stream, 'no-stream', [event]);
    expect(logged).toMatchObject({ ...event, stream, revision: 0 });
    expect(isInstant(logged?.created)).toBe(true);
    expect(positionOf(logged)).toHaveLength(mark.length);
    expect(positionOf(logged) > mark).toBe(true);
    expect(await bench.log.readStream(stream)).toEqual([logged]);
    expect(await bench.readAll(mark, stream)).toEqual([logged]);
  });

  it('34 canonical bytes are the same before and after, whatever may be stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(storableObject, storableObject), { minLength: 1, maxLength: 20 }), (pairs) =>
        comesBackSame(bench, pairs),
      ),
      { numRuns: 20 },
    );
  });

  it('37 readAll begins after the position given', async () => {
    const stream = bench.stream();
    const logged = await bench.log.append(stream, 'no-stream', someEvents(4));
    expect(await bench.readAll(positionOf(logged[1]), stream)).toEqual(logged.slice(2));
    expect(await bench.readAll(undefined, stream)).toEqual(logged);
  });

  it('39 readAll after the last event is empty', async () => {
    const stream = bench.stream();
    const [last] = await bench.log.append(stream, 'no-stream', someEvents(1));
    expect(await bench.readAll(positionOf(last), stream)).toEqual([]);
  });

  it('40 positions strictly increase in the order of appends, across streams', async () => {
    const mark = await bench.mark();
    const streams = upTo(4).map(() => bench.stream());
    const appended: LoggedEvent[] = [];
    for (const n of upTo(5))
      for (const stream of streams)
        appended.push(...(await bench.log.append(stream, n === 0 ? 'no-stream' : 2 * n - 1, someEvents(2))));
    const found = await bench.readAll(mark, ...streams);
    expect(found).toEqual(appended);
    const positions = found.map((event) => event.position);
    expect([...new Set(positions)].sort()).toEqual(positions);
  });

  it('41 going through the log by position skips nothing and repeats nothing', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const logged = await bench.log.append(stream, 'no-stream', someEvents(10));
    const found: LoggedEvent[] = [];
    for (let after = mark; ; after = positionOf(found.at(-1))) {
      const page: LoggedEvent[] = [];
      for await (const event of bench.log.readAll(after)) {
        if (event.stream === stream) page.push(event);
        if (page.length === 3) break;
      }
      if (page.length === 0) break;
      found.push(...page);
    }
    expect(found).toEqual(logged);
  });

  it('42 what was acknowledged is read, 50 times, in the stream and in the log', async () => {
    const mark = await bench.mark();
    for (const n of upTo(50)) {
      const stream = bench.stream();
      const logged = await bench.log.append(stream, 'no-stream', [anEvent({ n })]);
      expect(await bench.log.readStream(stream)).toEqual(logged);
      if (n % 10 === 0) expect(await bench.readAll(mark, stream)).toEqual(logged);
    }
  });

  it('42 readAll sees everything acknowledged before it began, while others go on appending', async () => {
    const mark = await bench.mark();
    const acknowledged: LoggedEvent[] = [];
    let going = true;
    const writers = upTo(4).map(async () => {
      while (going) acknowledged.push(...(await bench.log.append(bench.stream(), 'no-stream', someEvents(2))));
    });
    for (const round of upTo(5)) {
      while (acknowledged.length < 20 * (round + 1)) await pause(1);
      const before = idsOf(acknowledged);
      const seen = new Set<string>();
      for await (const event of bench.log.readAll(mark)) seen.add(event.id);
      expect(before.filter((id) => !seen.has(id))).toEqual([]);
    }
    going = false;
    await Promise.all(writers);
  });

  it('55 companion streams hold events and are not part of the ledger', async () => {
    const mark = await bench.mark();
    const companion = streamName(`${bench.ledger}attempts`, 'command', newId());
    const logged = await bench.log.append(companion, 'no-stream', someEvents(2));
    expect(await bench.log.readStream(companion)).toEqual(logged);
    const last = await bench.mark();
    expect(await bench.readAll(mark, companion)).toEqual([]);
    const items = await bench.follow(mark, (seen) => placeOf(seen.at(-1)) >= last);
    expect(items.filter((item) => item.kind === 'event' && item.event.stream === companion)).toEqual([]);
  });

  it('55 streams of another ledger are refused', async () => {
    const foreign = streamName(`x${bench.ledger}`, 'contract', newId());
    await expect(bench.log.append(foreign, 'no-stream', someEvents(1))).rejects.toThrow(RangeError);
    await expect(bench.log.readStream(foreign)).rejects.toThrow(RangeError);
  });
}

const placeOf = (item: { kind: string; event?: LoggedEvent } | undefined): string => item?.event?.position ?? '';

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('行政协助', '𠮷野家', '👩‍👩‍👧', '\u0000\u001f\u007f\u2028\u2029\\"/\b\f\n\r\t', 'é', '<&>', ''),
  )
  .map((drawn) => tellableText(drawn).normalize('NFC'));
const key = text.map((drawn) => (/^(\d+|__proto__|constructor|prototype)$/.test(drawn) ? `k${drawn}` : drawn));
const integer = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
);
const { object: storableObject } = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    integer,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }).map((drawn) => drawn as JsonObject),
}));

async function comesBackSame(bench: Bench, pairs: readonly (readonly [JsonObject, JsonObject])[]): Promise<void> {
  const stream = bench.stream();
  const events = pairs.map(([data, metadata]) => ({ ...anEvent(data), metadata }));
  const bytes = events.map((event) => [canonicalJson(event.data), canonicalJson(event.metadata)]);
  const read = (logged: readonly LoggedEvent[]): string[][] =>
    logged.map((event) => [canonicalJson(event.data), canonicalJson(event.metadata)]);
  expect(read(await bench.log.append(stream, 'no-stream', events))).toEqual(bytes);
  expect(read(await bench.log.readStream(stream))).toEqual(bytes);
}
