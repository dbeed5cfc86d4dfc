import { Client } from './client.js';
import type { Asked } from './asked.js';

/** `kesu rebuild` */
export async function rebuild(asked: Asked): Promise<void> {
  const client = await Client.find(asked);
  const built = client
    ? await client.call<{ events: number; hash: string }>('POST', '/v1/operations/rebuilds', {})
    : await (await import('./offline.js')).rebuildOffline();
  const text = `读模型已由 ${built.events} 个事件重建，散列 ${built.hash}`;
  process.stdout.write(`${asked.json ? JSON.stringify(built) : text}\n`);
}
