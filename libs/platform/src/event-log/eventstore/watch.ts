import { metastreamOf, TOMBSTONE, tamperingIn, type Alarms } from './alarms.js';
import type { Connection, Report } from './connection.js';
import { feed } from './feed.js';
import type { Chosen } from './subscription.js';

/**
 * 值守: sees from the log's first event on, for as long as the log is open, everything that only tampering writes: any
 * record of the ledger's metastreams (the service's own account never writes one), and tombstones. The server filters, so
 * that none of the ledger's own events travel for it.
 */
export class Watch {
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly ledger: string,
    private readonly alarms: Alarms,
    private readonly report: Report,
  ) {}

  /** Returns once everything that was written before has been seen. @throws LogUnavailable when that cannot be reached. */
  async start(): Promise<void> {
    const metadata = { by: 'stream', prefixes: [metastreamOf(`${this.ledger}_`)] } as const;
    const tombstones = { by: 'type', prefixes: [TOMBSTONE] } as const;
    await Promise.all([this.#follow(metadata), this.#follow(tombstones)]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#running);
  }

  #follow(chosen: Chosen): Promise<void> {
    return new Promise((caughtUp, reject) => {
      const running = this.#run(chosen, caughtUp);
      // After the start has been reached a rejection can only say that the log was closed.
      running.catch(reject);
      this.#running.push(running);
    });
  }

  async #run(chosen: Chosen, caughtUp: () => void): Promise<void> {
    const { connection, report } = this;
    const { signal } = this.#stop;
    // At the start somebody waits; later the watch goes on for as long as it takes.
    const options = { chosen, after: undefined, signal, report, giveUpAfterMs: connection.retryForMs };
    for await (const item of feed(connection, options)) {
      if (item.kind === 'caughtUp') {
        options.giveUpAfterMs = Infinity;
        caughtUp();
      }
      const alarm = item.kind === 'record' ? tamperingIn(item.record) : undefined;
      if (alarm?.stream.startsWith(`${this.ledger}_`)) this.alarms.raise(alarm);
    }
  }
}
