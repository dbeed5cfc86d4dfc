import {
  alarmsOf,
  createSchema,
  Projector,
  quarantines,
  rebuild,
  rowOf,
  viewHash,
  viewTables,
  visible,
} from '../../libs/platform/src/views/index.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { silent } from '../service/index.js';
import { followToEnd, freshLedger, onEveryDatabase } from './bench.js';
import {
  calendarPublished,
  closed,
  noted,
  olderTicketSystem,
  opened,
  Recorder,
  ticketCase,
  ticketFile,
  ticketSystem,
  ticketViews,
} from './tickets.js';

onEveryDatabase((db) => {
  const fresh = () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    return { ledger, log, recorder: new Recorder(log, ledger), tables: viewTables(db(), ledger) };
  };

  it.each([1, 100])(
    'a fold that throws stops its own stream at the fact before, in batches of %i',
    async (batchSize) => {
      const { ledger, log, recorder, tables } = fresh();
      await recorder.ticket(1, opened(1), noted('好', 3), noted('poison'), noted('后来', 9));
      await recorder.ticket(2, opened(2), closed);
      const told: object[] = [];
      const logger = { ...silent, error: (_: string, detail?: object) => void told.push(detail ?? {}) };
      await followToEnd(db(), log, ledger, { batchSize, logger });
      const quarantine = { stream: recorder.ticketStream(1), revision: 2, reason: 'Error: this note cannot be folded' };
      expect(await quarantines(tables)).toEqual([quarantine]);
      expect(told).toEqual([quarantine]);
      expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ minutes: 3 });
      expect(await visible(tables, ticketCase(1), 1, 0)).toBe(true);
      expect(await visible(tables, ticketCase(1), 2, 0)).toBe(false);
      expect(await rowOf(tables, ticketFile, ticketCase(2))).toMatchObject({ state: { open: false } });
      await recorder.ticket(1, closed);
      await recorder.ticket(2, noted('还在', 1));
      await followToEnd(db(), log, ledger, { batchSize });
      expect(await rowOf(tables, ticketFile, ticketCase(2))).toMatchObject({ minutes: 1 });
      const live = await viewHash(db(), ledger, ticketViews);
      expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger })).hash).toBe(live);
      expect(await quarantines(tables)).toEqual([quarantine]);
    },
  );

  it.each([1, 100])('rows that cannot be made stop the stream likewise, in batches of %i', async (batchSize) => {
    const { ledger, log, recorder, tables } = fresh();
    await recorder.ticket(1, opened(1));
    const [first] = await recorder.ticket(2, opened(2), noted('好', 4));
    await recorder.correct(2, first, '/data/title', 'unshowable');
    await followToEnd(db(), log, ledger, { batchSize });
    expect(await quarantines(tables)).toMatchObject([{ stream: recorder.ticketStream(2), revision: 3 }]);
    expect(await rowOf(tables, ticketFile, ticketCase(2))).toMatchObject({ title: '事项 2', minutes: 4 });
  });

  it('a program that knows the fact takes the stream out of quarantine', async () => {
    const { ledger, log, recorder, tables } = fresh();
    await recorder.law(calendarPublished('2026'));
    await recorder.ticket(1, opened(1), noted('新事实', 3), closed);
    await recorder.ticket(2, opened(2));
    await followToEnd(db(), log, ledger, { systems: [olderTicketSystem] });
    expect(await quarantines(tables)).toMatchObject([{ revision: 1, reason: expect.stringContaining('UnknownFact') }]);
    await followToEnd(db(), log, ledger);
    expect(await quarantines(tables)).toEqual([]);
    const live = await viewHash(db(), ledger, ticketViews);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ minutes: 3, state: { open: false } });
    expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger })).hash).toBe(live);
  });

  it('a law fact of an unknown version is put in quarantine, and the law before it holds', async () => {
    const { ledger, log, recorder, tables } = fresh();
    const [published] = await recorder.law(calendarPublished('2025'));
    const { stream } = published ?? { stream: recorder.ticketStream(0) };
    await recorder.append(stream, [{ type: 'CalendarForetold', data: {} }]);
    await recorder.ticket(1, opened(1));
    await recorder.law(calendarPublished('2026'));
    await followToEnd(db(), log, ledger);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ calendar: '2025' });
    expect(await quarantines(tables)).toMatchObject([{ stream, revision: 1 }]);
    await followToEnd(db(), log, ledger);
    expect(await quarantines(tables)).toMatchObject([{ stream, revision: 1 }]);
  });

  it('an event missing from the log is an alarm, and the case stays where it was', async () => {
    const { ledger, log, recorder, tables } = fresh();
    await recorder.ticket(1, opened(1), noted('一', 1));
    await recorder.ticket(2, opened(2));
    await followToEnd(db(), log, ledger);
    await recorder.ticket(1, noted('丢失', 50), noted('其后', 7));
    log.lose(recorder.ticketStream(1), 2);
    await followToEnd(db(), log, ledger);
    expect(await alarmsOf(tables, recorder.ticketStream(1))).toMatchObject([{ reason: 'revision-gap' }]);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ minutes: 1 });
    expect(await alarmsOf(tables, recorder.ticketStream(2))).toEqual([]);
  });

  it('an alarm that is followed is kept, by a rebuild and by new definitions too', async () => {
    const { ledger, log, recorder, tables } = fresh();
    await recorder.ticket(1, opened(1));
    const alarm = { stream: recorder.ticketStream(1), reason: 'metadata-written', detail: '$maxCount' } as const;
    log.alarm(alarm);
    await recorder.ticket(2, opened(2));
    await followToEnd(db(), log, ledger);
    expect(await alarmsOf(tables, alarm.stream)).toEqual([alarm]);
    await rebuild({ db: db(), log, systems: [ticketSystem], ledger });
    expect(await alarmsOf(tables, alarm.stream)).toEqual([alarm]);
    expect(await createSchema(db(), ledger, [ticketFile])).toMatchObject({ begun: true });
    expect(await alarmsOf(tables, alarm.stream)).toEqual([alarm]);
  });

  it('tables of other definitions begin empty and are filled from the log; the older program stops writing', async () => {
    const { ledger, log, recorder, tables } = fresh();
    await recorder.ticket(1, opened(1));
    await followToEnd(db(), log, ledger);
    expect(await createSchema(db(), ledger, ticketViews)).toMatchObject({ begun: false });
    const wider = { ...ticketSystem, views: [...ticketViews, { ...ticketFile, name: 'another' }] };
    expect(await createSchema(db(), ledger, wider.views)).toMatchObject({ begun: true });
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toBeUndefined();
    const older = new Projector({ db: db(), log, ledger, systems: [ticketSystem], logger: silent });
    await expect(older.run(new AbortController().signal)).rejects.toMatchObject({ name: 'Replaced' });
    expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger })).events).toBe(1);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ title: '事项 1' });
  });
});
