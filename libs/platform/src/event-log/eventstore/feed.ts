import { setTimeout as pause } from 'node:timers/promises';
import { LogUnavailable, type Position } from '#libs/kernel';
import type { Connection, Report } from './connection.js';
import { describe } from './failures.js';
import type { NodeClient } from './node-client.js';
import { REPORTS } from './refused.js';
import { Subscription, type Chosen, type Received } from './subscription.js';

export interface FeedOptions {
  readonly chosen: Chosen;
  readonly after: Position | undefined;
  readonly signal: AbortSignal;
  readonly report: Report;
  /** Milliseconds without any item after which a dropped feed gives up; it never does when absent. */
  readonly giveUpAfterMs?: number;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;
const CONFIRM_WITHIN_MS = 5000;

/**
 * Records, checkpoints and the end, in the order of the log, across any number of dropped subscriptions: each is opened
 * again after the last item that was given out, so that nothing is left out and nothing comes twice. A place never goes
 * backwards: a checkpoint that lies behind what was given out is left away.
 * @throws LogUnavailable when it gives up, or when the log was closed.
 */
export async function* feed(connection: Connection, options: FeedOptions): AsyncGenerator<Received, void, undefined> {
  let { after } = options;
  let wait = FIRST_PAUSE_MS;
  let progressAt = performance.now();
  while (!options.signal.aborted) {
    let client: NodeClient | undefined;
    const openedAt = performance.now();
    try {
      client = await connection.client();
      for await (const item of subscribed(client, options, after)) {
        connection.heard();
        if (isOld(item, after)) continue;
        if (item.kind !== 'caughtUp') after = item.position;
        wait = FIRST_PAUSE_MS;
        yield item;
        progressAt = performance.now();
      }
      return;
    } catch (error) {
      if (connection.closed.aborted) throw new LogUnavailable('the event log is closed', { cause: error });
      options.report('info', REPORTS.dropped, { after, error: describe(error) });
      if (performance.now() - progressAt > (options.giveUpAfterMs ?? Infinity))
        throw new LogUnavailable(`the log cannot be followed: ${describe(error)}`, { cause: error });
      if (client) await connection.failed(client, error, openedAt);
    }
    await pause(wait * (0.75 + Math.random() / 2), undefined, { signal: options.signal }).catch(() => undefined);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

/** A record that was given out, or a checkpoint behind one: the server's lags by a page while catching up. */
function isOld(item: Received, after: Position | undefined): boolean {
  if (item.kind === 'caughtUp' || after === undefined) return false;
  return item.kind === 'record' ? item.position <= after : item.position < after;
}

async function* subscribed(
  client: NodeClient,
  { chosen, signal }: FeedOptions,
  after: Position | undefined,
): AsyncGenerator<Received, void, undefined> {
  const subscription = new Subscription(client, chosen, after, CONFIRM_WITHIN_MS);
  const stop = (): void => subscription.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for (let item = await subscription.next(); item; item = await subscription.next()) yield item;
  } finally {
    signal.removeEventListener('abort', stop);
    subscription.stop();
  }
}
