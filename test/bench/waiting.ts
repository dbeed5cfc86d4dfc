import { setTimeout as sleep } from 'node:timers/promises';

const GIVE_UP_MS = 1_200_000;
const AT_ONCE = 128;

/** @throws Error when it does not come to hold within twenty minutes. */
export async function until(holds: () => Promise<boolean>, everyMs = 50): Promise<void> {
  for (const end = performance.now() + GIVE_UP_MS; !(await holds()); await sleep(everyMs))
    if (performance.now() > end) throw new Error('it took too long');
}

export const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** All of `items`, many at a time. */
export async function atOnce<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
  width = AT_ONCE,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
