import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openViewDatabase, viewHash, type ViewDatabase } from '../../libs/platform/src/views/index.js';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { silent } from '../service/index.js';
import { followToEnd, tempFolder } from './bench.js';
import { noted, opened, Recorder, ticketViews } from './tickets.js';

describe('the embedded database', () => {
  let parent: string;
  let folder: string;
  const handles: ViewDatabase[] = [];
  beforeEach(async () => {
    parent = await tempFolder();
    folder = join(parent, 'views');
  });
  afterEach(async () => {
    for (const db of handles.splice(0)) await db.close();
    await rm(parent, { recursive: true, force: true });
  });

  async function open(at = folder, log = silent): Promise<ViewDatabase> {
    const db = await openViewDatabase({ folder: at, log });
    handles.push(db);
    return db;
  }

  async function history(): Promise<MemoryEventLog> {
    const log = new MemoryEventLog('kesu');
    const recorder = new Recorder(log, 'kesu');
    for (let n = 0; n < 5; n += 1) await recorder.ticket(n, opened(n), noted('一'));
    return log;
  }

  it('belongs to one opener, keeps its rows when closed, and leaves nothing behind but them', async () => {
    const log = await history();
    const db = await open();
    await followToEnd(db, log, 'kesu');
    const hash = await viewHash(db, 'kesu', ticketViews);
    await expect(open()).rejects.toThrow(`正被进程 ${process.pid} 使用`);
    await db.close();
    expect(readdirSync(folder).filter((name) => !name.startsWith('lock.'))).toEqual(['data', 'last-use.json']);
    const later = await open();
    expect(await viewHash(later, 'kesu', ticketViews)).toBe(hash);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'socket')).mode & 0o777).toBe(0o700);
  }, 60_000);

  it('that does not open is moved aside, and begins empty to be filled from the log', async () => {
    const log = await history();
    const db = await open();
    await followToEnd(db, log, 'kesu');
    const hash = await viewHash(db, 'kesu', ticketViews);
    await db.close();
    truncateSync(join(folder, 'data', 'global', 'pg_control'), 100);
    const told: string[] = [];
    const anew = await open(folder, { ...silent, error: (message: string) => void told.push(message) });
    expect(told).toEqual([expect.stringContaining('将从事件日志重新生成')]);
    expect(await anew.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'kesu_views_kesu'`)).toEqual([]);
    expect(readdirSync(folder)).toContain('damaged');
    await followToEnd(anew, log, 'kesu');
    expect(await viewHash(anew, 'kesu', ticketViews)).toBe(hash);
  }, 60_000);

  it('that was not closed before the machine ran anew is moved aside too, and that was closed is kept', async () => {
    const log = await history();
    const db = await open();
    await followToEnd(db, log, 'kesu');
    await db.close();
    const word = join(folder, 'last-use.json');
    expect(JSON.parse(readFileSync(word, 'utf8'))).toMatchObject({ flushed: true });
    writeFileSync(word, JSON.stringify({ boot: 'an earlier one', flushed: false }));
    const told: string[] = [];
    const anew = await open(folder, { ...silent, error: (message: string) => void told.push(message) });
    expect(told).toEqual([expect.stringContaining('断电')]);
    expect(await anew.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'kesu_views_kesu'`)).toEqual([]);
    expect(readdirSync(folder)).toContain('damaged');
    expect(JSON.parse(readFileSync(word, 'utf8'))).toMatchObject({ flushed: false });
  }, 60_000);

  it('opens under a path longer than a socket may have, and answers queries that come at once', async () => {
    const db = await open(join(parent, '很长的目录名'.repeat(6), 'views'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => db.query<{ n: number }>('SELECT $1::int AS n', [n])),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    await expect(db.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    await expect(db.transaction((tx) => tx.query('SELECT nothing'))).rejects.toMatchObject({ code: '42703' });
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 60_000);
});
