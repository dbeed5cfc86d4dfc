import { momentOf, type Asked } from './asked.js';
import { Client } from './client.js';
import { custodyPage, type CustodyAnswer } from './print.js';
import { MISUSED, Refused } from './refused.js';

/** `kesu custody <case>`, now or as of an instant. */
export async function custody(asked: Asked): Promise<void> {
  const [id] = asked.words;
  if (id === undefined) throw new Refused('请给出案件的标识：kesu custody <案件>', MISUSED);
  const client = await Client.find(asked);
  const query = momentOf(asked);
  const told = client
    ? await client.call<CustodyAnswer>(
        'GET',
        `/v1/assistance/${encodeURIComponent(id)}/custody?${new URLSearchParams(query).toString()}`,
      )
    : (await (await import('./offline.js')).caseOffline(id, query)).custody;
  process.stdout.write(asked.json ? `${JSON.stringify(told)}\n` : custodyPage(told));
}
