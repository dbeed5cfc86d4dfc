import type { Followed, LoggedEvent } from '#libs/kernel';
import {
  createSchema,
  list,
  Projector,
  rebuild,
  rowOf,
  rowsOf,
  viewHash,
  viewTables,
  visible,
  type ViewDatabase,
} from '../../libs/platform/src/views/index.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { silent } from '../service/index.js';
import { followToEnd, freshLedger, onEveryDatabase, until, whileRunning } from './bench.js';
import {
  calendarPublished,
  changeApproved,
  changeRequested,
  closed,
  noted,
  opened,
  organChanged,
  organRegistered,
  Recorder,
  ticketCase,
  ticketFile,
  ticketOpen,
  ticketSystem,
  ticketTimeline,
  ticketViews,
} from './tickets.js';

/** 60 cases whose facts come in turns, with law between them, a correction, and texts that sort and escape badly. */
async function history(ledger: string): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(ledger);
  const recorder = new Recorder(log, ledger);
  await recorder.law(calendarPublished('2025'));
  await recorder.register(organRegistered(0, '市甲局'), organRegistered(1, '区乙局', 0));
  for (let n = 0; n < 60; n += 1) await recorder.ticket(n, opened(n, `事项 “${n}” \\ {a,b} NULL 'x' 𫖯`));
  for (let n = 0; n < 60; n += 1) await recorder.ticket(n, noted(`第一次，${n}`, n), noted('', 1));
  await recorder.register(organRegistered(2, '区丙局', 0), organRegistered(1, '区乙局（改名）', 0));
  const [note] = await recorder.ticket(7, noted('写错了', 700));
  await recorder.correct(7, note, '/data/minutes', 7);
  await recorder.law(calendarPublished('2026'));
  for (let n = 0; n < 60; n += 2) await recorder.ticket(n, noted('第二次', 2), closed);
  return log;
}

/** The one hash of {@link history}, whatever it was followed into and how. */
let only: string | undefined;

/** Which transactions are killed: the first ones, and some that follow on others that were not. */
const KILLS = new Set([1, 2, 4, 6, 7]);

