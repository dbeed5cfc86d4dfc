import { setTimeout as pause } from 'node:timers/promises';
import { jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { IntegrityBroken, type Alarm, type AlarmReason, type Followed, type StreamName } from '#libs/kernel';
import { anEvent, Bench, someEvents } from '../../libs/testing/src/event-log-contract/index.js';
import type { OpenedEventStore } from './event-store-target.js';

type Tampered = OpenedEventStore & { readonly raw: EventStoreDBClient };

/** What somebody else can do to a ledger's stream with a client of their own, and what the log makes of it. */
const TAMPERINGS: readonly (readonly [
  string,
  AlarmReason,
  (raw: EventStoreDBClient, stream: string) => Promise<unknown>,
])[] = [
  ['48 a soft delete', 'stream-deleted', (raw, stream) => raw.deleteStream(stream)],
  ['52 a tombstone', 'stream-deleted', (raw, stream) => raw.tombstoneStream(stream)],
  ['43 a limit on the number of events', 'metadata-written', (raw, s) => raw.setStreamMetadata(s, { maxCount: 2 })],
  ['44 a truncation', 'metadata-written', (raw, stream) => raw.setStreamMetadata(stream, { truncateBefore: 2 })],
  ['46 a limit on age', 'metadata-written', (raw, stream) => raw.setStreamMetadata(stream, { maxAge: 1 })],
  [
    '47 any other record of the metastream',
    'metadata-written',
    (raw, s) => raw.appendToStream(`$$${s}`, [jsonEvent({ type: 'harmless', data: {} })]),
  ],
];

export function tamperCases(name: string, open: () => Promise<Tampered>): void {
  describe(`tampering: ${name}`, () => {
    let opened: Tampered;
    const bench = new Bench(async () => (opened = await open()));
    beforeAll(() => bench.open(), 60_000);
    afterAll(() => bench.close(), 60_000);

    const alarmed = async (work: () => Promise<unknown>): Promise<Alarm> => {
      for (let tries = 0; tries < 200; tries += 1) {
        try {
          await work();
        } catch (error) {
          if (error instanceof IntegrityBroken) return error.alarm;
          throw error;
        }
        await pause(25);
      }
      throw new Error('no alarm was raised');
    };

    describe.each(TAMPERINGS)('%s', (_, reason, tamper) => {
      let stream: StreamName;
      beforeAll(async () => {
        stream = bench.stream();
        await bench.log.append(stream, 'no-stream', someEvents(4));
        await tamper(opened.raw, stream);
      });

      it('is noticed by the log that is open, and nothing of the stream is served or taken any more', async () => {
        expect(await alarmed(() => bench.log.readStream(stream, 2, 1))).toMatchObject({ stream, reason });
        await expect(bench.log.append(stream, 3, someEvents(1, 4))).rejects.toMatchObject({
          alarm: { stream, reason },
        });
        await expect(bench.log.append(stream, 'no-stream', [anEvent()])).rejects.toThrow(IntegrityBroken);
        await expect(bench.log.readStream(stream)).rejects.toThrow(IntegrityBroken);
        expect(opened.log.health().alarmedStreams).toBeGreaterThan(0);
      });

      it('is an alarm for whoever follows, and ends a reading of the whole log', async () => {
        const items = await bench.follow(undefined, (seen) => alarmsOf(seen, stream).length > 0);
        expect(alarmsOf(items, stream)[0]).toMatchObject({ stream, reason });
        await expect(bench.readAll(undefined)).rejects.toThrow(IntegrityBroken);
      });

      it('is known from the start to a log opened afterwards', async () => {
        await bench.reopen();
        await expect(bench.log.readStream(stream)).rejects.toMatchObject({ alarm: { stream, reason } });
        await expect(bench.log.append(stream, 3, someEvents(1, 4))).rejects.toThrow(IntegrityBroken);
        const other = bench.stream();
        expect(await bench.log.append(other, 'no-stream', someEvents(1))).toEqual(await bench.log.readStream(other));
      });
    });

    it('34 an event that is none of ours is damage', async () => {
      const stream = bench.stream();
      await bench.log.append(stream, 'no-stream', someEvents(1));
      await opened.raw.appendToStream(stream, [jsonEvent({ type: 'Forged', data: ['a list'] })]);
      await expect(bench.log.readStream(stream)).rejects.toMatchObject({ alarm: { stream, reason: 'damaged-record' } });
    });
  });
}

const alarmsOf = (items: readonly Followed[], stream: string): Alarm[] =>
  items.flatMap((item) => (item.kind === 'alarm' && item.alarm.stream === stream ? [item.alarm] : []));
