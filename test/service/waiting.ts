import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './client.js';

/** What `read` gives once it `holds`, or after 20 s, for the test to look at: what the service does by itself takes a moment. */
export async function untilRead<T>(read: () => Promise<T>, holds: (read: T) => boolean): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await read();
    if (holds(found) || performance.now() > end) return found;
    await sleep(50);
  }
}

/** The answer to a command that must have been recorded. */
export async function recorded(answer: Promise<Reply>): Promise<Reply['body']> {
  const { status, text, body } = await answer;
  expect([status, text]).toEqual([201, expect.any(String)]);
  return body;
}
