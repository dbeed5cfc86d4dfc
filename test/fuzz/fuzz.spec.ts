import { writeFileSync } from 'node:fs';
import type { Envelope, LoggedEvent } from '#libs/kernel';
import { SERVICE_PERSON } from '../../libs/platform/src/ledger/index.js';
import { ORGANS, registerFile } from '../simulation/cast.js';
import { Chance, effortOf, seedOf } from '../simulation/chance.js';
import { aRequest, request, serviceHere, tempFolder, type ServiceHere, type TempFolder } from '../service/index.js';
import { Run } from './run.js';

/*
 * Generated requests for every operation the service describes: as described, nearly so, and hostile. Each answer is held
 * to the document, and afterwards the log holds what was acknowledged and nothing else.
 */

const REQUESTS = 1_500;
/** What a reaction asks for, about one notice that was acknowledged. */
const REVIEW = 'AssistanceReviewRequested';

/** Lists of what is recorded in every run. How much others hold depends on what was drawn. */
const FULL = [
  'listCases',
  'listPersons',
  'listAppointments',
  'listRegisterChanges',
  'listAttempts',
  'askRequestTimeliness',
];
let files: TempFolder;
let here: ServiceHere;

beforeAll(async () => {
  files = await tempFolder();
  writeFileSync(files.at('organs.json'), JSON.stringify(registerFile()));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json'), KESU_REFUSALS_PER_MINUTE: '1000000' });
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it(
  'answers every request as its document says',
  async () => {
    const seed = seedOf();
    process.stdout.write(`fuzz over openapi.json: KESU_TEST_SEED=${seed}\n`);
    const { text } = await request(`${here.url}/openapi.json`, 'GET', {});
    const run = new Run(new Chance(seed), here, JSON.parse(text) as never);
    const before = (await eventsInLog()).map(({ id }) => id);
    await run.begin();
    await run.ask(REQUESTS * effortOf());
    await run.cover();
    run.end();
    process.stdout.write(`fuzz: ${figuresOf(run)}\n`);
    expect({ seed, faults: run.faults }).toEqual({ seed, faults: [] });
    const came = (await eventsInLog()).filter(({ id }) => !before.includes(id));
    // The service records by itself what a reaction asks for and what supervision finds.
    const recorded = came.filter((event) => !isByTheService(event)).map(({ id }) => id);
    expect(recorded.sort()).toEqual([...run.acknowledged].sort());
    const causes = came.flatMap(({ type, data }) => (type === REVIEW ? [data.about as string] : []));
    expect(causes.filter((about) => !run.acknowledged.has(about))).toEqual([]);
    expect(new Set(causes).size).toBe(causes.length);
    expect(run.operationsLeftOut).toEqual([]);
    expect([...run.readOn]).toEqual(expect.arrayContaining(FULL));
    expect([...run.answers.keys()]).toEqual(
      expect.arrayContaining(['getDocument 200', 'getDocument 206', 'getDocument 416', 'getQuarantine 200']),
    );
    // Enough of what is sound is taken: otherwise nothing much was tried.
    expect(run.acknowledged.size).toBeGreaterThan(REQUESTS / 20);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await request(`${here.url}/health/ready`, 'GET', {})).status).toBe(200);
    const asker = here.as('market.handler');
    const asked = await asker.post('/v1/assistance', aRequest({ requested: ORGANS.ecology.id }));
    expect(asked.status).toBe(201);
    expect((await asker.get(`/v1/assistance/${asked.body.case}`)).status).toBe(200);
  },
  600_000 * effortOf(),
);

/** How many were asked, and what came of them. */
function figuresOf({ answers, acknowledged }: Run): string {
  const counted = (holds: (status: string) => boolean): number =>
    [...answers].reduce((sum, [answer, count]) => sum + (holds(answer.split(' ')[1] ?? '') ? count : 0), 0);
  const [all, refused] = [counted(() => true), counted((status) => status.startsWith('4'))];
  return `${all} requests, ${acknowledged.size} events acknowledged, ${refused} refused`;
}

const isByTheService = ({ metadata }: LoggedEvent): boolean =>
  (metadata as Partial<Envelope>).recorder?.person === SERVICE_PERSON;

async function eventsInLog() {
  const events: LoggedEvent[] = [];
  for await (const event of here.service.runtime.log.log.readAll()) events.push(event);
  return events;
}
