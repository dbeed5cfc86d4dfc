import { WrongExpectation, type LoggedEvent } from '#libs/kernel';
import { anEvent, idsOf, revisionsOf, someEvents, upTo, type Bench } from './bench.js';

/**
 * What repeating an append does. Rule: EventStoreDB compares the ids that stand after the expected revision, in its
 * index, so that it holds after a restart too; bytes are never compared.
 */
export function repeatCases(bench: Bench): void {
  it('17 a repeat at an exact revision writes nothing and gives the first answer', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    await bench.log.append(stream, 'no-stream', someEvents(1));
    const events = someEvents(3, 1);
    const first = await bench.log.append(stream, 0, events);
    expect(await bench.log.append(stream, 0, events)).toEqual(first);
    expect(await bench.log.readStream(stream)).toHaveLength(4);
    expect(await bench.readAll(mark, stream)).toHaveLength(4);
  });

  it('18 a repeat at no-stream writes nothing and gives the first answer', async () => {
    const stream = bench.stream();
    const events = someEvents(3);
    const first = await bench.log.append(stream, 'no-stream', events);
    expect(await bench.log.append(stream, 'no-stream', events)).toEqual(first);
    expect(await bench.log.readStream(stream)).toEqual(first);
  });

  it('19 a repeat gives the first answer also when the stream has moved on', async () => {
    const stream = bench.stream();
    const opening = someEvents(2);
    const next = someEvents(2, 2);
    const first = await bench.log.append(stream, 'no-stream', opening);
    const second = await bench.log.append(stream, 1, next);
    await bench.log.append(stream, 3, someEvents(3, 4));
    expect(await bench.log.append(stream, 'no-stream', opening)).toEqual(first);
    expect(await bench.log.append(stream, 1, next)).toEqual(second);
    expect(await bench.log.readStream(stream)).toHaveLength(7);
  });

  it('18 repeats sent together with the first are one append', async () => {
    const stream = bench.stream();
    const events = someEvents(2);
    const answers = await Promise.all(upTo(8).map(() => bench.log.append(stream, 'no-stream', events)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('22 known events and then a new one conflict', async () => {
    const stream = bench.stream();
    const events = someEvents(2);
    await bench.log.append(stream, 'no-stream', events);
    await expect(bench.log.append(stream, 'no-stream', [...events, anEvent()])).rejects.toThrow(WrongExpectation);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('22 a new event and then known ones conflict', async () => {
    const stream = bench.stream();
    const events = someEvents(2);
    await bench.log.append(stream, 'no-stream', events);
    await expect(bench.log.append(stream, 'no-stream', [anEvent(), ...events])).rejects.toThrow(WrongExpectation);
    expect(await bench.log.readStream(stream)).toHaveLength(2);
  });

  it('25 the same id in another stream is another event', async () => {
    const [event] = someEvents(1);
    const [one, other] = [bench.stream(), bench.stream()];
    const events = event ? [event] : [];
    await bench.log.append(one, 'no-stream', events);
    await bench.log.append(other, 'no-stream', events);
    expect(idsOf(await bench.log.readStream(one))).toEqual(idsOf(await bench.log.readStream(other)));
  });

  it('26 stored bytes win over bytes in hand', async () => {
    const stream = bench.stream();
    const event = anEvent({ salt: '先写入者' });
    const first = await bench.log.append(stream, 'no-stream', [event]);
    const again = await bench.log.append(stream, 'no-stream', [
      { ...event, type: 'ContractAltered', data: { salt: '后到者' }, metadata: { other: true } },
    ]);
    expect(again).toEqual(first);
    const [stored] = await bench.log.readStream(stream);
    expect(stored).toMatchObject({ type: 'ContractNoted', data: { salt: '先写入者' } });
  });

  it('27 the beginning of an earlier append is known', async () => {
    const stream = bench.stream();
    const events = someEvents(4);
    const logged = await bench.log.append(stream, 'no-stream', events);
    expect(await bench.log.append(stream, 'no-stream', events.slice(0, 2))).toEqual(logged.slice(0, 2));
    expect(await bench.log.readStream(stream)).toHaveLength(4);
  });

  it('28 one id twice in one append is written twice', async () => {
    const stream = bench.stream();
    const event = anEvent({ n: 1 });
    const logged = await bench.log.append(stream, 'no-stream', [event, event]);
    expect(revisionsOf(logged)).toEqual([0, 1]);
    expect(await bench.log.readStream(stream)).toEqual(logged);
  });

  it('17-19 ids, revisions, positions and repeats survive closing and opening again', async () => {
    const mark = await bench.mark();
    const stream = bench.stream();
    const [opening, next] = [someEvents(3), someEvents(2, 3)];
    const first = await bench.log.append(stream, 'no-stream', opening);
    const second = await bench.log.append(stream, 2, next);
    const before: LoggedEvent[] = await bench.readAll(mark, stream);
    await bench.reopen();
    expect(await bench.log.readStream(stream)).toEqual([...first, ...second]);
    expect(await bench.readAll(mark, stream)).toEqual(before);
    expect(await bench.log.append(stream, 'no-stream', opening)).toEqual(first);
    expect(await bench.log.append(stream, 2, next)).toEqual(second);
    await expect(bench.log.append(stream, 2, someEvents(1))).rejects.toMatchObject({ actual: 4 });
    expect(revisionsOf(await bench.log.append(stream, 4, someEvents(1)))).toEqual([5]);
  });
}
