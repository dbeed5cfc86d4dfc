import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataFolder, syncFolder } from './data-folder.js';
import { inspect } from './inspection.js';
import { refusalTexts } from './refusal-texts.js';
import { EmbeddedLogRefused } from './refused.js';
import { settle } from './settle.js';
import type { Tables } from './tables.js';

/**
 * Writes a compacted copy of the log, as of one commit, into the new folder `target`. The copy is read through, every
 * record of it, before it gets its name: a folder named `target` is a whole log, or there is none.
 * @throws EmbeddedLogRefused LOG_TARGET_EXISTS; LOG_FOLDER_UNUSABLE; LOG_DAMAGED when the copy does not read back.
 */
export async function backupTo(target: string, ledger: string, tables: Tables): Promise<void> {
  const path = resolve(target);
  if (existsSync(path)) throw new EmbeddedLogRefused('LOG_TARGET_EXISTS', refusalTexts.targetExists(path));
  const copy = new DataFolder(`${path}.partial-${process.pid}`);
  try {
    mkdirSync(copy.path, { recursive: true, mode: 0o700 });
    await fill(copy, ledger, tables);
    renameSync(copy.path, path);
    syncFolder(dirname(path));
  } catch (error) {
    if (existsSync(copy.path)) rmSync(copy.path, { recursive: true });
    if (error instanceof EmbeddedLogRefused) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new EmbeddedLogRefused('LOG_FOLDER_UNUSABLE', refusalTexts.folderUnusable(path, cause), { cause: error });
  }
}

async function fill(copy: DataFolder, ledger: string, tables: Tables): Promise<void> {
  await tables.copyTo(copy.draft);
  // LMDB's copy has one commit, and page stamps of its own.
  await settle(copy.draft);
  copy.adoptDraft();
  const heads = await inspect(copy.file, ledger, undefined);
  rmSync(`${copy.file}-lock`, { force: true });
  copy.markStop({ events: heads.end, failed: false });
}
