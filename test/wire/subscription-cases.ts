import {
  eventTypeFilter,
  streamNameFilter,
  type AllStreamSubscription,
  type Position,
  type StreamSubscription,
} from '@eventstore/db-client';
import type { Case } from './append-cases.js';
import { all, append, events, type Scope } from './raw-client.js';

/** What a subscription tells, in the order in which it tells it. */
class Listening {
  readonly heard: string[] = [];
  readonly errors: string[] = [];
  #told: (() => void) | undefined;

  constructor(private readonly subscription: AllStreamSubscription | StreamSubscription) {
    subscription
      .on('data', ({ event }) => this.#tell(`${event?.type} ${event?.revision}`))
      .on('confirmation', () => this.#tell('confirmed'))
      .on('caughtUp', () => this.#tell('caughtUp'))
      .on('error', (error) => {
        this.errors.push(Reflect.get(error, 'type') as string);
        this.#told?.();
      });
  }

  async until(done: (listening: Listening) => boolean): Promise<void> {
    while (!done(this)) await new Promise<void>((resolve) => (this.#told = resolve));
  }

  async untilHeard(text: string): Promise<void> {
    await this.until(({ heard }) => heard.includes(text));
  }

  end(): Promise<void> {
    return this.subscription.unsubscribe();
  }

  #tell(text: string): void {
    this.heard.push(text);
    this.#told?.();
  }
}

const prefix = ({ stream }: Scope) => streamNameFilter({ prefixes: [stream] });

/** What a server sends to subscribers. */
export const subscriptionCases: readonly Case[] = [
  [
    '$all after a position leaves it out; history, then caught up, then live',
    async (scope) => {
      const { position } = await append(scope, events(1));
      await append(scope, events(2, 'History'));
      const listening = new Listening(scope.client.subscribeToAll({ fromPosition: position!, filter: prefix(scope) }));
      await listening.untilHeard('caughtUp');
      await append(scope, events(1, 'Live'));
      await listening.untilHeard('Live 3');
      await listening.end();
      expect(listening.heard).toEqual(expect.arrayContaining(['confirmed', 'caughtUp']));
      expect(listening.heard.filter((text) => / \d/.test(text))).toEqual(['History 1', 'History 2', 'Live 3']);
    },
  ],
  [
    '$all from the end tells only what comes later',
    async (scope) => {
      await append(scope, events(2, 'Before'));
      const listening = new Listening(scope.client.subscribeToAll({ fromPosition: 'end', filter: prefix(scope) }));
      await listening.untilHeard('caughtUp');
      await append(scope, events(1, 'After'));
      await listening.untilHeard('After 2');
      await listening.end();
      expect(listening.heard).not.toContain('Before 0');
    },
  ],
  [
    'filters by type, prefix or expression anywhere in the text',
    async (scope) => {
      const tail = scope.stream.slice(-12);
      await append(scope, [...events(1, `Yes-${tail}`), ...events(1, `No-${tail}`), ...events(1, `Oh-Yes-${tail}`)]);
      for (const [filter, found] of [
        [eventTypeFilter({ prefixes: [`Yes-${tail}`] }), [`Yes-${tail} 0`]],
        [eventTypeFilter({ regex: `Yes-${tail}` }), [`Yes-${tail} 0`, `Oh-Yes-${tail} 2`]],
        [streamNameFilter({ regex: `${tail}$` }), [`Yes-${tail} 0`, `No-${tail} 1`, `Oh-Yes-${tail} 2`]],
      ] as const) {
        const listening = new Listening(scope.client.subscribeToAll({ filter }));
        await listening.untilHeard(found.at(-1)!);
        await listening.end();
        expect(listening.heard.filter((text) => text.includes(tail))).toEqual(found);
      }
    },
  ],
  [
    'checkpoints only grow, and a subscription resumed from one gets everything after it',
    async (scope) => {
      for (let n = 0; n < 12; n += 1) await append(scope, events(1, `Step${n}`));
      const stored = (await all(scope.client.readStream(scope.stream))).map(({ event }) => event!);
      const checkpoints: Position[] = [];
      const first = new Listening(
        scope.client.subscribeToAll({
          filter: streamNameFilter({
            prefixes: [scope.stream],
            maxSearchWindow: 4,
            checkpointInterval: 1,
            checkpointReached: (_, position) => void checkpoints.push(position),
          }),
        }),
      );
      await first.untilHeard('Step11 11');
      await first.end();
      const commits = checkpoints.map(({ commit }) => commit);
      expect(commits.length).toBeGreaterThan(1);
      expect([...commits].sort((a, b) => Number(a - b))).toEqual(commits);
      const fromPosition = checkpoints.filter(({ commit }) => commit < stored.at(-1)!.position!.commit).at(-1)!;
      const second = new Listening(scope.client.subscribeToAll({ fromPosition, filter: prefix(scope) }));
      await second.untilHeard('Step11 11');
      await second.end();
      const after = stored.filter(({ position }) => position!.commit > fromPosition.commit);
      expect(second.heard.filter((text) => text.startsWith('Step'))).toEqual(
        after.map(({ type, revision }) => `${type} ${revision}`),
      );
    },
  ],
  [
    'a stream after a revision leaves it out, and goes on live',
    async (scope) => {
      await append(scope, events(3));
      const listening = new Listening(scope.client.subscribeToStream(scope.stream, { fromRevision: 0n }));
      await listening.untilHeard('caughtUp');
      await append(scope, events(1, 'Live'));
      await listening.untilHeard('Live 3');
      await listening.end();
      expect(listening.heard).toEqual(['confirmed', 'Counted 1', 'Counted 2', 'caughtUp', 'Live 3']);
    },
  ],
  [
    'a missing stream is waited for, and its tombstone ends the subscription',
    async (scope) => {
      const listening = new Listening(scope.client.subscribeToStream(scope.stream));
      await listening.untilHeard('confirmed');
      await append(scope, events(1));
      await listening.untilHeard('Counted 0');
      await scope.client.tombstoneStream(scope.stream);
      await listening.until(({ errors }) => errors.length > 0);
      expect(listening.errors).toEqual(['stream-deleted']);
    },
  ],
  [
    'three thousand events reach a subscriber in order',
    async (scope) => {
      for (let n = 0; n < 3; n += 1) await append(scope, events(1000));
      const listening = new Listening(scope.client.subscribeToStream(scope.stream));
      await listening.untilHeard('Counted 2999');
      await listening.end();
      const revisions = listening.heard.flatMap((text) => / (\d+)$/.exec(text)?.[1] ?? []).map(Number);
      expect(revisions).toEqual(Array.from({ length: 3000 }, (_, n) => n));
    },
  ],
];
