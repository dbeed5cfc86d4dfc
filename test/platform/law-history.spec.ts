import {
  derivedId,
  fromMilliseconds,
  legalDate,
  type JsonObject,
  type LoggedEvent,
  type NewEvent,
  type Uuid,
} from '#libs/kernel';
import { emptyCalendar, emptyLawBook, type LawFact, type RegisterFact } from '#libs/law';
import { LawHistory, LawShelf, lawStreams } from '#libs/platform';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';

const organ = (name: string): Uuid => derivedId(['organ', name]);

class Recorded {
  readonly log = new MemoryEventLog();
  readonly shelf = new LawShelf(this.log, 'kesu');
  readonly history = new LawHistory(this.log, this.shelf);
  private count = 0;

  async fact({ type, data }: LawFact | RegisterFact): Promise<LoggedEvent> {
    const stream = type === 'CalendarPublished' ? lawStreams.calendar('kesu') : lawStreams.organs('kesu');
    const there = await this.log.readStream(stream).catch(() => []);
    this.count += 1;
    const metadata = {
      ...{ envelope: 1, version: 1, commandId: derivedId(this.count), commandDigest: '', salt: '', basis: {} },
      ...{ recorder: {}, occurredAt: { on: legalDate('2026-09-18') }, recordedAt: fromMilliseconds(this.count) },
    };
    const event: NewEvent = {
      id: derivedId(['law', this.count]),
      type,
      data: JSON.parse(JSON.stringify(data)) as JsonObject,
      metadata,
    };
    const [logged] = await this.log.append(stream, there.length > 0 ? there.length - 1 : 'no-stream', [event]);
    if (!logged) throw new Error('nothing was logged');
    return logged;
  }
}

const calendar = (version: string): LawFact => ({
  type: 'CalendarPublished',
  data: { calendar: { ...emptyCalendar, version }, digest: version },
});
const registered = (id: string, name: string): RegisterFact => ({
  type: 'OrganRegistered',
  data: { organ: organ(id), name, kind: 'administrative', region: '350200' },
});

it('has the law as it stood at every place of the log, whatever was recorded since', async () => {
  const recorded = new Recorded();
  const facts = [
    calendar('1'),
    registered('甲', '甲局'),
    calendar('2'),
    registered('甲', '甲局（改名）'),
    calendar('3'),
  ];
  const places: LoggedEvent[] = [];
  for (const fact of facts) places.push(await recorded.fact(fact));
  const at = async (index: number) => {
    const { calendar: known, organs } = await recorded.history.at(places[index]!.position);
    return [known.version, organs.organs.get(organ('甲'))?.name, organs.revision];
  };
  const expected = [
    ['1', undefined, -1],
    ['1', '甲局', 0],
    ['2', '甲局', 0],
    ['2', '甲局（改名）', 1],
    ['3', '甲局（改名）', 1],
  ];
  // Backwards first, so that none is folded on from the one before.
  for (const index of [4, 3, 2, 1, 0, 2, 4]) expect([index, await at(index)]).toEqual([index, expected[index]]);
  expect(await recorded.history.at('0' as LoggedEvent['position'])).toEqual(emptyLawBook);
});

it('is the very book in hand where nothing was recorded after it', async () => {
  const recorded = new Recorded();
  await recorded.fact(calendar('1'));
  const last = await recorded.fact(calendar('2'));
  expect(await recorded.history.at(last.position)).toBe(recorded.shelf.book);
  expect(recorded.history.newest).toBe(last.position);
});

it('reads on for a place it has not come to, also when many ask at once', async () => {
  const recorded = new Recorded();
  await recorded.history.at((await recorded.fact(calendar('1'))).position);
  const second = await recorded.fact(calendar('2'));
  // What another process has recorded stands in the log and not on the shelf.
  expect(recorded.shelf.book.calendar.version).toBe('1');
  const books = await Promise.all(Array.from({ length: 20 }, () => recorded.history.at(second.position)));
  expect(new Set(books.map(({ calendar: { version } }) => version))).toEqual(new Set(['2']));
});

it('folds more of the past than it keeps', async () => {
  const recorded = new Recorded();
  const places: LoggedEvent[] = [];
  for (let n = 0; n < 30; n += 1) places.push(await recorded.fact(calendar(String(n))));
  for (const round of [1, 2])
    for (const [n, { position }] of places.entries())
      expect([round, (await recorded.history.at(position)).calendar.version]).toEqual([round, String(n)]);
});
