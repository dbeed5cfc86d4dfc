import { writeFileSync } from 'node:fs';
import {
  caughtUp,
  serviceHere,
  tempFolder,
  type Officer,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { registerFile } from './cast.js';
import { effortOf, seedOf } from './chance.js';
import { playOverHttp, sent, type Served } from './over-http.js';

/* Random officers over HTTP: after each step the answer, the views and the naive model say the same. */

const STEPS = 200;
let files: TempFolder;
let here: ServiceHere | undefined;

beforeAll(async () => {
  files = await tempFolder();
  writeFileSync(files.at('organs.json'), JSON.stringify(registerFile()));
});

afterEach(async () => {
  await here?.end();
  here = undefined;
}, 60_000);

afterAll(() => files.remove());

/** A service on a folder of its own: the clock of a simulation never goes back. */
async function served(start: string) {
  const service = await serviceHere({
    KESU_MODE: 'simulation',
    // Supervision would go on recording in files of its own while the read models are compared.
    KESU_ROLES: 'api,projector',
    KESU_SIMULATION_START: start,
    KESU_ORGANS: files.at('organs.json'),
    KESU_REFUSALS_PER_MINUTE: '1000000',
  });
  here = service;
  const officers = new Map<string, Officer>();
  const as = (account: string): Officer => {
    const known = officers.get(account) ?? service.as(account);
    officers.set(account, known);
    return known;
  };
  return { as, service };
}

it('agrees with the model after each step, and again once the read models are built anew', async () => {
  const seed = seedOf();
  process.stdout.write(`simulation over HTTP: KESU_TEST_SEED=${seed}\n`);
  const { as, service } = await served('2026-09-10T00:00:00Z');
  const ran = await playOverHttp(seed, STEPS * effortOf(), { as });
  expect(ran.disagreements).toEqual([]);
  expect(ran.recorded).toBeGreaterThan(STEPS / 3);
  const { viewing, log } = service.service.runtime;
  let events = 0;
  for await (const { stream } of log.log.readAll()) events += stream.includes('_assistance-') ? 1 : 0;
  expect(events).toBe(ran.recorded + ran.reacted);
  await caughtUp(viewing, log.log);
  const live = await viewing.hash();
  expect((await viewing.rebuild()).hash).toBe(live);
}, 1_800_000);

describe('notices a service', () => {
  it('that forgets which command a key stood for', async () => {
    const { as } = await served('2026-04-20T00:00:00Z');
    let n = 0;
    const send: Served['send'] = (officer, order) => sent(officer, { ...order, key: `fresh-${(n += 1)}` });
    const { disagreements } = await playOverHttp(11, 400, { as, send });
    expect(disagreements).toEqual([expect.stringMatching(/again"|IDEMPOTENCY_KEY_REUSED/)]);
  }, 300_000);

  it('that does not ask whether the version seen is the newest', async () => {
    const { as } = await served('2026-04-20T00:00:00Z');
    const send: Served['send'] = async (officer, { ifMatch, ...order }) => {
      if (ifMatch === undefined) return sent(officer, order);
      const [, , , id] = order.path.split('/');
      const { headers } = await officer.get(`/v1/assistance/${id}`, { 'kesu-purpose': 'supervision' });
      const newest = headers.get('etag')?.replaceAll('"', '');
      return sent(officer, { ...order, ifMatch: newest === undefined ? ifMatch : Number(newest) });
    };
    const { disagreements } = await playOverHttp(11, 400, { as, send });
    expect(disagreements).toEqual([expect.stringContaining('IF_MATCH_STALE')]);
  }, 300_000);
});
