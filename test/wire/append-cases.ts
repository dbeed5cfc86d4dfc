import { jsonEvent } from '@eventstore/db-client';
import { all, append, errorOf, events, failureOf, newScope, revisions, type Scope } from './raw-client.js';

export type Case = readonly [name: string, run: (scope: Scope) => Promise<void>];

const big = (bytes: number) => [jsonEvent({ type: 'Big', data: { text: 'x'.repeat(bytes) } })];

/** What a server answers to appends: revisions, and repeats. */
export const appendCases: readonly Case[] = [
  [
    'no-stream on a new stream gives revision count - 1 and the position of the last event',
    async (scope) => {
      const result = await append(scope, events(3), 'no_stream');
      const [, , last] = await all(scope.client.readStream(scope.stream));
      expect(result.nextExpectedRevision).toBe(2n);
      expect(result.position).toEqual(last?.event?.position);
    },
  ],
  [
    'a wrong expectation says what was expected and what is, and writes nothing',
    async (scope) => {
      const missing = await failureOf(append(scope, events(1), 4n));
      expect(missing).toMatchObject({ expectedVersion: 4n, actualVersion: 'no_stream', streamName: scope.stream });
      await append(scope, events(2), 'no_stream');
      const above = await failureOf(append(scope, events(1), 5n));
      expect(above).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 5n, actualVersion: 1n });
      const below = await failureOf(append(scope, events(1), 'no_stream'));
      expect(below).toMatchObject({ expectedVersion: 'no_stream', actualVersion: 1n });
      expect(await revisions(scope)).toEqual([0, 1]);
    },
  ],
  [
    'per-call credentials use the other call, with the same answers',
    async ({ client, stream }) => {
      const credentials = { username: 'admin', password: 'changeit' };
      await client.appendToStream(stream, events(2), { expectedRevision: 'no_stream', credentials });
      const wrong = client.appendToStream(stream, events(1), { expectedRevision: 7n, credentials });
      expect(await failureOf(wrong)).toMatchObject({ expectedVersion: 7n, actualVersion: 1n });
    },
  ],
  [
    'a repeat at the same exact revision gives the first answer, also when the stream has moved on',
    async (scope) => {
      const [first, second] = [events(2), events(2)];
      const stored = await append(scope, first, 'no_stream');
      const moved = await append(scope, second, 1n);
      expect(await append(scope, first, 'no_stream')).toEqual(stored);
      expect(await append(scope, second, 1n)).toEqual(moved);
      expect(await revisions(scope)).toEqual([0, 1, 2, 3]);
    },
  ],
  [
    'a prefix of what was stored is a repeat, one event more is a conflict',
    async (scope) => {
      const stored = events(3);
      await append(scope, stored, 'no_stream');
      expect((await append(scope, stored.slice(0, 2), 'no_stream')).nextExpectedRevision).toBe(1n);
      expect(await errorOf(append(scope, [...stored, ...events(1)], 'no_stream'))).toBe('wrong-expected-version');
    },
  ],
  [
    'a repeat is known by its ids, and the payload stored first stays',
    async (scope) => {
      const [event] = events(1);
      await append(scope, [event!], 'no_stream');
      await append(scope, [{ ...event!, data: { n: 99 } } as typeof event & object], 'no_stream');
      const [stored] = await all(scope.client.readStream(scope.stream));
      expect(stored?.event?.data).toEqual({ n: 0 });
    },
  ],
  [
    'ids that stand elsewhere in the stream are no repeat at an exact revision',
    async (scope) => {
      const stored = events(3);
      await append(scope, stored, 'no_stream');
      expect(await errorOf(append(scope, stored.slice(1), 'no_stream'))).toBe('wrong-expected-version');
    },
  ],
  [
    'without a revision: known ids repeat, known then unknown conflict, unknown then known are written',
    async (scope) => {
      const stored = events(2);
      const first = await append(scope, stored);
      expect(await append(scope, stored)).toEqual(first);
      expect(await append(scope, stored, 'stream_exists')).toEqual(first);
      expect(await errorOf(append(scope, [...stored, ...events(1)]))).toBe('wrong-expected-version');
      expect(await errorOf(append(scope, [stored[0]!, ...events(1), stored[1]!]))).toBe('wrong-expected-version');
      expect((await append(scope, [...events(1), stored[0]!])).nextExpectedRevision).toBe(3n);
    },
  ],
  [
    'an id known in one stream is new in another',
    async (scope) => {
      const stored = events(1);
      await append(scope, stored);
      const other = newScope(scope.client);
      expect((await append(other, stored)).nextExpectedRevision).toBe(0n);
      expect(await revisions(other)).toEqual([0]);
    },
  ],
  [
    'no events: written at the head, a conflict below it',
    async (scope) => {
      await append(scope, events(2), 'no_stream');
      expect((await append(scope, [], 1n)).nextExpectedRevision).toBe(1n);
      expect(await errorOf(append(scope, [], 0n))).toBe('wrong-expected-version');
    },
  ],
  [
    'stream-exists: conflict on a missing stream, enough is metadata alone',
    async (scope) => {
      expect(await errorOf(append(scope, events(1), 'stream_exists'))).toBe('wrong-expected-version');
      await scope.client.setStreamMetadata(scope.stream, { maxCount: 100 });
      expect((await append(scope, events(1), 'stream_exists')).nextExpectedRevision).toBe(0n);
    },
  ],
  [
    'of sixteen that race for one revision, one wins',
    async (scope) => {
      const racing = Array.from({ length: 16 }, () => append(scope, events(2), 'no_stream'));
      const won = (await Promise.allSettled(racing)).filter(({ status }) => status === 'fulfilled');
      expect(won).toHaveLength(1);
      expect(await revisions(scope)).toEqual([0, 1]);
    },
  ],
  [
    'un-awaited appends of one caller keep their order',
    async (scope) => {
      await Promise.all(Array.from({ length: 20 }, (_, n) => append(scope, [jsonEvent({ type: 'N', data: { n } })])));
      const data = (await all(scope.client.readStream(scope.stream))).map(({ event }) => event?.data);
      expect(data).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })));
    },
  ],
  [
    'above 1 MiB an append is refused and nothing written, 900 KiB are taken',
    async (scope) => {
      const failure = await failureOf(append(scope, big(1024 * 1024)));
      expect(failure).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 });
      const credentials = { username: 'admin', password: 'changeit' };
      const unary = scope.client.appendToStream(scope.stream, big(1024 * 1024), { credentials });
      expect(await errorOf(unary)).toBe('maximum-append-size-exceeded');
      expect((await append(scope, big(900 * 1024), 'no_stream')).nextExpectedRevision).toBe(0n);
    },
  ],
  [
    'many chunks are one append',
    async ({ client, stream }) => {
      const proposed = events(200);
      await client.appendToStream(stream, proposed, { expectedRevision: 'no_stream', batchAppendSize: 1024 });
      expect((await revisions({ client, stream })).at(-1)).toBe(199);
    },
  ],
];
