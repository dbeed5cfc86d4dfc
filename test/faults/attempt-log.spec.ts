import { randomUUID } from 'node:crypto';
import { LogUnavailable, type EventLog, type LoggedEvent } from '#libs/kernel';
import { openLog, readSettings, type OpenedLog } from '#libs/platform';
import { startService, type Service } from '../../apps/ledger/src/service.js';
import { aRequest, aStep, Officer, tempFolder, type Reply, type TempFolder } from '../service/index.js';

/* What happens to a refusal when the attempt log cannot be written, and when there are too many. */

type Fault = 'none' | 'silent' | 'away' | 'stored, then away';

let folder: TempFolder;
let service: Service;
let opened: OpenedLog;
let fault: Fault = 'none';

const onAttempts = (log: EventLog): EventLog => ({
  append: async (stream, expected, events) => {
    if (!stream.startsWith('kesuattempts_') || fault === 'none') return log.append(stream, expected, events);
    if (fault === 'silent') return new Promise(() => undefined);
    if (fault === 'stored, then away') await log.append(stream, expected, events);
    throw new LogUnavailable('the connection was lost');
  },
  readStream: (stream, from, limit) => log.readStream(stream, from, limit),
  readAll: (after) => log.readAll(after),
  follow: (after, signal) => log.follow(after, signal),
  close: () => log.close(),
});

const start = (settings: Record<string, string>): Promise<Service> =>
  startService(
    readSettings({
      KESU_DATA: folder.at('data'),
      KESU_PORT: '0',
      KESU_ROLES: 'api',
      KESU_LOG_LEVEL: 'silent',
      KESU_EVENTSTORE_RETRY_SECONDS: '1',
      ...settings,
    }),
    async (...how) => {
      opened = await openLog(...how);
      return { ...opened, log: onAttempts(opened.log) };
    },
  );

beforeAll(async () => {
  folder = await tempFolder();
  service = await start({});
}, 60_000);

beforeEach(() => (fault = 'none'));

afterAll(async () => {
  await service.close();
  await folder.remove();
}, 60_000);

const as = (account: string): Officer => new Officer(() => service.url, account);
const refusedStep = (key: string, account = 'wu.handler'): Promise<Reply> =>
  as(account).post('/v1/assistance/11111111-2222-4333-8444-555555555555/steps', aStep(), { key });

async function attempts(): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  for await (const event of opened.attempts.readAll()) found.push(event);
  return found;
}

it.each<Fault>(['silent', 'away', 'stored, then away'])(
  'answers nothing that is not kept: 503 while the attempt log is %s, in time, and once only after that',
  async (what) => {
    const [key, before] = [randomUUID(), (await attempts()).length];
    fault = what;
    const began = performance.now();
    const unkept = await refusedStep(key);
    expect([unkept.status, unkept.body.code]).toEqual([503, 'ATTEMPT_NOT_KEPT']);
    expect(Number(unkept.headers.get('retry-after'))).toBeGreaterThan(0);
    // One limit for the decision and its record: a second, and the half that an answer may take beyond it.
    expect(performance.now() - began).toBeLessThan(15_000);
    fault = 'none';
    expect((await refusedStep(key)).body.code).toBe('CASE_NOT_FOUND');
    expect((await attempts()).length).toBe(before + 1);
  },
);

it('costs whoever is not refused nothing: a fact is recorded while the attempt log is silent', async () => {
  fault = 'silent';
  expect((await as('chen.handler').post('/v1/assistance', aRequest())).status).toBe(201);
});

it('keeps many refusals of one command at once once', async () => {
  const [key, before] = [randomUUID(), (await attempts()).length];
  const answers = await Promise.all(Array.from({ length: 8 }, () => refusedStep(key, 'xu.head')));
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['CASE_NOT_FOUND']));
  expect((await attempts()).length).toBe(before + 1);
});

it('takes no more of a person who is refused more than 60 times a minute, and of others as before', async () => {
  const before = (await attempts()).length;
  const answers = await Promise.all(Array.from({ length: 75 }, () => refusedStep(randomUUID(), 'huang.head')));
  const codes = answers.map(({ body }) => body.code);
  expect(codes.filter((code) => code === 'CASE_NOT_FOUND')).toHaveLength(60);
  expect(codes.filter((code) => code === 'TOO_MANY_REFUSALS')).toHaveLength(15);
  expect((await attempts()).length - before).toBe(60);
  const more = await as('huang.head').post('/v1/assistance', aRequest());
  expect([more.status, more.body.code]).toEqual([429, 'TOO_MANY_REFUSALS']);
  const wait = Number(more.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await as('huang.head').get('/v1/me')).status).toBe(200);
  expect((await as('chen.handler').post('/v1/assistance', aRequest())).status).toBe(201);
});
