/**
 * The load generator: a process of its own, so that nothing it knows is lost with the service. Every command is sent
 * under a key of its own until it is answered; one that is in doubt is sent again, with the same key and the same bytes.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { aReceipt, aRequest, aStep, anAcceptance } from '../service/bodies.js';
import { developmentToken, request, type Reply } from '../service/client.js';
import { writeNote } from './notes.js';

const [file = '', ...urls] = process.argv.slice(2);
const WORKERS = 12;
const STEPS_PER_CASE = 5;
const PAUSE_MS = 20;
/** The codes of a 503 that says to come again. */
const WAITED_FOR: ReadonlySet<string> = new Set(['LOG_UNAVAILABLE', 'OUTCOME_UNKNOWN']);

/** A command to be sent. */
interface Order {
  readonly account: string;
  readonly path: string;
  readonly body: object;
  readonly sent: Readonly<Record<string, string>>;
  readonly documents?: readonly string[];
}

/** The service answered something that it must not: the case is given up. */
class Unexpected extends Error {}

/** One of the processes of the service: none of them is to be told apart from another. */
const anyUrl = (): string => urls[randomInt(urls.length)] ?? '';

const tokens = new Map<string, string>();
let stopping = false;

async function tokenOf(account: string): Promise<string> {
  const token = tokens.get(account) ?? (await developmentToken(anyUrl(), account));
  tokens.set(account, token);
  return token;
}

/** Asks until there is an answer; a service that is away is waited for. */
async function answered(account: string, path: string, headers: Headers, body: string): Promise<Reply> {
  for (;;) {
    try {
      const authorization = `Bearer ${await tokenOf(account)}`;
      const reply = await request(anyUrl() + path, 'POST', { ...headers, authorization }, body);
      if (reply.status !== 503 || !WAITED_FOR.has(reply.body.code)) return reply;
    } catch {
      // Refused, cut or too slow: the outcome is unknown.
    }
    await sleep(PAUSE_MS);
  }
}

type Headers = Readonly<Record<string, string>>;

const answerTo = ({ account, path, body }: Order, key: string): Promise<Reply> =>
  answered(account, path, { 'content-type': 'application/json', 'idempotency-key': key }, JSON.stringify(body));

/** Brings a file found nowhere else. @returns its digest. */
async function bring(account: string): Promise<string> {
  const reply = await answered(account, '/v1/documents', { 'content-type': 'text/plain' }, `附件${randomUUID()}`);
  if (reply.status !== 201) throw new Unexpected(`a document: ${reply.status} ${reply.text}`);
  return (reply.body as unknown as { readonly digest: string }).digest;
}

/** @returns the case. */
async function send(order: Order): Promise<string> {
  const key = randomUUID();
  const reply = await answerTo(order, key);
  if (reply.status !== 201) throw new Unexpected(`${key} ${order.path}: ${reply.status} ${reply.text}`);
  const { case: id, events } = reply.body;
  writeNote(file, {
    kind: 'acknowledged',
    key,
    case: id,
    events: events.map(({ id, revision }) => ({ id, revision })),
    sent: order.sent,
    documents: order.documents ?? [],
  });
  if (randomInt(10) === 0) {
    const again = await answerTo(order, key);
    if (again.text !== reply.text) throw new Unexpected(`${key} was answered ${reply.text} and then ${again.text}`);
  }
  return id;
}

/** One case from its request on, each of its texts found nowhere else. */
async function driveCase(): Promise<void> {
  const unique = (): string => `核验${randomUUID()}`;
  const [matter, name, idNumber] = [unique(), unique(), randomUUID()];
  const id = await send({
    account: 'chen.handler',
    path: '/v1/assistance',
    body: aRequest({ matter, counterparties: [{ name, idNumber }] }),
    sent: { '/matter': matter, '/counterparties/0/name': name, '/counterparties/0/idNumber': idNumber },
  });
  const path = `/v1/assistance/${id}`;
  const note = unique();
  const proof = { kind: 'stamp', note };
  await send({
    account: 'wu.handler',
    path: `${path}/receipts`,
    body: aReceipt({ proof }),
    sent: { '/proof/note': note },
  });
  await send({ account: 'wu.handler', path: `${path}/acceptances`, body: anAcceptance(), sent: {} });
  const digest = await bring('wu.handler');
  const title = `${unique()}.txt`;
  await send({
    account: 'wu.handler',
    path: `${path}/steps`,
    body: aStep({ documents: [{ digest, name: title }] }),
    sent: { '/documents/0/name': title },
    documents: [digest],
  });
  for (let n = 0; n < STEPS_PER_CASE && !stopping; n += 1) {
    const step = unique();
    await send({ account: 'wu.handler', path: `${path}/steps`, body: aStep({ step }), sent: { '/step': step } });
  }
}

async function work(): Promise<void> {
  while (!stopping) {
    try {
      await driveCase();
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      writeNote(file, { kind: 'unexpected', what: error.message });
      await sleep(PAUSE_MS);
    }
  }
}

process.once('message', () => (stopping = true));
// A kill loop that is gone leaves nobody to stop for.
process.once('disconnect', () => process.exit());
void Promise.all(Array.from({ length: WORKERS }, work)).then(() => process.exit(0));
