import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { caseSubject, uuid } from '#libs/kernel';
import {
  aRequest,
  buildApps,
  Officer,
  ServiceProcess,
  tempFolder,
  type Reply,
  type TempFolder,
} from '../service/index.js';

/*
 * The process is killed as soon as an erasure is recorded, before, while or after its key is destroyed. Whatever was done
 * by then, the next start destroys the key: an erasure that was acknowledged is never left with its key alive.
 */
const ROUNDS = 4;
const day = { occurredAt: { on: '2026-09-22' } };

let folder: TempFolder;
let service: ServiceProcess | undefined;

const settings = (): Record<string, string> => ({
  KESU_DATA: folder.at('data'),
  KESU_KEYS: folder.at('keys'),
  KESU_PORT: '0',
  KESU_ROLES: 'api',
  KESU_LOG_LEVEL: 'silent',
});

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
}, 120_000);

afterAll(async () => {
  await service?.kill();
  await folder.remove();
}, 60_000);

const as = (account: string): Officer => new Officer(() => service?.url ?? '', account);
const idOf = ({ status, body, text }: Reply): string => {
  expect([status, text]).toEqual([201, expect.any(String)]);
  return body.events[0]?.id ?? '';
};

/** The subjects of all keys there are, and were. */
const keysThere = (): ReadonlySet<string> =>
  new Set(
    readdirSync(folder.at('keys'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /^[0-9a-f-]{36}(\.erased)?$/.test(entry.name))
      .map(({ name }) => name),
  );

const isAlive = (subject: string): boolean => {
  const path = join(folder.at('keys'), subject.slice(0, 2), subject);
  const there = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;
  return !there(`${path}.erased`) || there(path);
};

it(`kills the service right after each of ${ROUNDS} acknowledged erasures: every key is destroyed by the next start`, async () => {
  const erased: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    service = await ServiceProcess.start(settings());
    for (const subject of erased) await untilDestroyed(subject);
    const before = keysThere();
    const opening = await as('chen.handler').post('/v1/assistance', aRequest({ counterparties: [{ name: '某人' }] }));
    const id = opening.body.case;
    idOf(opening);
    const subject = subjectIn(id, before);
    const because = { ground: 'consentWithdrawn', citation: '个人信息保护法第四十七条', reason: '撤回同意' };
    const asked = await as('lin.clerk').post(`/v1/assistance/${id}/erasures`, { ...day, subject, ...because });
    const path = `/v1/assistance/${id}/erasures/${idOf(asked)}/approval`;
    const approved = await as('huang.head').post(path, day, { headers: { 'if-match': '"1"' } });
    idOf(approved);
    await service.kill();
    erased.push(subject);
  }
  service = await ServiceProcess.start(settings());
  for (const subject of erased) await untilDestroyed(subject);
}, 180_000);

/** Of the two keys an opening makes, the one that is not the case's own. */
function subjectIn(id: string, before: ReadonlySet<string>): string {
  const made = [...keysThere()].filter((name) => !before.has(name));
  const persons = made.filter((subject) => subject !== caseSubject(uuid(id)));
  expect([made.length, persons.length]).toEqual([2, 1]);
  return persons[0] ?? '';
}

async function untilDestroyed(subject: string): Promise<void> {
  const end = performance.now() + 15_000;
  while (isAlive(subject)) {
    if (performance.now() > end) throw new Error(`the key of ${subject} is alive`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
