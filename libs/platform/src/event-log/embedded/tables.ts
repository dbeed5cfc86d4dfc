import { open, type Database, type RootDatabase } from 'lmdb';

type Table = Database<Buffer, Buffer>;

/** Bytes in, bytes out: LMDB interprets nothing. */
const RAW = { encoding: 'binary', keyEncoding: 'binary' } as const;
/** A disk that takes longer to write a few megabytes is as good as gone. */
const COMMIT_MS_MAX = 60_000;

export type TableName = 'records' | 'index' | 'streams' | 'summary';

/**
 * The four tables of one log: records by position, index by stream number and revision, streams by number, and one
 * summary. One LMDB transaction spans them all.
 */
export class Tables {
  private constructor(
    private readonly environment: RootDatabase<Buffer, Buffer>,
    private readonly tables: Readonly<Record<TableName, Table>>,
  ) {}

  /** Opens the file, creating it or the tables when they are not there. @param file with an extension. */
  static open(file: string): Tables {
    // Without overlappingSync a commit is told only after fdatasync and the synchronous write of the meta page.
    // A batch of lmdb's own around ours would, when a commit fails, reject with nobody to hear it.
    const environment = open<Buffer, Buffer>(file, { ...RAW, overlappingSync: false, eventTurnBatching: false });
    const table = (name: TableName): Table => environment.openDB<Buffer, Buffer>(name, RAW);
    return new Tables(environment, {
      records: table('records'),
      index: table('index'),
      streams: table('streams'),
      summary: table('summary'),
    });
  }

  /** The row under `key`, or undefined. The bytes are LMDB's own: gone with the next read or the end of this turn. */
  get(name: TableName, key: Buffer): Buffer | undefined {
    const bytes = this.tables[name].getBinaryFast(key);
    return bytes?.subarray(0, bytes.length);
  }

  /** Inside {@link commit} only. */
  put(name: TableName, key: Buffer, row: Buffer): void {
    // The batch's own promise tells how it ended, for all rows of it at once.
    void this.tables[name].put(key, row);
  }

  /** All rows from `from` on, in key order, in one snapshot. */
  rows(name: TableName, from: Buffer): Iterable<{ key: Buffer; value: Buffer }> {
    return this.tables[name].getRange({ start: from });
  }

  /**
   * Writes what `stage` puts, in one transaction, if no record stands under `free` yet; else nothing. Resolves to
   * whether it was written, once it is on disk.
   */
  async commit(free: Buffer, stage: () => void): Promise<boolean> {
    let patience: NodeJS.Timeout | undefined;
    // lmdb never settles the promise when a transaction cannot even begin.
    const silence = new Promise<never>((_resolve, reject) => {
      patience = setTimeout(() => reject(new Error('a commit did not end in time')), COMMIT_MS_MAX);
    });
    try {
      return await Promise.race([this.tables.records.ifNoExists(free, stage), silence]);
    } catch (error) {
      throw await causeOf(error);
    } finally {
      clearTimeout(patience);
    }
  }

  /** A compacted copy as of one commit. */
  copyTo(file: string): Promise<void> {
    return this.environment.backup(file, true);
  }

  close(): Promise<void> {
    return this.environment.close();
  }
}

/** lmdb rejects with a wrapper whose `commitError` is a promise that rejects with the cause, or never settles. */
async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error;
  const patience = new Promise((resolve) => setTimeout(() => resolve(error), 1000).unref());
  return Promise.race([Promise.resolve(error.commitError).catch((cause: unknown) => cause), patience]);
}
