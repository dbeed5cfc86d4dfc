import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson, caseSubject, keyedDigest, uuid, type Json, type Key, type LoggedEvent } from '#libs/kernel';
import { KeyFolder, openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import {
  aClosure,
  aFeedback,
  aFiling,
  anAcceptance,
  anExtension,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  buildApps,
  Officer,
  person,
  ServiceProcess,
  tempFolder,
  type Reply,
  type TempFolder,
} from '../service/index.js';
import { filesBelow, forms, stands } from './traces.js';

/** A name and an ID number found nowhere else on this machine. */
const NAME = '钱鲲骋砺';
const ID_NUMBER = '35020319900307771X';
const KEY = 'canary-request';
/** What a change rests on is no secret, and shows that the register is looked at. */
const DOCUMENT = '厦编办〔2026〕88号';

let folder: TempFolder;
let service: ServiceProcess | undefined;
let output = '';
let caseId = '';
const text = (about: string): string => `${about}，${NAME}，身份证号${ID_NUMBER}。`;
const sentRequest = aRequest({
  matter: text('事项'),
  legalBasis: text('依据'),
  grounds: [{ code: 'XM-9-6', note: text('情形') }],
  requestedManner: text('方式'),
  materials: [{ name: text('材料'), copies: 2 }],
  counterparties: [{ name: NAME, idNumber: ID_NUMBER, address: text('地址'), contact: text('电话').slice(0, 100) }],
});

const settings = (): Record<string, string> => ({
  KESU_DATA: folder.at('data'),
  KESU_KEYS: folder.at('keys'),
  KESU_PORT: '0',
  KESU_LOG_LEVEL: 'debug',
});

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
  const started = await ServiceProcess.start(settings());
  service = started;
  await driveCase();
  await makeMistakes();
  const { status } = await as('luo.operator').post('/v1/operations/backups', { target: folder.at('backup') });
  expect(status).toBe(201);
  await sleep(200);
  await started.stop();
  output = started.output;
}, 180_000);

afterAll(async () => {
  await service?.kill();
  await folder.remove();
});

const as = (account: string): Officer => new Officer(() => service?.url ?? '', account);

/** The name and the number in every field that may name somebody. */
async function driveCase(): Promise<void> {
  const [chen, wu] = [as('chen.handler'), as('wu.handler')];
  const { body } = await recorded(chen.post('/v1/assistance', sentRequest, { key: KEY }));
  caseId = body.case;
  const content = Buffer.from(text('笔录').repeat(3_000), 'utf8');
  const { digest } = (await recorded(wu.upload(content, 'text/plain'))).body;
  const documents = [{ digest, name: text('附件') }];
  const post = (path: string, command: object, revision?: number) =>
    recorded(
      wu.post(`/v1/assistance/${caseId}/${path}`, command, {
        headers: revision === undefined ? {} : { 'if-match': `"${revision}"` },
      }),
    );
  await post('receipts', aReceipt({ proof: { kind: 'other', note: text('凭证') } }));
  await post('acceptances', anAcceptance({ documents }));
  await post('steps', aStep({ step: text('步骤') }));
  const extended = await post('extensions', anExtension({ circumstance: text('特殊情况') }), 3);
  await post('filings', aFiling(extended.body.events[0]?.id ?? ''));
  await post('provisions', aProvision({ performedScope: text('范围') }));
  const feedback = { matter: text('事项'), course: text('过程'), result: text('结果'), other: text('其他') };
  await post('feedback', aFeedback(feedback));
  await post('closure', aClosure({ note: text('办结') }), 7);
  await changeRegister();
  for (const officer of [chen, wu]) {
    const { text: told } = await officer.get(`/v1/assistance/${caseId}`);
    expect(told).toContain(ID_NUMBER);
    await officer.get(`/v1/assistance/${caseId}/timeline`);
    const { bytes } = await officer.download(`/v1/assistance/${caseId}/documents/${digest}`);
    expect(bytes.equals(content)).toBe(true);
  }
}

/** In why the register should be changed, why not, and in the name of an account. */
async function changeRegister(): Promise<void> {
  const link = {
    ...{ occurredAt: { on: '2026-09-18' }, person: person('wu.handler') },
    ...{ account: ID_NUMBER, reason: text('申请'), documentNumber: DOCUMENT },
  };
  const asked = await recorded(as('he.registrar').post('/v1/register/accounts', link));
  const request = asked.body.events[0]?.id;
  const headers = { 'if-match': asked.headers.get('etag') ?? '' };
  const refusal = { occurredAt: { on: '2026-09-18' }, request, reason: text('不予变更') };
  const fang = as('fang.registrar');
  await recorded(fang.post('/v1/register/refusals', refusal, { headers }));
  const { text: told } = await fang.get(`/v1/register/changes/${request}`);
  expect(told.split(ID_NUMBER)).toHaveLength(3);
}

