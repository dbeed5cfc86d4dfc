import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, Position } from '#libs/kernel';

const WAIT_MS_MAX = 60_000;

/**
 * Resolves when the read models have taken in all that the log holds. What the service records by itself meanwhile moves the
 * end on, and is awaited too. @throws Error when they have not within a minute.
 */
export async function caughtUp(
  viewing: { readonly position: Position | undefined },
  log: Pick<EventLog, 'readAll'>,
): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  for (let end = await endOf(log); ;) {
    while ((viewing.position ?? '') < end) {
      if (performance.now() > deadline) throw new Error('the read models did not catch up');
      await sleep(20);
    }
    const newEnd = await endOf(log);
    if (newEnd === end) return;
    end = newEnd;
  }
}

async function endOf(log: Pick<EventLog, 'readAll'>): Promise<string> {
  let end = '';
  for await (const { position } of log.readAll()) end = position;
  return end;
}
