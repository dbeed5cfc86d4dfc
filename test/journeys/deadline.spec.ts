import { randomUUID } from 'node:crypto';
import type { EventLog, Expectation, LoggedEvent, NewEvent, Position, StreamName } from '#libs/kernel';
import { openLog, readSettings } from '#libs/platform';
import { startService, type Service } from '../../apps/ledger/src/service.js';
import { aRequest, aStep, Officer, request, tempFolder, type TempFolder } from '../service/index.js';

/** A log on which every question about some streams, cases if nothing else is said, has to wait first. */
class SlowLog implements EventLog {
  wait: () => Promise<unknown> = () => Promise.resolve();
  streams = '_assistance-';

  constructor(private readonly log: EventLog) {}

  async append(stream: StreamName, expected: Expectation, events: readonly NewEvent[]) {
    await this.waitFor(stream);
    return this.log.append(stream, expected, events);
  }

  async readStream(stream: StreamName, from?: number, limit?: number) {
    await this.waitFor(stream);
    return this.log.readStream(stream, from, limit);
  }

  readAll(after?: Position): AsyncIterable<LoggedEvent> {
    return this.log.readAll(after);
  }

  follow(after: Position | undefined, signal: AbortSignal) {
    return this.log.follow(after, signal);
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async waitFor(stream: StreamName): Promise<void> {
    if (stream.includes(this.streams)) await this.wait();
  }
}

const atOnce = (): Promise<void> => Promise.resolve();
let folder: TempFolder;
let service: Service;
let slow: SlowLog;
let wu: Officer;
let path: string;

beforeAll(async () => {
  folder = await tempFolder();
  const settings = {
    KESU_DATA: folder.at('data'),
    KESU_PORT: '0',
    KESU_ROLES: 'api',
    KESU_LOG_LEVEL: 'silent',
    KESU_EVENTSTORE_RETRY_SECONDS: '1',
  };
  service = await startService(readSettings(settings), async (...how) => {
    const opened = await openLog(...how);
    slow = new SlowLog(opened.log);
    return { ...opened, log: slow };
  });
  wu = new Officer(() => service.url, 'wu.handler');
}, 60_000);

beforeEach(async () => {
  slow.wait = atOnce;
  const { body } = await new Officer(() => service.url, 'chen.handler').post('/v1/assistance', aRequest());
  path = `/v1/assistance/${body.case}`;
});

afterAll(async () => {
  slow.wait = atOnce;
  await service.close();
  await folder.remove();
}, 60_000);

const step = (key: string) => wu.post(`${path}/steps`, aStep(), { key });

it('answers while the log is still silent, and the command ends as it would have', async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  slow.wait = () => gate;
  const [key, another] = [randomUUID(), randomUUID()];
  // One of them waits for its turn behind the other, which does not end.
  for (const answer of await Promise.all([step(key), step(another)])) {
    expect([answer.status, answer.body.code]).toEqual([503, 'OUTCOME_UNKNOWN']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.text).toContain(`"statusUrl":"${path}/commands/`);
  }
  slow.wait = atOnce;
  open();
  const repeated = await Promise.all([step(key), step(another)]);
  expect(repeated.map(({ status }) => status)).toEqual([201, 201]);
  expect(repeated.map(({ body }) => body.revision).sort()).toEqual([1, 2]);
  for (const { body } of repeated)
    expect((await wu.get(`${path}/commands/${body.commandId}`)).body.status).toBe('recorded');
});

it('counts every question and every turn of a command together', async () => {
  slow.wait = () => new Promise((resolve) => setTimeout(resolve, 400));
  const keys = Array.from({ length: 10 }, () => randomUUID());
  const answers = await Promise.all(keys.map(step));
  const codes = answers.map(({ status, body }) => (status === 201 ? 'RECORDED' : body.code));
  expect(new Set(codes)).toEqual(new Set(['RECORDED', 'OUTCOME_UNKNOWN']));
  slow.wait = atOnce;
  const repeated = await Promise.all(keys.map(step));
  expect(repeated.map(({ status }) => status)).toEqual(keys.map(() => 201));
  expect(repeated.map(({ body }) => body.revision).sort((a, b) => a - b)).toEqual(keys.map((_key, n) => n + 1));
  for (const [n, { status, text }] of answers.entries()) if (status === 201) expect(repeated[n]?.text).toBe(text);
});

it('is not ready while the log does not read the ledger’s first event', async () => {
  const ready = async () => request(`${service.url}/health/ready`, 'GET', {});
  const fine = await ready();
  expect([fine.status, fine.body.status]).toEqual([200, 'ready']);
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  [slow.streams, slow.wait] = ['_ledger-', () => gate];
  const { status, text } = await ready();
  expect(status).toBe(503);
  expect(text).toContain('事件日志：2 秒内没有读出账本的第一个事件');
  [slow.streams, slow.wait] = ['_assistance-', atOnce];
  open();
  while ((await ready()).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
});
