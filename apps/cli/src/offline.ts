import 'reflect-metadata';
import { assistance } from '#libs/assistance';
import {
  Denial,
  Fault,
  momentIn,
  openOffline,
  problemOf,
  Quarantined,
  readSettings,
  SettingsRefused,
  type Settings,
} from '#libs/platform';
import type { CustodyAnswer, FileAnswer, TimelineAnswer } from './print.js';
import { VIEWED } from '../../ledger/src/viewed.js';
import { Refused, refusedBy } from './refused.js';

interface OfflineAnswers {
  readonly file: FileAnswer;
  readonly timeline: TimelineAnswer;
  readonly custody: CustodyAnswer;
}

/**
 * The case from the data folder itself, as of the moment that `query` names as a request would. Whoever may open the folder
 * and the keys sees all of it.
 */
export async function caseOffline(id: string, query: Readonly<Record<string, string>>): Promise<OfflineAnswers> {
  return withFolder(async (offline) => {
    const found = await offline.readCase(assistance, id, momentIn(query));
    if (!found) throw new Refused(`数据目录中没有案件 ${id}`);
    return found as unknown as OfflineAnswers;
  });
}

export const rebuildOffline = (): Promise<{ events: number; hash: string }> =>
  withFolder((offline) => offline.rebuild());

export const backupOffline = (target: string): Promise<void> => withFolder((offline) => offline.backup(target));

type Offline = Awaited<ReturnType<typeof openOffline>>;

async function withFolder<T>(work: (offline: Offline) => Promise<T>): Promise<T> {
  const offline = await openOffline(settings(), VIEWED);
  try {
    return await work(offline);
  } catch (error) {
    const isTold = [Denial, Fault, Quarantined].some((kind) => error instanceof kind);
    throw isTold ? refusedBy(problemOf(error, {}, '')) : error;
  } finally {
    await offline.close();
  }
}

function settings(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    throw error instanceof SettingsRefused ? new Refused(error.faults.join('\n'), 2) : error;
  }
}
