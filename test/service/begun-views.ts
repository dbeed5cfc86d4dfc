import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { claimSimulationFolder } from '../../libs/platform/src/service/simulation-folder.js';
import { startPglite } from '../../libs/platform/src/views/pglite.js';
import { silent } from './silent.js';

const KEPT = resolve('node_modules', '.cache', 'kesu-test');
// Imported, the file would be put into the built tree, where every `#libs` of a tool would then be looked for beside it.
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
/** Nobody writes here once it is there, so any number of test processes may copy it. */
const BEGUN = join(KEPT, `pglite-${dependencies['@electric-sql/pglite']}`);

/**
 * Puts empty data of the embedded read models into `folder`, which a service would otherwise begin by itself: that takes
 * seconds of processor time, a copy a tenth of one. They are begun once on a machine, by the product's own code, and count
 * as closed and flushed. A folder that is there stays as it is.
 */
export async function beginViews(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  if (!existsSync(BEGUN)) await begin();
  await cp(BEGUN, folder, { recursive: true, filter: (path) => !basename(path).startsWith('lock.') });
}

/** The same for a service with these settings, when it is one that begins read models in its own folder. */
export async function beginViewsOf(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { KESU_DATA, KESU_DATABASE, KESU_MODE, KESU_ROLES = 'projector' } = settings;
  if (KESU_DATA === undefined || KESU_DATABASE !== undefined || !KESU_ROLES.includes('projector')) return;
  // A simulation takes no folder that it did not make.
  if (KESU_MODE === 'simulation') await claimSimulationFolder(KESU_DATA);
  await beginViews(join(KESU_DATA, 'views'));
}

async function begin(): Promise<void> {
  await mkdir(KEPT, { recursive: true });
  const draft = await mkdtemp(join(KEPT, 'draft-'));
  await (await startPglite(draft, silent)).stop();
  // Another process may have been quicker; what it left is the same.
  await rename(draft, BEGUN).catch(() => rm(draft, { recursive: true, force: true }));
}
