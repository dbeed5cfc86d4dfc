import {
  APPEND_BYTES_MAX,
  AppendTooLarge,
  canonicalJson,
  NotStorable,
  StreamNotFound,
  WrongExpectation,
  type NewEvent,
  type StreamName,
} from '#libs/kernel';
import { anEvent, idsOf, revisionsOf, someEvents, upTo, type Bench } from './bench.js';

/** What an expectation accepts and refuses. Rules: EventStoreDB's check before a write, `IndexWriter.CheckCommit`. */
export function appendCases(bench: Bench): void {
  const fill = async (count: number): Promise<StreamName> => {
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(count));
    return stream;
  };

  it('1 a new stream is opened by no-stream and counts from 0', async () => {
    const logged = await bench.log.append(bench.stream(), 'no-stream', someEvents(3));
    expect(revisionsOf(logged)).toEqual([0, 1, 2]);
  });

  it('2 no-stream on an existing stream conflicts and names its last revision', async () => {
    const stream = await fill(3);
    await expect(bench.log.append(stream, 'no-stream', someEvents(1))).rejects.toMatchObject({
      name: 'WrongExpectation',
      stream,
      expected: 'no-stream',
      actual: 2,
    });
  });

  it('3 the exact last revision is accepted', async () => {
    const stream = await fill(2);
    expect(revisionsOf(await bench.log.append(stream, 1, someEvents(2)))).toEqual([2, 3]);
  });

  it('4 a revision below the last one conflicts for new events', async () => {
    const stream = await fill(3);
    await expect(bench.log.append(stream, 1, someEvents(1))).rejects.toMatchObject({
      name: 'WrongExpectation',
      expected: 1,
      actual: 2,
    });
  });

  it('5 a revision above the last one conflicts', async () => {
    const stream = await fill(3);
    await expect(bench.log.append(stream, 3, someEvents(1))).rejects.toMatchObject({ expected: 3, actual: 2 });
  });

  it('6 an exact revision of a missing stream conflicts, and there is no actual one', async () => {
    await expect(bench.log.append(bench.stream(), 0, someEvents(1))).rejects.toMatchObject({
      name: 'WrongExpectation',
      expected: 0,
      actual: undefined,
    });
  });

  it('11 events of one append are contiguous, in order, and their positions increase', async () => {
    const events = someEvents(7);
    const logged = await bench.log.append(bench.stream(), 'no-stream', events);
    expect(idsOf(logged)).toEqual(idsOf(events));
    expect(revisionsOf(logged)).toEqual(upTo(7));
    const positions = logged.map((event) => event.position);
    expect([...new Set(positions)].sort()).toEqual(positions);
  });

  it('12 a conflict writes nothing, neither in the stream nor in the log', async () => {
    const mark = await bench.mark();
    const stream = await fill(2);
    await expect(bench.log.append(stream, 'no-stream', someEvents(2))).rejects.toThrow(WrongExpectation);
    await expect(bench.log.append(stream, 0, someEvents(2))).rejects.toThrow(WrongExpectation);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
    expect(await bench.readAll(mark, stream)).toHaveLength(2);
  });

  it('13 of 16 that race for the same revision exactly one wins', async () => {
    const stream = await fill(1);
    const racing = upTo(16).map((n) => bench.log.append(stream, 0, [anEvent({ n })]));
    const outcomes = await Promise.allSettled(racing);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WrongExpectation);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('14 40 that append to one stream, each after the last it sees, leave no gap and lose nothing', async () => {
    const stream = await fill(1);
    const insist = async (event: NewEvent, expected: number): Promise<void> => {
      try {
        await bench.log.append(stream, expected, [event]);
      } catch (error) {
        if (!(error instanceof WrongExpectation) || error.actual === undefined) throw error;
        await insist(event, error.actual);
      }
    };
    const events = someEvents(40, 1);
    await Promise.all(events.map((event) => insist(event, 0)));
    const logged = await bench.log.readStream(stream);
    expect(revisionsOf(logged)).toEqual(upTo(41));
    expect(idsOf(logged.slice(1)).sort()).toEqual(idsOf(events).sort());
  });

  it('15 appends of one caller to one stream keep their order without being awaited', async () => {
    const stream = bench.stream();
    const events = someEvents(20);
    const appended = events.map((event, n) => bench.log.append(stream, n === 0 ? 'no-stream' : n - 1, [event]));
    expect((await Promise.all(appended)).map(([event]) => event?.revision)).toEqual(upTo(20));
    expect(idsOf(await bench.log.readStream(stream))).toEqual(idsOf(events));
  });

  it('16 an empty append is refused', async () => {
    const stream = bench.stream();
    await expect(bench.log.append(stream, 'no-stream', [])).rejects.toThrow(RangeError);
    await expect(bench.log.readStream(stream)).rejects.toThrow(StreamNotFound);
  });

  it('a value that would not read back as it was given is refused and writes nothing', async () => {
    const stream = bench.stream();
    const unstorable = [
      { share: 0.5 },
      { name: 'e\u0301' },
      { half: '\ud800' },
      { none: '办\ufffe理' },
      { '\ufdd0': 'none' },
      { 1: 'one' },
      { list: new Array<number>(1) },
    ];
    for (const data of unstorable)
      await expect(bench.log.append(stream, 'no-stream', [anEvent(data)])).rejects.toThrow(NotStorable);
    await expect(bench.log.readStream(stream)).rejects.toThrow(StreamNotFound);
  });

  it('58 canonical bytes up to the limit are accepted, one more is refused and writes nothing', async () => {
    const blank = { ...anEvent({ text: '' }), metadata: { note: '合同' } };
    const frame = Buffer.byteLength(canonicalJson(blank.data) + canonicalJson(blank.metadata));
    const filled = (bytes: number): NewEvent => ({
      ...anEvent({ text: '溯'.repeat(Math.floor((bytes - frame) / 3)) + 'x'.repeat((bytes - frame) % 3) }),
      metadata: blank.metadata,
    });
    const half = APPEND_BYTES_MAX / 2;
    const stream = bench.stream();
    expect(await bench.log.append(stream, 'no-stream', [filled(half), filled(half)])).toHaveLength(2);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
    const other = bench.stream();
    await expect(bench.log.append(other, 'no-stream', [filled(half), filled(half + 1)])).rejects.toThrow(
      AppendTooLarge,
    );
    await expect(bench.log.readStream(other)).rejects.toThrow(StreamNotFound);
  });
}
