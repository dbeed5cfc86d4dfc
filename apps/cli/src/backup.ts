import { resolve } from 'node:path';
import { Client } from './client.js';
import type { Asked } from './asked.js';
import { Refused } from './refused.js';

/** `kesu backup <folder>` */
export async function backup(asked: Asked): Promise<void> {
  const [folder] = asked.words;
  if (folder === undefined) throw new Refused('请给出备份的新目录：kesu backup <目录>', 2);
  const target = resolve(folder);
  const client = await Client.find(asked);
  if (client) await client.call('POST', '/v1/operations/backups', { target });
  else await (await import('./offline.js')).backupOffline(target);
  process.stdout.write(
    `${asked.json ? JSON.stringify({ target }) : `事件日志已备份到 ${target}；文件库（KESU_DOCUMENTS）和密钥（KESU_KEYS）须另行分开备份`}\n`,
  );
}
