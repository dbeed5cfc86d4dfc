import { streamName, uuid, type Followed, type Position } from '#libs/kernel';
import { batches, type FollowedBatch } from './batches.js';

const caseId = uuid('2f1f63c4-6a3e-5a55-9c10-7d2f0d2c9e11');
const position = (n: number): Position => String(n).padStart(4, '0') as Position;
const event = (n: number): Followed => ({
  kind: 'event',
  event: {
    id: caseId,
    type: 'Noted',
    data: {},
    metadata: {},
    stream: streamName('kesu', 'note', caseId),
    revision: n,
    position: position(n),
    created: '2026-09-18T00:00:00.000000Z' as never,
  },
});
const caughtUp: Followed = { kind: 'caughtUp' };

async function cut(items: readonly Followed[], size: number, pieces: number): Promise<string[]> {
  const seen: FollowedBatch[] = [];
  for await (const piece of batches(endless(items), size)) if (seen.push(piece) === pieces) break;
  return seen.map((piece) => {
    const { events, alarms, caughtUp: end, position: at } = piece;
    return `${events.map(({ revision }) => revision).join(',')}|${alarms.length}|${at ?? ''}${end ? '!' : ''}`;
  });
}

/** `items`, and then nothing more. */
async function* endless(items: readonly Followed[]): AsyncIterable<Followed> {
  yield* items;
  await new Promise(() => {});
}

describe('batches', () => {
  it('are as big as they may be while there is history, and end at the log’s end', async () => {
    const items = [0, 1, 2, 3, 4].map(event);
    expect(await cut([...items, caughtUp], 2, 3)).toEqual(['0,1|0|0001', '2,3|0|0003', '4|0|0004!']);
  });

  it('are handed on when nothing more comes, though the log does not say it is at its end', async () => {
    expect(await cut([event(0), event(1)], 100, 1)).toEqual(['0,1|0|0001']);
  });

  it('say that nothing more was waiting, and do not say it of a piece that is merely full', async () => {
    const seen: FollowedBatch[] = [];
    for await (const piece of batches(endless([event(0), event(1), event(2)]), 2)) if (seen.push(piece) === 2) break;
    expect(seen.map(({ events, drained }) => [events.length, drained])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  it('may hold a place, an alarm or the end alone', async () => {
    const alarm = { stream: 's', reason: 'stream-deleted', detail: '' } as const;
    const checkpoint: Followed = { kind: 'checkpoint', position: position(7) };
    expect(await cut([caughtUp, checkpoint, caughtUp], 100, 2)).toEqual(['|0|!', '|0|0007!']);
    expect(await cut([{ kind: 'alarm', alarm, position: position(3) }, caughtUp], 100, 1)).toEqual(['|1|0003!']);
  });

  it('fail when the log does', async () => {
    const failing = (async function* (): AsyncIterable<Followed> {
      yield event(0);
      await Promise.reject(new Error('the log is gone'));
    })();
    await expect(
      (async () => {
        for await (const _ of batches(failing, 100)) await Promise.resolve();
      })(),
    ).rejects.toThrow('the log is gone');
  });
});