onEveryDatabase((db) => {
  it.each([1, 7, 1000])('followed and rebuilt in batches of %i: one hash', async (batchSize) => {
    const ledger = freshLedger();
    const log = await history(ledger);
    await followToEnd(db(), log, ledger, { batchSize });
    const live = await viewHash(db(), ledger, ticketViews);
    expect(live).toBe((only ??= live));
    const rebuilt = await rebuild({ db: db(), log, systems: [ticketSystem], ledger, batchSize });
    expect(rebuilt).toEqual({ events: 249, hash: live });
    expect(await viewHash(db(), ledger, ticketViews)).toBe(live);
  });

  it.each([1, 1000])(
    'a view of whole cases keeps no row the case no longer has, in batches of %i',
    async (batchSize) => {
      const ledger = freshLedger();
      const log = new MemoryEventLog(ledger);
      const recorder = new Recorder(log, ledger);
      const items = async (n: number) =>
        (await rowsOf(viewTables(db(), ledger), ticketOpen, ticketCase(n))).map(({ item, minutes }) => [item, minutes]);
      await recorder.ticket(1, opened(1));
      await recorder.ticket(2, opened(2));
      await followToEnd(db(), log, ledger, { batchSize });
      expect([await items(1), await items(2)]).toEqual([
        [
          ['all', 0],
          ['few', 0],
        ],
        [
          ['all', 0],
          ['few', 0],
        ],
      ]);
      await recorder.ticket(1, noted('五分钟', 5));
      await followToEnd(db(), log, ledger, { batchSize });
      expect([await items(1), await items(2)]).toEqual([
        [['all', 5]],
        [
          ['all', 0],
          ['few', 0],
        ],
      ]);
      await recorder.ticket(1, closed);
      await recorder.ticket(2, noted('一分钟', 1));
      await followToEnd(db(), log, ledger, { batchSize });
      expect([await items(1), await items(2)]).toEqual([
        [],
        [
          ['all', 1],
          ['few', 1],
        ],
      ]);
      const live = await viewHash(db(), ledger, ticketViews);
      expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger, batchSize })).hash).toBe(live);
    },
  );

  it('the hash tells a changed cell, a missing row and an empty view apart', async () => {
    const ledger = freshLedger();
    const { schema } = viewTables(db(), ledger);
    const hashes = new Set<string>();
    await createSchema(db(), ledger, ticketViews);
    hashes.add(await viewHash(db(), ledger, ticketViews));
    await followToEnd(db(), await history(ledger), ledger);
    hashes.add(await viewHash(db(), ledger, ticketViews));
    await db().query(`UPDATE ${schema}."ticketFile" SET minutes = minutes + 1 WHERE "case" = $1`, [ticketCase(3)]);
    hashes.add(await viewHash(db(), ledger, ticketViews));
    await db().query(`DELETE FROM ${schema}."ticketTimeline" WHERE "case" = $1 AND revision = 1`, [ticketCase(3)]);
    hashes.add(await viewHash(db(), ledger, ticketViews));
    expect(hashes.size).toBe(4);
  });

  it('law recorded later judges the cases shown already, and only those it reaches', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    await recorder.ticket(0, opened(0));
    await recorder.ticket(1, opened(1), noted('一'));
    const tables = viewTables(db(), ledger);
    const file = (n: number) => rowOf(tables, ticketFile, ticketCase(n));
    await followToEnd(db(), log, ledger);
    expect(await file(1)).toMatchObject({ organName: null, calendar: '0' });
    await db().query(`UPDATE ${tables.schema}."ticketFile" SET title = 'untouched'`);
    await recorder.register(organRegistered(1, '区乙局'));
    await followToEnd(db(), log, ledger);
    expect(await file(1)).toMatchObject({ organName: '区乙局', title: '事项 1', minutes: 5 });
    expect(await file(0)).toMatchObject({ title: 'untouched' });
    await recorder.law(calendarPublished('2026'));
    await followToEnd(db(), log, ledger);
    expect(await file(0)).toMatchObject({ title: '事项 0', calendar: '2026' });
    expect(await rowsOf(tables, ticketTimeline, ticketCase(1))).toHaveLength(2);
  });

  it('a superior organ registered later reaches the cases of the organs below it', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    await recorder.register(organRegistered(1, '区乙局', 0));
    await recorder.ticket(1, opened(1));
    await recorder.ticket(2, opened(2));
    const tables = viewTables(db(), ledger);
    await followToEnd(db(), log, ledger);
    await db().query(`UPDATE ${tables.schema}."ticketFile" SET title = 'untouched'`);
    await recorder.register(organRegistered(0, '市甲局'));
    await followToEnd(db(), log, ledger);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ title: '事项 1' });
    expect(await rowOf(tables, ticketFile, ticketCase(2))).toMatchObject({ title: 'untouched' });
  });

  it('a change of the register reaches the cases it is about when it is approved, not when it is asked for', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    await recorder.register(
      organRegistered(0, '市甲局'),
      organRegistered(1, '区乙局', 0),
      organRegistered(2, '市丙局'),
    );
    await recorder.ticket(1, opened(1));
    await recorder.ticket(2, opened(2));
    const tables = viewTables(db(), ledger);
    const untouch = () => db().query(`UPDATE ${tables.schema}."ticketFile" SET title = 'untouched'`);
    const titles = async () => {
      await followToEnd(db(), log, ledger);
      return Promise.all([1, 2].map(async (n) => (await rowOf(tables, ticketFile, ticketCase(n)))?.title));
    };
    await titles();
    await untouch();
    const [asked] = await recorder.register(changeRequested(organChanged(0, '市甲局（改名）')));
    expect(await titles()).toEqual(['untouched', 'untouched']);
    await recorder.register(changeApproved(asked));
    expect(await titles()).toEqual(['事项 1', 'untouched']);
    await untouch();
    const [other] = await recorder.register(changeRequested(organChanged(1, '区乙局（改名）')));
    await recorder.register(changeApproved(other));
    expect(await titles()).toEqual(['事项 1', 'untouched']);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ organName: '区乙局（改名）' });
  });

  it('more cases than one transaction folds again are all folded again', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    for (let n = 0; n < 450; n += 1) await recorder.ticket(n, opened(n));
    await followToEnd(db(), log, ledger, { batchSize: 1000 });
    await recorder.law(calendarPublished('2026'));
    await followToEnd(db(), log, ledger);
    const { schema } = viewTables(db(), ledger);
    const found = await db().query(`SELECT calendar, count(*)::int AS n FROM ${schema}."ticketFile" GROUP BY 1`);
    expect(found).toEqual([{ calendar: '2026', n: 450 }]);
  });

  it('an approved correction folds its case again; one asked for changes nothing', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    const [, note] = await recorder.ticket(1, opened(1), noted('写错了', 700), noted('对', 3));
    await recorder.ticket(2, opened(2));
    const tables = viewTables(db(), ledger);
    await followToEnd(db(), log, ledger);
    await db().query(`UPDATE ${tables.schema}."ticketFile" SET title = 'untouched'`);
    await recorder.correct(1, note, '/data/minutes', 7);
    await recorder.ticket(1, noted('后来', 1));
    await followToEnd(db(), log, ledger);
    expect(await rowOf(tables, ticketFile, ticketCase(1))).toMatchObject({ title: '事项 1', minutes: 11 });
    expect(await rowOf(tables, ticketFile, ticketCase(2))).toMatchObject({ title: 'untouched' });
    expect((await rowsOf(tables, ticketTimeline, ticketCase(1))).map((row) => row['revision'])).toEqual([0, 1, 2, 5]);
    expect(await visible(tables, ticketCase(1), 5, 0)).toBe(true);
    expect(await visible(tables, ticketCase(1), 6, 0)).toBe(false);
  });

  it('what was appended becomes visible while the projector runs, also to another handle', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    const tables = await createSchema(db(), ledger, ticketViews);
    const projector = new Projector({ db: db(), log, ledger, systems: [ticketSystem], logger: silent });
    await whileRunning([projector], async () => {
      await recorder.ticket(1, opened(1), noted('一'));
      expect(await visible(tables, ticketCase(1), 1, 10_000)).toBe(true);
      // A database handle that no projector of this process announces anything on: the rows themselves are asked.
      const elsewhere = { ...tables, db: { ...db() } };
      const waiting = visible(elsewhere, ticketCase(2), 0, 10_000);
      await recorder.ticket(2, opened(2));
      expect(await waiting).toBe(true);
      await until(() => projector.lag().caughtUp);
      expect(projector.lag()).toEqual({ caughtUp: true, milliseconds: 0 });
    });
  });

  it('two projectors on one database: every event takes effect once', async () => {
    const ledger = freshLedger();
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    const record = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n += 1) await recorder.ticket(n, opened(n), noted('赛跑', 1));
    };
    await record(0, 80);
    await createSchema(db(), ledger, ticketViews);
    const outrun: string[] = [];
    const logger = { ...silent, info: (message: string) => void outrun.push(message) };
    const together = meeting(2);
    let written = 0;
    const racers = [0, 1].map((at) => {
      const watched = counting(
        db(),
        () => together(at),
        (rows) => (written += rows),
      );
      return new Projector({ db: watched, log, ledger, systems: [ticketSystem], batchSize: 3, logger });
    });
    await whileRunning(racers, async () => {
      await record(80, 120);
      const { schema } = viewTables(db(), ledger);
      const rows = () => db().query(`SELECT 1 FROM ${schema}."ticketTimeline"`);
      await until(async () => (await rows()).length === 240 && racers.every((racer) => racer.lag().caughtUp));
    });
    // Without new law, a fact's row is committed once, by one of them.
    expect(written).toBe(240);
    expect(outrun.length).toBeGreaterThan(0);
    const live = await viewHash(db(), ledger, ticketViews);
    expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger })).hash).toBe(live);
  });

  it.each(['before the rows', 'between checkpoint and rows', 'when committing', 'and committed, its answer lost,'])(
    'a transaction killed %s leaves nothing, and what was written is not written again',
    async (moment) => {
      const ledger = freshLedger();
      const log = await history(ledger);
      await createSchema(db(), ledger, ticketViews);
      let kills = 0;
      const killed = killing(db(), moment, () => KILLS.has((kills += 1)));
      const followed: LoggedEvent[] = [];
      const watched = watching(log, (item) => item.kind === 'event' && followed.push(item.event));
      const projector = new Projector({
        db: killed,
        log: watched,
        ledger,
        systems: [ticketSystem],
        batchSize: 40,
        logger: silent,
      });
      await whileRunning([projector], () => until(() => projector.lag().caughtUp));
      expect(kills).toBeGreaterThan(Math.max(...KILLS));
      // What was rolled back is followed once more; what was committed is not, whatever the projector was told.
      expect(followed.length > 249).toBe(!moment.startsWith('and committed'));
      expect(await viewHash(db(), ledger, ticketViews)).toBe(only);
    },
  );

  it('readers meet the old rows or the new ones while a rebuild goes on beside a projector', async () => {
    const ledger = freshLedger();
    const log = await history(ledger);
    await followToEnd(db(), log, ledger);
    const tables = viewTables(db(), ledger);
    const projector = new Projector({ db: db(), log, ledger, systems: [ticketSystem], logger: silent });
    const recorder = new Recorder(log, ledger);
    const counts = new Set<number>();
    await whileRunning([projector], async () => {
      let over = false;
      const reading = async (): Promise<void> => {
        while (!over) counts.add((await list(tables, ticketFile, { limit: 1000 })).rows.length);
      };
      const writing = async (): Promise<void> => {
        for (let n = 100; !over; n += 1) {
          await recorder.ticket(n, opened(n));
          expect(await visible(tables, ticketCase(n), 0, 10_000)).toBe(true);
        }
      };
      const rebuilding = async (): Promise<void> => {
        for (let n = 0; n < 3; n += 1) await rebuild({ db: db(), log, systems: [ticketSystem], ledger, batchSize: 50 });
      };
      await Promise.all([reading(), writing(), rebuilding().finally(() => (over = true))]);
      await until(() => projector.lag().caughtUp);
    });
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(60);
    const live = await viewHash(db(), ledger, ticketViews);
    expect((await rebuild({ db: db(), log, systems: [ticketSystem], ledger })).hash).toBe(live);
  });
});

