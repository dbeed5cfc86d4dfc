import { setTimeout as sleep } from 'node:timers/promises';
import {
  aRequest,
  serviceHere,
  tempFolder,
  type Officer,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { expectedOf, outcomesOf } from './everybody.js';
import { ORGANS, writeRegister } from './register-of-roles.js';

/*
 * Who may fix a frame, check what was drawn and read of a sample: every role in every kind of organ, over HTTP. The cells are
 * written by hand from the design, not derived from the policy table of the program.
 */
const RECORDS = ['office.supervisor'];
const READS = ['office.supervisor', 'office.auditor', 'asking.auditor', 'asked.auditor', 'third.auditor'];
/** An establishment office and an auditor anywhere supervise somebody; without a purpose they are told to name one. */
const SUPERVISES = [...READS, 'elsewhere.auditor'];

let here: ServiceHere;
let files: TempFolder;
let sample = '';
let drawn = '';
const day = { occurredAt: { on: '2026-09-17' } };
const asked = { ...day, category: 'assistance', from: '2026-09-17', to: '2026-09-17', size: 1 };
const supervising = (account: string): Officer => here.as(account).with({ 'kesu-purpose': 'supervision' });
const found = (ask: (account: string) => Promise<unknown>) => outcomesOf(here, (_officer, account) => ask(account));

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({
    KESU_ORGANS: files.at('organs.json'),
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: '2026-09-17T01:00:00Z',
    KESU_REFUSALS_PER_MINUTE: '10000',
  });
  const headers = { prefer: 'respond-when=visible, wait=30' };
  const request = aRequest({ occurredAt: { on: '2026-09-17' }, requested: ORGANS.asked.id });
  await here.as('asking.handler').post('/v1/assistance', request, { headers });
  const office = supervising('office.supervisor');
  sample = (await office.post('/v1/samples', asked)).body.case;
  for (const end = performance.now() + 30_000; drawn === '' && performance.now() < end; await sleep(50)) {
    const { particulars } = (await office.get(`/v1/samples/${sample}`)).body as unknown as {
      particulars: { cases: readonly { case: string }[] };
    };
    drawn = particulars.cases[0]?.case ?? '';
  }
}, 180_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it('a frame is fixed by a supervisor of the establishment office alone', async () => {
  const cells = await found(async (account) => {
    const { status, body } = await supervising(account).post('/v1/samples', asked);
    return status === 201 ? 'recorded' : body.code;
  });
  const otherSupervisor = (account: string) => account.endsWith('.supervisor') && !RECORDS.includes(account);
  expect(cells).toEqual(
    expectedOf((account) =>
      RECORDS.includes(account) ? 'recorded' : otherSupervisor(account) ? 'SAMPLE_OFFICE_ONLY' : 'NOT_ENTITLED',
    ),
  );
});

it('what was drawn is checked by that supervisor, refused to other readers, unknown to the rest', async () => {
  const cells = await found(async (account) => {
    const check = { ...day, case: drawn, outcome: 'inOrder' };
    const { status, body } = await supervising(account).post(`/v1/samples/${sample}/checks`, check);
    return status === 201 ? 'recorded' : body.code;
  });
  expect(cells).toEqual(
    expectedOf((account) =>
      RECORDS.includes(account) ? 'recorded' : READS.includes(account) ? 'NOT_ENTITLED' : 'CASE_NOT_FOUND',
    ),
  );
});

it.each(['', '/timeline', '/frame'])(
  'a sample%s is read by the office and auditors of its city, with a purpose',
  async (path) => {
    const cells = await found(async (account) => {
      const told = await supervising(account).get(`/v1/samples/${sample}${path}`);
      const plain = await here.as(account).get(`/v1/samples/${sample}${path}`);
      return [told.body.code ?? told.status, plain.body.code ?? plain.status];
    });
    expect(cells).toEqual(
      expectedOf((account) =>
        READS.includes(account) ? [200, 'PURPOSE_REQUIRED'] : ['CASE_NOT_FOUND', 'CASE_NOT_FOUND'],
      ),
    );
  },
);

it.each(['/v1/samples', '/v1/questions/unchecked-samples'])('%s tells nobody else of it', async (path) => {
  const cells = await found(async (account) => {
    const told = await supervising(account).get(path);
    const plain = await here.as(account).get(path);
    return [told.text.includes(`"${sample}"`), plain.body.code ?? plain.text.includes(sample)];
  });
  const listed = path === '/v1/samples';
  expect(cells).toEqual(
    expectedOf((account) => [
      listed && READS.includes(account),
      SUPERVISES.includes(account) ? 'PURPOSE_REQUIRED' : false,
    ]),
  );
});
