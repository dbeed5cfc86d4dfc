import { assistance, caseFile, type AssistanceFact } from '#libs/assistance';
import { fromMilliseconds, streamName, type AnyFact, type NewEvent, type Uuid } from '#libs/kernel';
import { shippedCalendar, shippedPacks, type LawFact, type RegisterFact } from '#libs/law';
import { openEmbeddedLog, type EmbeddedLog } from '../../libs/platform/src/event-log/embedded/index.js';
import {
  createSchema,
  projected,
  Projector,
  rebuild,
  rowOf,
  rowsOf,
  viewHash,
  viewTables,
} from '../../libs/platform/src/views/index.js';
import {
  delivered,
  extended,
  fedBack,
  organs,
  provided,
  recorder,
  requested,
  step,
} from '../../libs/testing/src/specification/assistance-cases.js';
import type { Happened } from '../../libs/testing/src/specification/index.js';
import { rm } from 'node:fs/promises';
import { silent } from '../service/index.js';
import { freshLedger, onEveryDatabase, tempFolder, until, whileRunning } from './bench.js';
import { id } from './tickets.js';

const system = projected(assistance);
const day = requested('2026-01-01').occurredAt;
const caseOf = (n: number): Uuid => id(['assistance', n]);
const story = [
  requested('2026-09-17'),
  delivered('2026-09-18'),
  step('2026-09-21'),
  extended('2026-10-08'),
  provided('2026-10-20'),
  fedBack('2026-10-21'),
];
const register: readonly Happened<RegisterFact>[] = [
  {
    type: 'OrganRegistered',
    data: { organ: organs.market, name: '厦门市市场监督管理局', kind: 'administrative', region: '350200' },
    occurredAt: day,
  },
  {
    type: 'OrganRegistered',
    data: { organ: organs.ecology, name: '厦门市生态环境局', kind: 'administrative', region: '350200' },
    occurredAt: day,
  },
];

function stored(name: string, { type, data, occurredAt }: Happened<AnyFact>, at: number): NewEvent {
  const event = id([name, at]);
  const metadata = {
    ...{ envelope: 1, version: 1, commandId: event, commandDigest: 'digest', basis: {}, salt: 'salt' },
    ...{ $correlationId: event, $causationId: event, occurredAt, recorder: { ...recorder } },
    recordedAt: fromMilliseconds(1_797_000_000_000 + at),
  };
  return { id: event, type, data: { ...data }, metadata };
}

/** Twelve cases, each as far as its number says, whose law was recorded in the middle of them. */
async function fill(log: EmbeddedLog, ledger: string): Promise<void> {
  const append = async (category: string, of: Uuid, facts: readonly Happened<AnyFact>[], from = 0): Promise<void> => {
    const events = facts.map((fact, index) => stored(`${category} ${of}`, fact, from + index));
    if (events.length > 0)
      await log.append(streamName(ledger, category, of), from === 0 ? 'no-stream' : from - 1, events);
  };
  const facts = (n: number): readonly Happened<AssistanceFact>[] => story.slice(0, 1 + (n % story.length));
  for (let n = 0; n < 12; n += 1) await append('assistance', caseOf(n), facts(n).slice(0, 2));
  const [edition] = shippedPacks();
  if (!edition) throw new Error('no pack is shipped');
  const law: Happened<LawFact>[] = [
    { type: 'RulePackPublished', data: edition, occurredAt: day },
    { type: 'CalendarPublished', data: shippedCalendar(), occurredAt: day },
  ];
  await append('rulePack', id('pack'), law.slice(0, 1));
  await append('organRegister', id('register'), register);
  for (let n = 0; n < 12; n += 1) await append('assistance', caseOf(n), facts(n).slice(2), 2);
  await append('calendar', id('calendar'), law.slice(1));
}

let only: string | undefined;

onEveryDatabase((db) => {
  const ledger = freshLedger();
  let folder: string;
  let log: EmbeddedLog;
  beforeAll(async () => {
    folder = await tempFolder();
    log = await openEmbeddedLog({ folder, ledger, clock: { now: () => fromMilliseconds(Date.now()) } });
    await fill(log, ledger);
  });
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([1, 7, 1000])(
    '行政协助 from the embedded log, live and rebuilt in batches of %i: one hash',
    async (batchSize) => {
      await db().query(`DROP SCHEMA IF EXISTS ${viewTables(db(), ledger).schema} CASCADE`);
      const tables = await createSchema(db(), ledger, system.views);
      const projector = new Projector({ db: db(), log, ledger, systems: [system], batchSize, logger: silent });
      await whileRunning([projector], () => until(() => projector.lag().caughtUp));
      const live = await viewHash(db(), ledger, system.views);
      expect(live).toBe((only ??= live));
      expect(await rebuild({ db: db(), log, systems: [system], ledger, batchSize })).toEqual({
        events: 46,
        hash: live,
      });
      // Judged by law that was recorded after it: due over the National Day holiday, whose calendar came last of all.
      expect(await rowOf(tables, caseFile, caseOf(1))).toMatchObject({
        status: 'delivered',
        pack: expect.stringMatching(/^XM@2020-04-10#\d+$/),
        due_on: '2026-10-09',
      });
      expect(await rowsOf(tables, system.views[1]!, caseOf(5))).toHaveLength(6);
    },
  );
});
