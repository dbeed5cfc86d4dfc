import { Client } from './client.js';
import type { Asked } from './asked.js';
import { Refused } from './refused.js';

/** `kesu token --as <officer>` */
export async function token(asked: Asked): Promise<void> {
  const { as } = asked;
  if (as === undefined) throw new Refused('请用 --as <账户> 说明为谁取得令牌，例如 --as chen.handler', 2);
  const client = await Client.find(asked);
  if (!client) throw new Refused('没有正在运行的服务：请先 npm start，或用 KESU_URL 指出它的地址');
  const issued = await client.developmentToken(as);
  process.stdout.write(`${asked.json ? JSON.stringify({ token: issued, as }) : issued}\n`);
}
