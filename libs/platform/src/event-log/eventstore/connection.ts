import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { LogUnavailable } from '#libs/kernel';
import type { ConnectionSettings } from './connection-string.js';
import { findLeader } from './discovery.js';
import { describe, isAnswer, isDenied, leaderNamedBy, NoAnswer, nodeAnswered } from './failures.js';
import { NodeClient } from './node-client.js';
import { EventStoreRefused, REPORTS } from './refused.js';

export type Report = (level: 'info' | 'warn' | 'error', message: string, detail?: object) => void;

/** One attempt to get an answer from the leader. */
export interface Attempt {
  readonly client: NodeClient;
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal;
  /** Milliseconds this attempt may go without hearing anything. */
  readonly timeoutMs: number;
  /** Something was heard: the attempt's time starts anew. */
  heard(): void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** 连接: the way to the node that leads, found again whenever it is lost. */
export class Connection {
  readonly #trust: ChannelCredentials;
  readonly #closing = new AbortController();
  #client: Promise<NodeClient> | undefined;
  #hint: string | undefined;
  #failed: string | undefined;
  #heardAt = performance.now();

  /** @throws EventStoreRefused when the file of the certificate authority cannot be read. */
  constructor(
    private readonly settings: ConnectionSettings,
    readonly retryForMs: number,
    private readonly report: Report,
  ) {
    setMaxListeners(0, this.closed);
    this.#trust = settings.tls ? credentials.createSsl(authority(settings.caFile)) : credentials.createInsecure();
  }

  /** Milliseconds since the store last answered anything. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  /** The client of the node that leads, as far as is known. */
  client(): Promise<NodeClient> {
    if (this.closed.aborted) return Promise.reject(closedError());
    if (this.#client) return this.#client;
    const connecting = this.#connect();
    this.#client = connecting;
    connecting.catch(() => {
      if (this.#client === connecting) this.#client = undefined;
    });
    return connecting;
  }

  /**
   * Something asked of `client` since `startedAt` failed. The client is let go when its node does not lead, and when
   * nothing else was heard meanwhile: one call's failure must not end all others.
   */
  async failed(client: NodeClient, error: unknown, startedAt: number): Promise<void> {
    if (nodeAnswered(error)) this.heard();
    if (leaderNamedBy(error) !== undefined || this.#heardAt <= startedAt) await this.drop(client, error);
  }

  /** Lets `client` go: everything that waits for it is told, and the next caller gets another. */
  async drop(client: NodeClient, error: unknown): Promise<void> {
    const current = await this.#client?.catch(() => undefined);
    if (current === client) {
      this.#client = undefined;
      this.#hint = leaderNamedBy(error);
      this.#failed = client.endpoint;
    }
    client.release(error instanceof Error ? error : new Error(String(error)));
  }

  /**
   * Asks until there is an answer, on whichever node leads, for `until` at most (`performance.now()` milliseconds; the
   * first attempt is always made). `work` must be harmless to repeat.
   * @throws LogUnavailable when nobody answered in time, the account was refused, or the log was closed; and whatever
   * other error was the answer.
   */
  async ask<T>(
    work: (attempt: Attempt) => Promise<T>,
    until: number = performance.now() + this.retryForMs,
  ): Promise<T> {
    for (let attempts = 1, wait = FIRST_PAUSE_MS; ; attempts += 1, wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#once(work, attempts);
      } catch (error) {
        if (isDenied(error)) throw new LogUnavailable('access to the store is denied', { cause: error });
        if (isAnswer(error)) throw error;
        if (this.closed.aborted) throw closedError();
        const jittered = wait * (0.75 + Math.random() / 2);
        if (performance.now() + jittered >= until)
          throw new LogUnavailable(`no answer after ${attempts} attempts: ${describe(error)}`, { cause: error });
        this.report('info', REPORTS.retry, { attempts, error: describe(error) });
        await pause(jittered, undefined, { signal: this.closed }).catch(() => undefined);
      }
    }
  }

  /** Ends everything; what is under way is rejected with LogUnavailable. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#closing.abort(closedError());
    (await client?.catch(() => undefined))?.release(closedError());
  }

  async #connect(): Promise<NodeClient> {
    const { settings } = this;
    const [only = ''] = settings.seeds;
    const hint = this.#hint;
    this.#hint = undefined;
    const endpoint =
      hint ??
      (settings.discover
        ? await findLeader(settings.seeds, this.#trust, settings.gossipTimeout * 1000, this.#failed)
        : only);
    if (this.closed.aborted) throw closedError();
    return new NodeClient(endpoint, settings, this.#trust);
  }

  async #once<T>(work: (attempt: Attempt) => Promise<T>, attempts: number): Promise<T> {
    const client = await this.client();
    const startedAt = performance.now();
    try {
      const answer = await patiently(client, Math.max(1000, this.retryForMs / 3), () => this.heard(), work);
      this.heard();
      return answer;
    } catch (error) {
      if (attempts > 1 && !isAnswer(error)) await this.drop(client, error);
      else await this.failed(client, error, startedAt);
      throw error;
    }
  }
}

/** Runs `work` on `client` until it settles, goes unheard for `timeoutMs`, or the client is lost. */
function patiently<T>(
  client: NodeClient,
  timeoutMs: number,
  heard: () => void,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  return new Promise((resolveWith, reject) => {
    const given = new AbortController();
    const giveUp = (reason: unknown): void => {
      given.abort(reason);
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    const lost = (): void => giveUp(client.lost.reason);
    const timer = setTimeout(() => giveUp(new NoAnswer(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const attempt: Attempt = {
      client,
      signal: given.signal,
      timeoutMs,
      heard: () => {
        timer.refresh();
        heard();
      },
    };
    client.lost.addEventListener('abort', lost, { once: true });
    if (client.lost.aborted) lost();
    const done = (): void => {
      clearTimeout(timer);
      client.lost.removeEventListener('abort', lost);
    };
    void (given.signal.aborted ? Promise.resolve() : work(attempt).then(resolveWith, reject)).finally(done);
  });
}

const closedError = (): LogUnavailable => new LogUnavailable('the event log is closed');

function authority(file: string | undefined): Buffer | null {
  if (file === undefined) return null;
  try {
    return readFileSync(resolve(file));
  } catch (error) {
    throw new EventStoreRefused('ca-file', file, { cause: error });
  }
}
