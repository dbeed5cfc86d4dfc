import { derivedId, instant, LogUnavailable, type EventLog } from '#libs/kernel';
import { emptyLawBook, shippedCalendar } from '#libs/law';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { ledgerStream } from '../../libs/platform/src/ledger/index.js';
import { readinessOf, type Watched } from '../../libs/platform/src/http/readiness.js';

const edition = { pack: {}, digest: '' } as unknown as (typeof emptyLawBook.editions)[number];

async function begunLog(): Promise<EventLog> {
  const log = new MemoryEventLog('kesu', () => instant('2026-09-18T01:00:00Z'));
  await log.append(ledgerStream('kesu'), 'no-stream', [
    { id: derivedId('opened'), type: 'LedgerOpened', data: {}, metadata: {} },
  ]);
  return log;
}

const watchedOn = (log: Pick<EventLog, 'readStream'>, other: Partial<Watched> = {}): Watched => ({
  settings: { ledger: 'kesu', mode: 'production', roles: new Set(['api', 'projector']) },
  log: { log, health: () => ({ kind: 'embedded' }) },
  law: { book: { ...emptyLawBook, editions: [edition], calendar: shippedCalendar().calendar } },
  clockWatch: { agrees: true, worstMs: 3.7 },
  viewing: {
    answers: () => Promise.resolve(true),
    feeding: () => ({ caughtUp: true, milliseconds: 0 }),
  },
  troubles: { now: { quarantined: [], alarms: [] } },
  ...other,
});

const silent = (): Promise<never> => new Promise(() => undefined);
const feeding = (ended: 'replaced' | 'stopped'): Watched['viewing'] => ({
  answers: () => Promise.resolve(true),
  feeding: () => ({ caughtUp: true, milliseconds: 0, ended }),
});

it('has no fault when every part answers, and says how each is', async () => {
  expect(await readinessOf(watchedOn(await begunLog()))()).toEqual({
    faults: [],
    warnings: [],
    parts: {
      ledger: { name: 'kesu', mode: 'production', roles: ['api', 'projector'] },
      log: { answers: true, kind: 'embedded' },
      clock: { agrees: true, worstSkewMs: 4 },
      law: { packs: 1, calendar: shippedCalendar().calendar.version, organs: 0 },
      views: { answers: true, caughtUp: true, milliseconds: 0 },
    },
  });
});

it('does not ask for read models where there are none', async () => {
  const viewing = { answers: undefined, feeding: () => undefined };
  const { faults, parts } = await readinessOf(watchedOn(await begunLog(), { viewing }))();
  expect([faults, parts.views]).toEqual([[], undefined]);
});

it.each<[string, string, Partial<Watched>]>([
  ['a clock that disagrees', '时钟：', { clockWatch: { agrees: false, worstMs: 9_000 } }],
  ['no law', '规则：', { law: { book: emptyLawBook } }],
  [
    'views that refuse',
    '读模型：数据库',
    { viewing: { ...feeding('stopped'), answers: () => Promise.reject(new Error()), feeding: () => undefined } },
  ],
  ['views that are silent', '读模型：数据库', { viewing: { answers: silent, feeding: () => undefined } }],
  ['tables of another program', '读模型：定义已被另一版本的程序变更', { viewing: feeding('replaced') }],
  ['a projector that ends', '读模型：更新已中断', { viewing: feeding('stopped') }],
])('names %s, and nothing else', async (_what, fault, other) => {
  const { faults } = await readinessOf(watchedOn(await begunLog(), other))();
  expect(faults).toEqual([expect.stringContaining(fault)]);
});

it.each<[string, EventLog['readStream']]>([
  ['is away', () => Promise.reject(new LogUnavailable('esdb://admin:secret@store:2113 does not answer'))],
  ['is silent', silent],
  ['does not have the ledger', (stream, ...rest) => new MemoryEventLog('kesu').readStream(stream, ...rest)],
  ['has lost its first event', () => Promise.resolve([])],
])('names a log that %s, without what the log says', async (_what, readStream) => {
  const told = await readinessOf(watchedOn({ readStream }))();
  expect(told.faults).toEqual(['事件日志：2 秒内没有读出账本的第一个事件']);
  expect(told.parts.log).toEqual({ answers: false, kind: 'embedded' });
  expect(JSON.stringify(told)).not.toMatch(/esdb|secret/);
});

it('asks a silent log one thing at a time, and again once that has ended', async () => {
  const log = await begunLog();
  let [asked, open] = [0, (): void => undefined];
  const gate = new Promise<void>((resolve) => (open = resolve));
  const readiness = readinessOf(
    watchedOn({
      readStream: async (...what) => {
        asked += 1;
        await gate;
        return log.readStream(...what);
      },
    }),
  );
  const answers = await Promise.all([readiness(), readiness(), readiness()]);
  expect([asked, answers.map(({ faults }) => faults.length)]).toEqual([1, [1, 1, 1]]);
  open();
  await gate;
  expect((await readiness()).faults).toEqual([]);
});

it('warns of streams that cannot be read or were tampered with, names none of them, and is ready all the same', async () => {
  const stream = ledgerStream('kesu');
  const alarm = { stream, reason: 'damaged-record', detail: 'one' } as const;
  const now = {
    quarantined: [{ stream, revision: 3, reason: 'UnknownFact' }],
    alarms: [alarm, { ...alarm, detail: 'two' }],
  };
  const told = await readinessOf(watchedOn(await begunLog(), { troubles: { now } }))();
  expect(told.faults).toEqual([]);
  expect(told.warnings).toEqual([
    '隔离：1 个事件流有本程序无法解读的事件',
    '完整性告警：1 个事件流曾被改动或已损坏，停止读写',
  ]);
  expect(JSON.stringify(told)).not.toContain(stream);
});
