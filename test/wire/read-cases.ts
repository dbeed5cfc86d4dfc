import { binaryEvent, jsonEvent } from '@eventstore/db-client';
import type { Case } from './append-cases.js';
import { all, append, errorOf, eventually, events, failureOf, revisions } from './raw-client.js';

/** What a server answers to reads, metadata, deletion. */
export const readCases: readonly Case[] = [
  [
    'an event comes back as it was written',
    async ({ client, stream }) => {
      const json = jsonEvent({ type: '事件', data: { 甲: [1, null, '乙'] }, metadata: { by: 'me' } });
      const binary = binaryEvent({ type: 'Bytes', data: Uint8Array.of(0, 255, 10) });
      await client.appendToStream(stream, [json, binary]);
      const [first, second] = (await all(client.readStream(stream))).map(({ event }) => event);
      const { id, type, data, metadata } = json;
      expect(first).toMatchObject({ id, type, data, metadata, streamId: stream, revision: 0n, isJson: true });
      expect(first?.position?.commit).toBe(first?.position?.prepare);
      expect(Math.abs(Date.now() - first!.created.getTime())).toBeLessThan(60_000);
      expect([...(second!.data as Uint8Array)]).toEqual([0, 255, 10]);
      expect(second?.metadata).toBeUndefined();
    },
  ],
  [
    'ranges of a stream: both directions include where they start, and a limit counts events',
    async ({ client, stream }) => {
      await client.appendToStream(stream, events(100));
      const read = async (options: Parameters<typeof client.readStream>[1]): Promise<number[]> =>
        (await all(client.readStream(stream, options))).map(({ event }) => Number(event?.revision));
      expect(await read({ fromRevision: 97n })).toEqual([97, 98, 99]);
      expect(await read({ fromRevision: 40n, maxCount: 2 })).toEqual([40, 41]);
      expect(await read({ fromRevision: 100n })).toEqual([]);
      expect(await read({ direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual([99, 98]);
      expect(await read({ direction: 'backwards', fromRevision: 1n })).toEqual([1, 0]);
      expect(await read({ direction: 'backwards', fromRevision: 500n, maxCount: 1 })).toEqual([99]);
      expect(await errorOf(read({ fromRevision: 'end' }))).toBe('unknown');
      expect(await errorOf(read({ maxCount: 0 }))).toBe('unknown');
    },
  ],
  [
    'a missing stream is not found',
    async (scope) => {
      expect(await errorOf(revisions(scope))).toBe('stream-not-found');
      expect(await errorOf(all(scope.client.readStream(`$$${scope.stream}`)))).toBe('stream-not-found');
    },
  ],
  [
    '$all forwards includes the position it starts from, backwards leaves it out; positions only grow',
    async (scope) => {
      const position = (await append(scope, events(2), 'no_stream')).position!;
      const [first] = await all(scope.client.readAll({ fromPosition: position, maxCount: 1 }));
      expect(first?.event).toMatchObject({ streamId: scope.stream, revision: 1n });
      const backwards = { direction: 'backwards', fromPosition: position, maxCount: 5 } as const;
      const before = (await all(scope.client.readAll(backwards))).map(({ event }) => event!.position!.commit);
      expect(before[0]).toBeLessThan(position.commit);
      expect([...before].sort((a, b) => Number(b - a))).toEqual(before);
      expect(await all(scope.client.readAll({ fromPosition: 'end' }))).toEqual([]);
      expect(await all(scope.client.readAll({ direction: 'backwards', fromPosition: 'start' }))).toEqual([]);
    },
  ],
  [
    'metadata: $maxCount keeps the last ones, $tb hides, and numbers go on',
    async (scope) => {
      await append(scope, events(5));
      await scope.client.setStreamMetadata(scope.stream, { maxCount: 2 });
      expect(await revisions(scope)).toEqual([3, 4]);
      await scope.client.setStreamMetadata(scope.stream, { truncateBefore: 1 });
      expect(await revisions(scope)).toEqual([1, 2, 3, 4]);
      await scope.client.setStreamMetadata(scope.stream, { truncateBefore: 9 });
      expect(await revisions(scope)).toEqual([]);
      expect(await all(scope.client.readStream(`$$${scope.stream}`))).toHaveLength(1);
      expect((await scope.client.getStreamMetadata(scope.stream)).metadata).toEqual({ truncateBefore: 9 });
      expect((await append(scope, events(1), 4n)).nextExpectedRevision).toBe(5n);
    },
  ],
  [
    'a repeat of events that metadata hides succeeds without a position',
    async (scope) => {
      const stored = events(2);
      await append(scope, stored, 'no_stream');
      await scope.client.setStreamMetadata(scope.stream, { truncateBefore: 2 });
      const repeat = await append(scope, stored, 'no_stream');
      expect(repeat).toMatchObject({ success: true, nextExpectedRevision: 1n, position: undefined });
    },
  ],
  [
    'soft delete hides the stream, no-stream recreates it and its numbers go on',
    async (scope) => {
      await append(scope, events(2));
      await scope.client.deleteStream(scope.stream, { expectedRevision: 1n });
      expect(await errorOf(revisions(scope))).toBe('stream-not-found');
      expect(await errorOf(append(scope, events(1), 'stream_exists'))).toBe('stream-deleted');
      expect((await append(scope, events(1), 'no_stream')).nextExpectedRevision).toBe(2n);
      await eventually(async () => expect(await revisions(scope)).toEqual([2]));
      const { metadata, metastreamRevision } = await scope.client.getStreamMetadata(scope.stream);
      expect({ metadata, written: metastreamRevision !== undefined }).toEqual({
        metadata: { truncateBefore: 2 },
        written: true,
      });
    },
  ],
  [
    'metadata written to a soft-deleted stream undeletes it, empty',
    async (scope) => {
      await append(scope, events(2));
      await scope.client.deleteStream(scope.stream);
      await scope.client.setStreamMetadata(scope.stream, { note: 'kept' });
      await eventually(async () => expect(await revisions(scope)).toEqual([]));
      expect((await scope.client.getStreamMetadata(scope.stream)).metadata).toEqual({
        note: 'kept',
        truncateBefore: 2,
      });
    },
  ],
  [
    'metadata beyond int64 counts as none, so that a soft-deleted stream comes back whole',
    async (scope) => {
      await append(scope, events(2));
      await scope.client.setStreamMetadata(scope.stream, { truncateBefore: 1 });
      await scope.client.setStreamMetadata(scope.stream, { truncateBefore: Number(2n ** 63n) });
      expect(await revisions(scope)).toEqual([0, 1]);
    },
  ],
  [
    'a delete at the wrong revision or of a missing stream is refused with the revisions',
    async ({ client, stream }) => {
      expect(await failureOf(client.deleteStream(stream))).toMatchObject({ expectedVersion: -2n, actualVersion: -1n });
      await client.appendToStream(stream, events(2));
      expect(await failureOf(client.deleteStream(stream, { expectedRevision: 7n }))).toMatchObject({
        type: 'wrong-expected-version',
        expectedVersion: 7n,
        actualVersion: 1n,
      });
    },
  ],
  [
    'a tombstone is final for reads, appends and deletion, also of a stream that never was',
    async (scope) => {
      const { client, stream } = scope;
      const { position } = await client.tombstoneStream(stream);
      for (const expected of ['any', 'no_stream', 'stream_exists', 0n] as const)
        expect(await failureOf(append(scope, events(1), expected))).toMatchObject({ type: 'stream-deleted' });
      expect(await failureOf(revisions(scope))).toMatchObject({ type: 'stream-deleted', streamName: stream });
      expect(await errorOf(client.deleteStream(stream))).toBe('stream-deleted');
      expect(await errorOf(client.tombstoneStream(stream))).toBe('stream-deleted');
      expect(await errorOf(client.setStreamMetadata(stream, { maxCount: 1 }))).toBe('stream-deleted');
      const [end] = await all(client.readAll({ fromPosition: position!, maxCount: 1 }));
      expect(end?.event).toMatchObject({ streamId: stream, type: '$streamDeleted', revision: 2n ** 63n - 1n });
    },
  ],
  [
    'a link brings what it links to, or itself alone',
    async ({ client, stream }) => {
      await client.appendToStream(stream, events(1));
      const link = (text: string) => binaryEvent({ type: '$>', data: Buffer.from(text) });
      await client.appendToStream(`${stream}-links`, [link(`0@${stream}`), link(`7@${stream}`)]);
      const [found, missing] = await all(client.readStream(`${stream}-links`, { resolveLinkTos: true }));
      expect(found).toMatchObject({ event: { streamId: stream }, link: { type: '$>', revision: 0n } });
      expect(missing?.event).toBeUndefined();
      expect(missing?.link).toMatchObject({ revision: 1n });
    },
  ],
];
