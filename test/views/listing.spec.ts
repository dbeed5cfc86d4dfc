import { CursorMalformed, list, rowsOf, viewTables, type ListOptions } from '../../libs/platform/src/views/index.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { followToEnd, freshLedger, onEveryDatabase } from './bench.js';
import { noted, opened, organRegistered, Recorder, ticketCase, ticketFile, ticketTimeline } from './tickets.js';

onEveryDatabase((db) => {
  const ledger = freshLedger();
  const tables = () => viewTables(db(), ledger);

  beforeAll(async () => {
    const log = new MemoryEventLog(ledger);
    const recorder = new Recorder(log, ledger);
    await recorder.register(organRegistered(0, '市甲局'));
    // Every third case has an organ with a name; the others' is an empty cell.
    for (let n = 0; n < 20; n += 1) await recorder.ticket(n, opened(n), noted('一', n % 4));
    await followToEnd(db(), log, ledger);
  });

  async function pages(options: Omit<ListOptions, 'after'>): Promise<readonly (readonly string[])[]> {
    const found: string[][] = [];
    for (let after: string | undefined; ;) {
      const page = await list(tables(), ticketFile, { ...options, ...(after === undefined ? {} : { after }) });
      found.push(page.rows.map((row) => JSON.stringify(row)));
      if (page.next === undefined) return found;
      after = page.next;
    }
  }

  it.each([
    { order: ['minutes'], descending: false },
    { order: ['minutes'], descending: true },
    { order: ['organName', 'minutes'], descending: false },
    { order: ['organName', 'minutes'], descending: true },
    { order: [], descending: false },
  ])('pages of $order, descending: $descending, are the whole list cut up', async ({ order, descending }) => {
    const [whole] = await pages({ order, descending, limit: 100 });
    expect(new Set(whole).size).toBe(20);
    for (const limit of [1, 3, 20]) {
      const cut = await pages({ order, descending, limit });
      expect(cut).toHaveLength(Math.ceil(20 / limit));
      expect(cut.flat()).toEqual(whole);
    }
  });

  it.each([
    [
      'cells of another kind',
      [
        ['minutes', 'case'],
        ['a', 'b'],
      ],
    ],
    [
      'a character no database stores',
      [
        ['minutes', 'case'],
        [1, '\u0000'],
      ],
    ],
    ['too few cells', [['minutes', 'case'], [1]]],
    ['another order', [['case'], ['b']]],
  ])('takes no cursor of %s', async (_what, cursor) => {
    const after = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    const paged = list(tables(), ticketFile, { order: ['minutes'], after, limit: 1 });
    await expect(paged).rejects.toThrow(CursorMalformed);
  });

  it('orders by value, empty cells last in both directions', async () => {
    for (const descending of [false, true]) {
      const { rows } = await list(tables(), ticketFile, { order: ['organName', 'minutes'], descending, limit: 20 });
      expect(rows.slice(0, 7).every((row) => row['organName'] === '市甲局')).toBe(true);
      expect(rows.slice(7).every((row) => row['organName'] === null)).toBe(true);
      const minutes = rows.slice(0, 7).map((row) => Number(row['minutes']));
      expect(minutes).toEqual(minutes.toSorted((a, b) => (descending ? b - a : a - b)));
    }
  });

  it('orders texts by code point, whatever language the database was set up for', async () => {
    const titles = ['乙', '甲', 'b', 'Z', 'a', 'é', '一', '﹣', '2', '10'];
    const own = freshLedger();
    const log = new MemoryEventLog(own);
    const recorder = new Recorder(log, own);
    for (const [n, title] of titles.entries()) await recorder.ticket(n, opened(n, title));
    await followToEnd(db(), log, own);
    const { rows, next } = await list(viewTables(db(), own), ticketFile, { order: ['title'], limit: 5 });
    const after = await list(viewTables(db(), own), ticketFile, { order: ['title'], limit: 5, after: next ?? '' });
    expect([...rows, ...after.rows].map((row) => row['title'])).toEqual(titles.toSorted());
  });

  it.each([
    [{ minutes: 3 }, 5],
    [{ minutes: [0, 3] }, 10],
    [{ minutes: [] }, 0],
    [{ minutes: { from: 1, before: 3 } }, 10],
    [{ minutes: { from: 3 } }, 5],
    [{ organName: null }, 13],
    [{ organName: '市甲局', minutes: 0 }, 2],
    [{ title: `' OR 1 = 1 --` }, 0],
  ])('where %j finds %i', async (where, count) => {
    expect((await list(tables(), ticketFile, { where, limit: 100 })).rows).toHaveLength(count);
  });

  it('refuses a column the view does not have, and a cursor of another order', async () => {
    await expect(list(tables(), ticketFile, { where: { '"; DROP TABLE': 1 }, limit: 1 })).rejects.toThrow(RangeError);
    await expect(list(tables(), ticketFile, { order: ['nothing'], limit: 1 })).rejects.toThrow(RangeError);
    const { next = '' } = await list(tables(), ticketFile, { order: ['minutes'], limit: 1 });
    await expect(list(tables(), ticketFile, { order: ['title'], after: next, limit: 1 })).rejects.toThrow(RangeError);
    for (const after of ['', 'x', next.slice(0, -4), Buffer.from('[["minutes","case"],[{},1]]').toString('base64url')])
      await expect(list(tables(), ticketFile, { order: ['minutes'], after, limit: 1 })).rejects.toThrow(RangeError);
  });

  it('gives the rows of one case in order of the key', async () => {
    expect(await rowsOf(tables(), ticketTimeline, ticketCase(4))).toEqual([
      { case: ticketCase(4), revision: 0, type: 'TicketOpened', sentence: '立案：事项 4' },
      { case: ticketCase(4), revision: 1, type: 'TicketNoted', sentence: '记录“一”，用时 0 分钟' },
    ]);
  });
});
