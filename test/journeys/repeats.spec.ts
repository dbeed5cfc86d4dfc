import { randomUUID } from 'node:crypto';
import {
  aReceipt,
  aRequest,
  aStep,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

const opened = async (): Promise<string> => (await chen.post('/v1/assistance', aRequest())).body.case;
const whole = ({ status, text, headers }: Reply) => [status, text, headers.get('etag'), headers.get('location')];
const revisionOf = async (id: string): Promise<number> =>
  (await wu.post(`/v1/assistance/${id}/steps`, aStep())).body.revision;

describe('the same command again', () => {
  it.each(['at once', 'after later commands', 'after a restart'])('gets the same answer %s', async (when) => {
    const [requestKey, stepKey] = [randomUUID(), randomUUID()];
    const request = () => chen.post('/v1/assistance', aRequest(), { key: requestKey });
    const first = await request();
    const step = () => wu.post(`/v1/assistance/${first.body.case}/steps`, aStep(), { key: stepKey });
    const firstStep = await step();
    expect([first.status, firstStep.status]).toEqual([201, 201]);
    if (when !== 'at once')
      for (let n = 0; n < 3; n += 1) await wu.post(`/v1/assistance/${first.body.case}/steps`, aStep());
    if (when === 'after a restart') await here.restart();
    expect(whole(await step())).toEqual(whole(firstStep));
    expect(whole(await request())).toEqual(whole(first));
  });

  it('is recorded once when it is sent many times at once', async () => {
    const id = await opened();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => wu.post(`/v1/assistance/${id}/steps`, aStep(), { key })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.revision).toBe(1);
    expect(await revisionOf(id)).toBe(2);
  });

  it('opens one case when it is sent many times at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => chen.post('/v1/assistance', aRequest(), { key })),
    );
    expect([...new Set(answers.map(({ status, text }) => `${status} ${text}`))]).toHaveLength(1);
    expect(answers[0]?.body.revision).toBe(0);
  });

  it('does not need the If-Match it was sent with, and is not judged by it again', async () => {
    const id = await opened();
    const key = randomUUID();
    const close = (headers: Record<string, string>) =>
      chen.post(`/v1/assistance/${id}/closure`, { occurredAt: { on: '2026-10-01' } }, { key, headers });
    const first = await close({ 'if-match': '"0"' });
    expect(first.status).toBe(201);
    expect(whole(await close({ 'if-match': '"0"' }))).toEqual(whole(first));
    expect(whole(await close({ 'if-match': '"7"' }))).toEqual(whole(first));
    expect(whole(await close({}))).toEqual(whole(first));
  });

  it.each([
    ['/v1/%61ssistance', (path: string) => path.replace('assistance', '%61ssistance')],
    [
      'an escaped id',
      (path: string) => path.replace(/.(?=\/receipts$)/, (last) => `%${last.charCodeAt(0).toString(16)}`),
    ],
    ['a query', (path: string) => `${path}?again`],
  ])('may spell its path otherwise: %s', async (_how, spelt) => {
    const keys = [randomUUID(), randomUUID()] as const;
    const send = async (officer: Officer, path: string, body: object, key: string) =>
      officer.post(path, body, { key }).then(({ status, text }) => [status, text]);
    const first = await send(chen, '/v1/assistance', aRequest(), keys[0]);
    expect(first[0]).toBe(201);
    expect(await send(chen, spelt('/v1/assistance'), aRequest(), keys[0])).toEqual(first);
    const path = `/v1/assistance/${await opened()}/receipts`;
    const receipt = await send(wu, spelt(path), aReceipt(), keys[1]);
    expect(receipt[0]).toBe(201);
    expect(await send(wu, path, aReceipt(), keys[1])).toEqual(receipt);
  });

  it('may say its body’s members in any order', async () => {
    const id = await opened();
    const key = randomUUID();
    const { occurredAt, proof } = aReceipt() as Record<string, unknown>;
    const first = await wu.post(`/v1/assistance/${id}/receipts`, { occurredAt, proof }, { key });
    expect(whole(await wu.post(`/v1/assistance/${id}/receipts`, { proof, occurredAt }, { key }))).toEqual(whole(first));
  });
});

describe('another command', () => {
  it('under a used key is refused, and nothing is recorded', async () => {
    const id = await opened();
    const key = randomUUID();
    await wu.post(`/v1/assistance/${id}/steps`, aStep(), { key });
    const other = await wu.post(`/v1/assistance/${id}/steps`, aStep({ step: '另一件事' }), { key });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const requestKey = randomUUID();
    await chen.post('/v1/assistance', aRequest(), { key: requestKey });
    const otherRequest = await chen.post('/v1/assistance', aRequest({ matter: '另一请求' }), { key: requestKey });
    expect([otherRequest.status, otherRequest.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await revisionOf(id)).toBe(2);
  });

  it.each([
    [
      'by another person',
      async (id: string, key: string) => here.as('xu.head').post(`/v1/assistance/${id}/steps`, aStep(), { key }),
    ],
    [
      'to another address',
      async (id: string, key: string) => wu.post(`/v1/assistance/${id}/receipts`, aReceipt(), { key }),
    ],
  ])('%s may use the same key', async (_whose, send) => {
    const id = await opened();
    const key = randomUUID();
    const first = await wu.post(`/v1/assistance/${id}/steps`, aStep(), { key });
    const second = await send(id, key);
    expect([first.body.revision, second.status, second.body.revision]).toEqual([1, 201, 2]);
    expect(second.body.commandId).not.toBe(first.body.commandId);
  });
});
