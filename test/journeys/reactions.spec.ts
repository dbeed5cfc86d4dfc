import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { aReceipt, aRequest, serviceHere, type ServiceHere } from '../service/index.js';

/*
 * «When a pressing request is refused, ask for review» in a running service: the service records it, once, whatever it
 * forgets and however often it starts.
 */
let here: ServiceHere;

beforeAll(async () => {
  here = await serviceHere();
}, 120_000);

afterAll(() => here.end(), 60_000);

const notice = {
  occurredAt: { on: '2026-09-21' },
  kind: 'cannotProvide',
  reason: '设备不足',
  documentNumber: '示例函1号',
};

async function refused(ground: string, at: ServiceHere = here): Promise<string> {
  const { body } = await at.as('chen.handler').post('/v1/assistance', aRequest({ grounds: [{ code: ground }] }));
  const wu = at.as('wu.handler');
  await wu.post(`/v1/assistance/${body.case}/receipts`, aReceipt());
  const { status } = await wu.post(`/v1/assistance/${body.case}/inability-notices`, notice);
  expect(status).toBe(201);
  return body.case;
}

const entries = async (id: string, at = here) =>
  (await at.as('wu.handler').get(`/v1/assistance/${id}/timeline`)).body.entries;
const reviews = async (id: string, at = here) =>
  (await entries(id, at)).filter(({ type }) => type === 'AssistanceReviewRequested');

async function untilReviewed(id: string, at = here): Promise<void> {
  const end = performance.now() + 10_000;
  while ((await reviews(id, at)).length === 0 && performance.now() < end)
    await new Promise((resume) => setTimeout(resume, 20));
}

it('asks for a review of a pressing request’s refusal, once, also when it starts anew or has forgotten how far it was', async () => {
  const id = await refused('XM-10-1');
  await untilReviewed(id);
  const [review] = await reviews(id);
  expect(review).toMatchObject({
    sentence: '情形紧迫的协助请求被告知不能提供协助，提请监督人员复核；是否可以不提供，由人判断。',
    recordedBy: { person: '可溯（系统自动记录）', organ: null },
  });
  const progress = here.folder.at('data', 'keys', 'progress');
  await here.restart();
  await here.service.close();
  await rm(join(progress), { recursive: true });
  await here.restart();
  // A later case is looked at after the earlier ones: once it is reviewed, the first has been looked at again.
  const later = await refused('XM-11-3');
  await untilReviewed(later);
  expect([await reviews(id), await reviews(later)].map(({ length }) => length)).toEqual([1, 1]);
}, 60_000);

it('asks for none of a request that is not pressing', async () => {
  const id = await refused('XM-9-2');
  const later = await refused('XM-10-2');
  await untilReviewed(later);
  expect(await reviews(id)).toEqual([]);
});

it('asks for one of a fact that was recorded ahead of the clock, as several at once are', async () => {
  const standing = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-22T01:00:00Z' });
  const id = await refused('XM-10-1', standing);
  await untilReviewed(id, standing);
  expect(await reviews(id, standing)).toHaveLength(1);
  await standing.end();
}, 60_000);