/** And in what is refused: shapes, codes, other bodies under a used key, addresses, queries, headers. */
async function makeMistakes(): Promise<void> {
  const chen = as('chen.handler');
  const path = `/v1/assistance/${caseId}`;
  const encoded = encodeURIComponent(NAME);
  const refused = [
    await chen.post('/v1/assistance', { ...sentRequest, [NAME]: ID_NUMBER }),
    await chen.post('/v1/assistance', { ...sentRequest, form: ID_NUMBER }),
    await chen.post('/v1/assistance', { ...sentRequest, matter: text('改') }, { key: KEY }),
    await chen.post('/v1/assistance', {}, { raw: `{"matter":"${text('半')}` }),
    await chen.post('/v1/assistance', {}, { raw: text('非'), headers: { 'content-type': 'text/plain' } }),
    await chen.post(`${path}/steps`, aStep({ step: `${text('长')}${'长'.repeat(2000)}` })),
    await chen.upload(Buffer.from(`<html>${text('网页')}`, 'utf8')),
    await chen.get(`${path}/documents/${encoded}-${ID_NUMBER}`),
    await chen.get(`/v1/assistance/${encoded}-${ID_NUMBER}`),
    await chen.get(`/v1/assistance?status=${ID_NUMBER}&name=${encoded}`),
    await chen.get(`/v1/${encoded}?id=${ID_NUMBER}`),
    await chen.get(path, { 'kesu-purpose': ID_NUMBER }),
    await chen.get(path, { 'kesu-acting-as': ID_NUMBER }),
    await chen.get(path, { authorization: `Bearer ${ID_NUMBER}` }),
  ];
  expect(refused.filter(({ status }) => status < 400 || status > 499)).toEqual([]);
}

async function recorded(answer: Promise<Reply>): Promise<Reply> {
  const reply = await answer;
  expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
  return reply;
}

const found = (bytes: Buffer): boolean => [NAME, ID_NUMBER].some((secret) => stands(secret, bytes));

it('would be found in every form it is looked for in', () => {
  for (const secret of [NAME, ID_NUMBER])
    for (const form of forms(secret))
      expect(found(Buffer.concat([Buffer.from('before'), form, Buffer.from('after')]))).toBe(true);
  expect(found(Buffer.from(Buffer.from(`x${NAME}y`).toString('base64url')))).toBe(true);
});

it('would be found in the log: what is not sealed stands there in clear', () => {
  for (const clear of ['厦市监协函〔2026〕12号', DOCUMENT].map((words) => Buffer.from(words)))
    for (const place of ['data/log', 'backup'])
      expect(filesBelow(folder.at(place)).some((file) => readFileSync(file).includes(clear))).toBe(true);
});

it.each(['data/log', 'data/documents', 'keys', 'backup'])('stands in no byte of %s', (place) => {
  const files = filesBelow(folder.at(place));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => found(readFileSync(file)))).toEqual([]);
});

it('stands in no byte the service wrote about itself', () => {
  expect(output).toContain('request');
  expect(found(Buffer.from(output))).toBe(false);
});

describe('whoever knows every field but the ID number', () => {
  const events: LoggedEvent[] = [];
  let key: Key;

  beforeAll(async () => {
    const read = readSettings(settings());
    const opened = await openLog(read, new RealClock(), structuredLogger('silent'));
    for await (const event of opened.log.readAll()) if (event.stream.endsWith(caseId)) events.push(event);
    await opened.close();
    key = (await new KeyFolder(read.keys).find(caseSubject(uuid(caseId)))) as Key;
  }, 60_000);

  /** What somebody who guesses would hash: the value, the field, the body, the whole command. */
  function guesses(idNumber: string): readonly string[] {
    const body = JSON.parse(JSON.stringify(sentRequest).replaceAll(ID_NUMBER, idNumber)) as Json;
    const texts = [idNumber, JSON.stringify(idNumber), `${NAME}${idNumber}`, `${NAME} ${idNumber}`];
    const bodies = [body, (body as { counterparties: Json[] }).counterparties[0], { idNumber }].map((value) =>
      canonicalJson(value),
    );
    const commands = [null, 'chen.handler'].map((actingAs) =>
      canonicalJson(['POST', '/v1/assistance', actingAs, body]),
    );
    return [...texts, ...bodies, JSON.stringify(body), ...commands];
  }

  /** Every text of an event, and its bytes where it may be base64url or hex. */
  function stored(): Set<string> {
    const texts = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value === 'string') {
        // A command's digest stands behind the generation of its key: `1.<digest>`.
        for (const text of new Set([value, ...value.split('.')])) {
          texts.add(text);
          for (const encoding of ['base64url', 'hex'] as const) texts.add(Buffer.from(text, encoding).toString('hex'));
        }
      } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
    };
    events.forEach(walk);
    return texts;
  }

  /** Digests of a guess, plain and keyed with everything that stands in the log beside it. */
  function* digests(guess: string, known: readonly string[]): Generator<string> {
    for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512', 'sm3']) {
      yield createHash(algorithm).update(guess).digest('hex');
      for (const salt of known) {
        yield createHmac(algorithm, salt).update(guess).digest('hex');
        yield createHmac(algorithm, Buffer.from(salt, 'base64url')).update(guess).digest('hex');
        yield createHash(algorithm).update(salt).update(guess).digest('hex');
        yield createHash(algorithm).update(Buffer.from(salt, 'base64url')).update(guess).digest('hex');
        yield createHash(algorithm).update(guess).update(salt).digest('hex');
      }
    }
  }

  const confirms = (idNumber: string): boolean => {
    const texts = stored();
    const known = [...texts].filter((value) => value.length <= 64);
    for (const guess of guesses(idNumber))
      for (const digest of digests(guess, known)) if (texts.has(digest)) return true;
    return false;
  };

  it('cannot confirm it by any hash that stands in the log', () => {
    expect(events.length).toBe(9);
    expect(confirms(ID_NUMBER)).toBe(false);
  });

  it('could, with the key: so the guess is the right one', () => {
    const said = ['POST', '/v1/assistance', null, JSON.parse(JSON.stringify(sentRequest)) as Json];
    expect(stored()).toContain(keyedDigest(said, key));
  });
});