/** Lets nobody pass before `count` have come. */
function meeting(count: number): (who: number) => Promise<void> {
  const come = new Set<number>();
  let open = (): void => {};
  const all = new Promise<void>((resolve) => (open = resolve));
  return (who) => {
    if (come.add(who).size === count) open();
    return all;
  };
}

/** The same database, waiting before each transaction, and telling how many rows of the timeline each commit wrote. */
const counting = (db: ViewDatabase, ready: () => Promise<void>, committed: (rows: number) => void): ViewDatabase => ({
  ...db,
  transaction: async (work) => {
    await ready();
    let rows = 0;
    const result = await db.transaction((tx) =>
      work({
        query: (sql, params) => {
          const [first] = params ?? [];
          if (/INSERT INTO .*"ticketTimeline"/.test(sql) && Array.isArray(first)) rows += first.length;
          return tx.query(sql, params);
        },
      }),
    );
    committed(rows);
    return result;
  },
});

/** The same database, some of whose transactions fail at a moment. */
const killing = (db: ViewDatabase, moment: string, kill: () => boolean): ViewDatabase => ({
  ...db,
  transaction: async (work) => {
    const result = await db.transaction(async (tx) => {
      const die = () => tx.query('SELECT 1 / 0');
      let count = 0;
      const done = await work({
        query: async (sql, params) => {
          count += 1;
          if (count === 1 && moment === 'before the rows' && kill()) await die();
          if (count === 2 && moment === 'between checkpoint and rows' && kill()) await die();
          return tx.query(sql, params);
        },
      });
      if (moment === 'when committing' && kill()) await die();
      return done;
    });
    if (moment === 'and committed, its answer lost,' && kill()) throw new Error('the connection was lost');
    return result;
  },
});

/** The same log, telling of everything that is followed. */
const watching = (log: MemoryEventLog, seen: (item: Followed) => unknown): MemoryEventLog =>
  new Proxy(log, {
    get: (target, name): unknown =>
      name !== 'follow'
        ? Reflect.get(target, name, target)
        : async function* (...args: Parameters<MemoryEventLog['follow']>) {
            for await (const item of target.follow(...args)) {
              seen(item);
              yield item;
            }
          },
  });
