import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isLedgerName, type Clock } from '#libs/kernel';
import { DataFolder, syncFolder } from './data-folder.js';
import { EmbeddedLog } from './embedded-log.js';
import { takeLock, type FolderLock } from './folder-lock.js';
import { Heads } from './heads.js';
import { inspect } from './inspection.js';
import { refusalTexts } from './refusal-texts.js';
import { EmbeddedLogRefused } from './refused.js';
import { FORMAT, SUMMARY_KEY, summaryRow } from './rows.js';
import { settle } from './settle.js';
import { Tables } from './tables.js';

/**
 * Opens the log of `ledger` in `folder`, creating both when they are not there. The log belongs to this process until it
 * is closed or the process ends, however it ends. What is on disk is checked first, by a process of its own: after a
 * clean stop the newest part, otherwise all of it.
 * @throws EmbeddedLogRefused with a stable code when it cannot or must not be opened; nothing was changed then.
 */
export async function openEmbeddedLog(options: { folder: string; ledger: string; clock: Clock }): Promise<EmbeddedLog> {
  const { ledger, clock } = options;
  if (!isLedgerName(ledger)) throw new RangeError(`not a ledger name: ${ledger}`);
  const folder = new DataFolder(resolve(options.folder));
  const lock = locked(folder.path);
  try {
    const heads = await headsIn(folder, ledger);
    folder.clearStop();
    const tables = Tables.open(folder.file);
    return new EmbeddedLog({ folder, lock, tables, heads, ledger, clock });
  } catch (error) {
    lock.release();
    throw refusalOf(folder.path, error);
  }
}

async function headsIn(folder: DataFolder, ledger: string): Promise<Heads> {
  if (folder.lostFile) throw new EmbeddedLogRefused('LOG_DAMAGED', refusalTexts.missing(folder.file));
  if (!folder.hasFile) {
    await create(folder, ledger);
    return new Heads();
  }
  const stop = folder.lastStop();
  const heads = await inspect(folder.file, ledger, stop);
  if (stop?.failed) await settle(folder.file);
  return heads;
}

async function create(folder: DataFolder, ledger: string): Promise<void> {
  folder.clearDraft();
  const tables = Tables.open(folder.draft);
  const summary = summaryRow({ format: FORMAT, ledger, events: 0, streams: 0 });
  await tables.commit(Buffer.alloc(8), () => tables.put('summary', SUMMARY_KEY, summary));
  await tables.close();
  folder.adoptDraft();
}

function locked(path: string): FolderLock {
  try {
    const made = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (made !== undefined) syncFolder(dirname(made));
    const lock = takeLock(path);
    if (typeof lock === 'number') throw new EmbeddedLogRefused('LOG_LOCKED', refusalTexts.locked(path, lock));
    return lock;
  } catch (error) {
    throw refusalOf(path, error);
  }
}

/** What the file system or LMDB says is the folder's fault, as far as anybody can tell. */
function refusalOf(path: string, error: unknown): EmbeddedLogRefused {
  if (error instanceof EmbeddedLogRefused) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new EmbeddedLogRefused('LOG_FOLDER_UNUSABLE', refusalTexts.folderUnusable(path, cause), { cause: error });
}
