import { Client } from './client.js';
import { momentOf, type Asked } from './asked.js';
import { casePage, type FileAnswer, type TimelineAnswer } from './print.js';
import { Refused } from './refused.js';

/** `kesu replay <case>`, now or as of an instant. */
export async function replay(asked: Asked): Promise<void> {
  const [id] = asked.words;
  if (id === undefined) throw new Refused('请给出案件的标识：kesu replay <案件>', 2);
  const client = await Client.find(asked);
  const { file, timeline } = client
    ? await fromService(client, id, asked)
    : await (await import('./offline.js')).caseOffline(id, momentOf(asked));
  process.stdout.write(asked.json ? `${JSON.stringify({ file, timeline })}\n` : casePage(timeline, file));
}

async function fromService(
  client: Client,
  id: string,
  asked: Asked,
): Promise<{ file: FileAnswer; timeline: TimelineAnswer }> {
  const path = `/v1/assistance/${encodeURIComponent(id)}`;
  const query = new URLSearchParams(momentOf(asked)).toString();
  const file = await client.call<FileAnswer>('GET', `${path}?${query}`);
  return { file, timeline: await client.call<TimelineAnswer>('GET', `${path}/timeline?${query}`) };
}
