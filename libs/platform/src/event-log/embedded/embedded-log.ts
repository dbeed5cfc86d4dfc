import {
  attemptsOf,
  LogUnavailable,
  StreamNotFound,
  type Alarm,
  type Clock,
  type EventLog,
  type Expectation,
  type Followed,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
} from '#libs/kernel';
import { companionOn } from '../companion.js';
import { backupTo } from './backup.js';
import type { DataFolder } from './data-folder.js';
import type { FolderLock } from './folder-lock.js';
import { follow, readAll, type OrderedLog } from './follow.js';
import type { Heads } from './heads.js';
import { positionNumber, prepare, STREAM_NAME_BYTES_MAX } from './record.js';
import { StoredEvents } from './stored-events.js';
import type { Tables } from './tables.js';
import { Writer } from './writer.js';

/** What an open log stands on. */
export interface Footing {
  readonly folder: DataFolder;
  readonly lock: FolderLock;
  readonly tables: Tables;
  readonly heads: Heads;
  readonly ledger: string;
  readonly clock: Clock;
}

/**
 * 内嵌事件日志: an {@link EventLog} in one folder of this machine, for one process. An append is acknowledged only when it
 * is on disk. Besides the ledger's streams it holds its companions' (`<ledger>attempts_…`, `<ledger>probe_…`), which can
 * be appended to and read by name, but are not in the order `readAll` and `follow` give; {@link attempts} has that order.
 */
export class EmbeddedLog implements EventLog {
  private readonly stored: StoredEvents;
  private readonly writer: Writer;
  private readonly sleepers = new Set<() => void>();
  /** Settles with the backups under way: the file must not be closed under them. */
  private copies: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | undefined;

  /** @internal Use `openEmbeddedLog`. */
  constructor(private readonly footing: Footing) {
    this.stored = new StoredEvents(footing.tables, footing.heads);
    this.writer = new Writer({ ...footing, stored: this.stored }, () => this.wake());
  }

  /**
   * Resolves when a commit has failed, and never otherwise: from then on every call throws LogUnavailable, and the
   * process should end, so that the next one reads what really is on disk; the folder stays locked until it does.
   */
  get failed(): Promise<LogUnavailable> {
    return this.writer.failed;
  }

  async append(
    stream: StreamName,
    expected: Expectation,
    events: readonly NewEvent[],
  ): Promise<readonly LoggedEvent[]> {
    this.assertOpen();
    this.assertOfLedger(stream);
    if (events.length === 0) throw new RangeError('an append has at least one event');
    if (expected !== 'no-stream' && !isRevision(expected)) throw new RangeError(`not an expectation: ${expected}`);
    return this.writer.append(stream, expected, prepare(stream, events));
  }

  readStream(stream: StreamName, from = 0, limit = Infinity): Promise<readonly LoggedEvent[]> {
    return new Promise((resolve) => resolve(this.read(stream, from, limit)));
  }

  readAll(after?: Position): AsyncIterable<LoggedEvent> {
    return readAll(this.orderOf(this.footing.ledger), after);
  }

  follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed> {
    return follow(this.orderOf(this.footing.ledger), after, signal);
  }

  /** The log of what was refused. */
  get attempts(): EventLog {
    const order = this.orderOf(attemptsOf(this.footing.ledger));
    return companionOn(this, {
      readAll: (after) => readAll(order, after),
      follow: (after, signal) => follow(order, after, signal),
    });
  }

  /** The streams found damaged since the log was opened. */
  alarms(): readonly Alarm[] {
    return this.stored.alarms;
  }

  /** How many events stand after `after`, those of companions among them. */
  countAfter(after: Position | undefined): number {
    return this.footing.heads.end - (after === undefined ? 0 : positionNumber(after));
  }

  /**
   * Writes a compacted copy of the log as of now into the new folder `target`, which can be opened as a log itself;
   * appends go on meanwhile. On failure there is no folder of that name.
   * @throws EmbeddedLogRefused LOG_TARGET_EXISTS and others; LogUnavailable.
   */
  async backup(target: string): Promise<void> {
    this.assertOpen();
    const copying = backupTo(target, this.footing.ledger, this.footing.tables);
    this.copies = Promise.allSettled([this.copies, copying]);
    await copying;
  }

  close(): Promise<void> {
    return (this.closing ??= this.shut());
  }

  private orderOf(ledger: string): OrderedLog {
    return {
      end: () => {
        this.assertOpen();
        return this.footing.heads.end;
      },
      at: (position) => {
        this.assertOpen();
        return this.stored.at(position, (stream) => stream.startsWith(`${ledger}_`));
      },
      moved: (signal) => this.moved(signal),
    };
  }

  private moved(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private read(stream: StreamName, from: number, limit: number): LoggedEvent[] {
    this.assertOpen();
    this.assertOfLedger(stream);
    if (!isRevision(from) || !(limit >= 0)) throw new RangeError(`not a range of revisions: ${from}, ${limit}`);
    const number = this.footing.heads.numberOf(stream);
    if (number === undefined) throw new StreamNotFound(stream);
    this.stored.assertSound(stream);
    const end = Math.min(this.footing.heads.headOf(number) + 1, from + limit);
    const events: LoggedEvent[] = [];
    for (let revision = from; revision < end; revision += 1) events.push(this.stored.eventAt(stream, number, revision));
    return events;
  }

  private async shut(): Promise<void> {
    await this.writer.idle();
    this.wake();
    await this.copies;
    // After a failed commit LMDB's own state is not to be trusted, not even to be closed: it ends with the process, and
    // so does the lock, so that nobody opens the folder again before.
    if (this.writer.hasFailed) return;
    const { tables, folder, heads, lock } = this.footing;
    await tables.close();
    // After damage, as after a kill, the next start reads everything and names what is broken.
    if (this.stored.sound) folder.markStop({ events: heads.end, failed: false });
    lock.release();
  }

  private wake(): void {
    for (const wake of [...this.sleepers]) wake();
  }

  private assertOpen(): void {
    if (this.closing) throw new LogUnavailable('the log is closed');
    this.writer.assertWorking();
  }

  private assertOfLedger(stream: string): void {
    const { ledger } = this.footing;
    const known = ['_', 'attempts_', 'probe_'].some((part) => stream.startsWith(`${ledger}${part}`));
    if (!known || Buffer.byteLength(stream) > STREAM_NAME_BYTES_MAX)
      throw new RangeError(`not a stream of ledger ${ledger}: ${stream}`);
  }
}

const isRevision = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
