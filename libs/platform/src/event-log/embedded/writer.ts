import { LogUnavailable, type Clock, type Expectation, type LoggedEvent, type StreamName } from '#libs/kernel';
import { Batch, type Append } from './batch.js';
import type { DataFolder } from './data-folder.js';
import type { Heads } from './heads.js';
import type { Prepared } from './record.js';
import { positionKey } from './rows.js';
import type { StoredEvents } from './stored-events.js';
import type { Tables } from './tables.js';

/** Bytes of records in one commit, give or take one append: bounds what a commit holds in memory. */
const COMMIT_BYTES = 16 * 1024 * 1024;

interface Parts {
  readonly folder: DataFolder;
  readonly tables: Tables;
  readonly heads: Heads;
  readonly stored: StoredEvents;
  readonly clock: Clock;
  readonly ledger: string;
}

/**
 * Group commit: the appends that came while one commit was under way go into the next, in order. The first commit that
 * fails is the last: after a failed fsync nobody knows what is on disk, so all heads are dropped and nothing is taken
 * or served any more.
 */
export class Writer {
  private waiting: Append[] = [];
  private running: Promise<void> | undefined;
  private failure: LogUnavailable | undefined;
  private tellFailed: (error: LogUnavailable) => void = () => undefined;
  /** Resolves when a commit has failed; never otherwise. */
  readonly failed = new Promise<LogUnavailable>((resolve) => (this.tellFailed = resolve));

  constructor(
    private readonly parts: Parts,
    private readonly onCommit: () => void,
  ) {}

  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** @throws LogUnavailable once a commit has failed. */
  assertWorking(): void {
    if (this.failure) throw this.failure;
  }

  append(stream: StreamName, expected: Expectation, prepared: readonly Prepared[]): Promise<readonly LoggedEvent[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, expected, prepared, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when no append waits any more. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      // A turn of the event loop, so that all who append in it share a commit.
      await new Promise((resolve) => setImmediate(resolve));
      const appends = this.take();
      try {
        await this.commit(appends);
      } catch (error) {
        this.fail(appends, error);
      }
    } while (this.waiting.length > 0);
    this.running = undefined;
  }

  private take(): Append[] {
    let bytes = 0;
    let count = 0;
    for (const { prepared } of this.waiting) {
      if (bytes > COMMIT_BYTES) break;
      for (const one of prepared) bytes += one.bytes.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commit(appends: readonly Append[]): Promise<void> {
    this.assertWorking();
    const { tables, heads, stored, clock, ledger } = this.parts;
    const batch = new Batch(heads, stored, clock.now());
    for (const append of appends) batch.add(append);
    if (batch.writes) {
      // Only this process writes here. Should the folder lock have failed to hold another off, its record stands here.
      const written = await tables.commit(positionKey(heads.end + 1), () => batch.stage(tables, ledger));
      if (!written) throw new Error(`position ${heads.end + 1} was written by somebody else`);
    }
    batch.settle();
    this.onCommit();
  }

  private fail(appends: readonly Append[], cause: unknown): void {
    this.failure = new LogUnavailable('the log could not be written; it has to be opened again', { cause });
    this.parts.folder.markStop({ events: this.parts.heads.end, failed: true });
    this.parts.heads.clear();
    for (const append of [...appends, ...this.waiting.splice(0)]) append.reject(this.failure);
    this.tellFailed(this.failure);
    this.onCommit();
  }
}
