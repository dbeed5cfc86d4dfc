import { Client } from './client.js';
import type { Asked } from './asked.js';
import { casePage, type FileAnswer, type TimelineAnswer } from './print.js';
import { Refused } from './refused.js';

/** `kesu replay <case>` */
export async function replay(asked: Asked): Promise<void> {
  const [id] = asked.words;
  if (id === undefined) throw new Refused('请给出案件的标识：kesu replay <案件>', 2);
  const client = await Client.find(asked);
  const { file, timeline } = client
    ? await fromService(client, id)
    : await (await import('./offline.js')).caseOffline(id);
  process.stdout.write(asked.json ? `${JSON.stringify({ file, timeline })}\n` : casePage(timeline, file));
}

async function fromService(client: Client, id: string): Promise<{ file: FileAnswer; timeline: TimelineAnswer }> {
  const path = `/v1/assistance/${encodeURIComponent(id)}`;
  return {
    file: await client.call<FileAnswer>('GET', path),
    timeline: await client.call<TimelineAnswer>('GET', `${path}/timeline`),
  };
}
