import { Readable } from 'node:stream';
import type { AllStreamSubscription, Filter } from '@eventstore/db-client';
import { Subscription, type Received } from './subscription.js';

/** Stands in for the client's stream: what is pushed waits in its buffer, what is announced is heard at once. */
class FakeSource extends Readable {
  asked: Filter | undefined;
  unsubscribed = false;

  constructor() {
    super({ objectMode: true, read: () => undefined });
  }

  unsubscribe(): Promise<void> {
    this.unsubscribed = true;
    return Promise.resolve();
  }

  record(n: number): void {
    this.push({ event: { streamId: 's', position: { commit: BigInt(n), prepare: BigInt(n) } } });
  }

  checkpoint(n: number): void {
    void this.asked?.checkpointReached?.(this.asClients(), { commit: BigInt(n), prepare: BigInt(n) });
  }

  asClients(): AllStreamSubscription {
    return this;
  }
}

let source: FakeSource;
let lost: AbortController;
let subscription: Subscription;

beforeEach(() => {
  source = new FakeSource();
  lost = new AbortController();
  const client = {
    lost: lost.signal,
    subscribeToAll: (options?: { filter?: Filter }) => {
      source.asked = options?.filter;
      return source.asClients();
    },
  };
  subscription = new Subscription(client, { by: 'stream', prefixes: ['s'] }, undefined, 5000);
  source.emit('confirmation');
});
afterEach(() => subscription.stop());

const next = async (count: number): Promise<string[]> => {
  const items: string[] = [];
  while (items.length < count) items.push(textOf(await subscription.next()));
  return items;
};
const textOf = (item: Received | undefined): string =>
  item && 'position' in item ? `${item.kind} ${Number(item.position.slice(0, 20))}` : (item?.kind ?? 'nothing');

it('puts what is announced behind the records that still wait in the buffer', async () => {
  source.record(1);
  source.record(2);
  source.checkpoint(2);
  source.record(3);
  source.emit('caughtUp');
  source.checkpoint(9);
  source.record(10);
  expect(await next(7)).toEqual([
    'record 1',
    'record 2',
    'checkpoint 2',
    'record 3',
    'caughtUp',
    'checkpoint 9',
    'record 10',
  ]);
});

it('gives at once what is announced when nothing waits', async () => {
  source.record(1);
  expect(await next(1)).toEqual(['record 1']);
  source.emit('caughtUp');
  expect(await next(1)).toEqual(['caughtUp']);
});

it('stops taking records while the consumer is behind, and takes all of them in the end', async () => {
  for (let n = 1; n <= 2000; n += 1) source.record(n);
  source.emit('caughtUp');
  expect(await next(1)).toEqual(['record 1']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(source.isPaused()).toBe(true);
  expect(source.readableLength).toBeGreaterThan(1000);
  const rest = await next(2000);
  expect(rest.at(-1)).toBe('caughtUp');
  expect(new Set(rest).size).toBe(2000);
});

it('gives out what came before a drop, and then the drop', async () => {
  source.record(1);
  await new Promise((resolve) => setImmediate(resolve));
  source.emit('error', new Error('too slow'));
  expect(await next(1)).toEqual(['record 1']);
  await expect(subscription.next()).rejects.toThrow('too slow');
});

it('drops when its client is lost or the server ends it', async () => {
  lost.abort(new Error('the node is gone'));
  await expect(subscription.next()).rejects.toThrow('the node is gone');
});

it('is over once stopped, also for who waits', async () => {
  const waiting = subscription.next();
  subscription.stop();
  expect(await waiting).toBeUndefined();
  expect(source.unsubscribed).toBe(true);
});
