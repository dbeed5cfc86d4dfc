import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, Keys, Position } from '#libs/kernel';
import type { Logger } from '../log/index.js';
import { batches, type FollowedBatch } from './batches.js';
import type { ProjectedSystem } from './case-fold.js';
import type { ViewDatabase } from './database.js';
import { messages } from './messages.js';
import { Outrun, Projection, Replaced } from './projection.js';
import { viewTables } from './tables.js';

export interface ProjectorOptions {
  readonly db: ViewDatabase;
  readonly log: EventLog;
  readonly ledger: string;
  /** Those whose views {@link createSchema} was given. */
  readonly systems: readonly ProjectedSystem[];
  /** See `ProjectionOptions`. */
  readonly keys?: Keys;
  /** Events written in one transaction at most. */
  readonly batchSize?: number;
  readonly logger: Logger;
}

/** How far the views are behind the log. */
export interface Lag {
  /** Whether the views stand at the end of the log, as far as it was met. */
  readonly caughtUp: boolean;
  /** How long they have been behind it, or since the start; 0 when they are not. */
  readonly milliseconds: number;
}

const BATCH_SIZE = 1000;
const RETRY_MS = [50, 200, 1000, 5000] as const;

/**
 * 投影: follows the log from where the tables stand and writes the rows of all views. Any number may run on one database,
 * in any processes: each event takes effect once, because rows and checkpoint move in one transaction, and the
 * checkpoint only from where this projector read it.
 */
export class Projector {
  private readonly projection: Projection;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private behindSince: number | undefined = performance.now();
  /** Whether the log's end was met since it was last followed anew. */
  private live = false;

  constructor(private readonly options: ProjectorOptions) {
    const { db, ledger, ...rest } = options;
    this.projection = new Projection({ tables: viewTables(db, ledger), ...rest });
  }

  /**
   * Works until `signal` is aborted or `stop` is called, then returns with the batch in hand written or rolled back. An
   * unavailable log or database is waited for.
   * @throws Replaced when the tables are not, or no longer, those of these views: another version of the program is at work.
   */
  run(signal: AbortSignal): Promise<void> {
    this.running = this.work(AbortSignal.any([signal, this.stopping.signal]));
    return this.running;
  }

  /** Ends `run` and waits until it has. Never throws. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running.catch(() => undefined);
  }

  /** Up to where the log is in the tables, as this projector last saw them. */
  get position(): Position | undefined {
    return this.projection.position;
  }

  lag(): Lag {
    const { behindSince } = this;
    if (behindSince === undefined) return { caughtUp: true, milliseconds: 0 };
    return { caughtUp: false, milliseconds: Math.round(performance.now() - behindSince) };
  }

  private async work(ended: AbortSignal): Promise<void> {
    let failures = 0;
    while (!ended.aborted) {
      const turn = new AbortController();
      try {
        this.live = false;
        await this.projection.load();
        if (failures === 0) await this.projection.retryBroken();
        for await (const batch of this.followed(AbortSignal.any([ended, turn.signal]))) {
          await this.take(batch);
          failures = 0;
          if (ended.aborted) break;
        }
      } catch (error) {
        if (ended.aborted) return;
        if (error instanceof Replaced) throw error;
        this.behindSince ??= performance.now();
        if (error instanceof Outrun) this.options.logger.info(messages.outrun);
        else await this.pause(error, failures++, ended);
      } finally {
        turn.abort();
      }
    }
  }

  private followed(signal: AbortSignal): AsyncIterable<FollowedBatch> {
    return batches(this.options.log.follow(this.projection.position, signal), this.options.batchSize ?? BATCH_SIZE);
  }

  private async take(batch: FollowedBatch): Promise<void> {
    if (batch.position !== undefined) {
      this.behindSince ??= performance.now();
      await this.projection.apply(batch);
    }
    this.live ||= batch.caughtUp;
    if (!batch.caughtUp && !(this.live && batch.drained)) return;
    this.behindSince = undefined;
    await this.projection.analyse();
  }

  private async pause(error: unknown, failures: number, ended: AbortSignal): Promise<void> {
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
    this.options.logger.warn(messages.retrying, { error, waitMs: wait });
    await sleep(wait, undefined, { signal: ended }).catch(() => undefined);
  }
}
