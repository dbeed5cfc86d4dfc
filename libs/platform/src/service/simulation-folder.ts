import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A simulation may only use a folder it made itself. */
export class SimulationFolderRefused extends Error {
  override readonly name = 'SimulationFolderRefused';
}

const MARKER = '模拟账本.txt';

/** Makes the folder of a simulation, or takes one that a simulation made. @throws SimulationFolderRefused */
export async function claimSimulationFolder(folder: string): Promise<void> {
  const exists = await isThere(folder);
  if (exists && !(await isThere(join(folder, MARKER))))
    throw new SimulationFolderRefused(
      `模拟模式只使用自己建立的目录，${folder} 已经存在且不是模拟账本；请用 KESU_DATA 另指一个不存在的目录`,
    );
  if (exists) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, MARKER), '本目录由模拟模式建立，其中的账本不是真实记录。\n');
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
